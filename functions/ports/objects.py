"""Files at rest."""

from collections.abc import Iterator
from typing import Protocol


class ObjectMissing(LookupError):  # noqa: N818  # says what is the matter; callers decide whether it is an error
    """There is no such object (any more)."""


class Objects(Protocol):
    """A place for files, each under a key."""

    def chunks(self, *, key: str, version: str | None = None, start: int = 0) -> Iterator[bytes]:
        """The bytes of an object (of one version of it) from one on, in pieces. Raises ObjectMissing."""
        ...

    def part(self, *, key: str, offset: int, length: int) -> bytes:
        """Some bytes out of an object. Raises ObjectMissing."""
        ...

    def write(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object whole; the same key and body again changes nothing that a reader could see."""
        ...

    def keep(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object once and for ever: where the key is taken, what is there stays."""
        ...


class PassingObjects(Objects, Protocol):
    """A place for files that are of use for a while, and may be removed."""

    def remove(self, *, prefix: str) -> None:
        """Remove for good every object whose key begins so. What is gone already stays gone."""
        ...
