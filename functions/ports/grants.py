"""Who holds which role where."""

from typing import Protocol

from schemas.grant import Grant


class GrantStore(Protocol):
    """Grants of people."""

    def grants(self, *, person: str) -> tuple[Grant, ...]:
        """Everything that a person was granted."""
        ...

    def give(self, *, grant: Grant) -> None:
        """Grant a role. Granting it again changes nothing."""
        ...
