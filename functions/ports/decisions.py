"""Decisions that fix points."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from schemas.decision import PointsDecision


class DecisionStore(Protocol):
    """Every decision is kept; of those about the same points, the one received last counts."""

    def add(self, *, decisions: Iterable[PointsDecision], file: str, order: str) -> None:
        """Keep the decisions of a file; `order` sorts files as they were received. None counts before all are kept.

        Adding the same ones again changes nothing.
        """
        ...

    def of(self, *, service: str, achievement_date: date) -> tuple[PointsDecision, ...]:
        """The decisions about a service at an achievement date, as they were received; within a file in its order."""
        ...
