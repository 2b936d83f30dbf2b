"""The workflow of a run, as far as a person's decision reaches it."""

from typing import Protocol

from schemas.hold import Hold


class RunWorkflow(Protocol):
    """Goes on with held runs. It can always be started again: the hold tells where a run stands."""

    def start(self, *, hold: Hold, attempt: str) -> None:
        """Start an execution for the run of a hold. Does nothing when the same attempt was made before."""
        ...

    def wake(self, *, token: str, hold: Hold) -> bool:
        """Tell the waiting execution how its run was decided. False when nothing waits with this token any more."""
        ...
