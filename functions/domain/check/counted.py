"""Bytes on their way through, and the digest that they are known by."""

from collections.abc import Iterable, Iterator
from hashlib import sha256


class Counted:
    """Chunks of bytes on their way through, and the SHA-256 of all of them, read to the end or not."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._sha256 = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._sha256.update(chunk)
            yield chunk

    def digest(self) -> str:
        """The digest of the whole, reading what is left of it."""
        for _ in self:
            pass
        return self._sha256.hexdigest()
