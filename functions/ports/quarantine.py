"""Where a file goes that may identify people: out of everybody's reach, and away from where it was put."""

from collections.abc import Mapping
from typing import Protocol


class Quarantine(Protocol):
    """A place that files are moved to and that nothing of ours reads back. A move is two steps, each safe to repeat."""

    def take(self, *, key: str, version: str | None, file: str, notes: Mapping[str, str]) -> None:
        """Copy an upload into the quarantine under the id of its file, with notes. Raises ObjectMissing."""
        ...

    def clear(self, *, key: str, version: str | None) -> None:
        """Remove an upload for good from where it was put; where its key has no other version, what marks its deletion
        too. What is gone already stays gone.
        """
        ...
