"""The workflow that waits beside each declaration."""

from typing import Protocol

from schemas.declaration import Declaration, DeclarationKey, State


class Workflow(Protocol):
    """Starts and wakes the workflow of a declaration. It can always be started again from the stored state."""

    def start(self, *, declaration: Declaration, attempt: str) -> None:
        """Start the workflow of a declaration at its present version.

        Does nothing when the same attempt was made before. An execution beside a living one does no harm: both read
        the stored state.
        """
        ...

    def wake(self, *, token: str, key: DeclarationKey, state: State) -> bool:
        """Tell the waiting workflow the new state. False when nothing waits with this token any more."""
        ...
