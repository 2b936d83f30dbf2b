"""Holds on runs, and their audit entries."""

from typing import Protocol

from functions.domain.decide.hold import HoldTransition
from functions.ports.declarations import Waiting
from schemas.hold import Hold, HoldEntry


class StaleHold(Exception):  # noqa: N818  # a fact about two people at one moment, not a fault
    """Somebody else was first: the hold is no longer the one that was decided on."""


class HoldStore(Protocol):
    """The truth about held runs. A state is never written without its entry."""

    def hold(self, *, run: str) -> Hold | None:
        """The hold on a run as it stands; None where there never was one."""
        ...

    def history(self, *, run: str) -> tuple[HoldEntry, ...]:
        """Everything that happened to a held run, oldest first."""
        ...

    def commit(self, *, transition: HoldTransition) -> None:
        """Write a hold and its entry together.

        Raises StaleHold when the hold's version is not the one just before the transition's.
        """
        ...

    def held(self) -> tuple[Hold, ...]:
        """The runs that await a decision, by run."""
        ...

    def released(self) -> tuple[Hold, ...]:
        """The runs that were released, published or not yet, by run."""
        ...

    def waiting(self, *, run: str) -> Waiting | None:
        """The execution that waited last, if one ever did: it leaves its token itself, beside the hold."""
        ...
