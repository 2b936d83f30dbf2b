"""Runs, the results of practices, and which run is the published one."""

from collections.abc import Iterable
from typing import Protocol

from schemas.collection import CollectionKey
from schemas.run import Result, Run


class AchievementStore(Protocol):
    """Results belong to a run and never change; publishing a run makes its results the ones that readers see."""

    def run(self, *, run: str) -> Run | None:
        """A run by its id."""
        ...

    def begin(self, *, run: Run) -> None:
        """Keep a frozen run. Does nothing when it is there already."""
        ...

    def add_results(self, *, collection: CollectionKey, results: Iterable[Result]) -> None:
        """Keep results. Adding the same ones again changes nothing."""
        ...

    def publish(self, *, run: Run) -> bool:
        """Make a run the published one, unless one with later inputs already is: then False, and nothing changes."""
        ...

    def published(self, *, collection: CollectionKey) -> str | None:
        """The id of the published run of a collection."""
        ...

    def result(self, *, collection: CollectionKey, organisation: str, run: str) -> Result | None:
        """What an organisation achieved in a run."""
        ...
