"""Where the values of extracts are kept: every submission of every file, and the record that makes a file count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schemas.collection import CollectionKey
from schemas.file import FileRecord


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """One practice's values from one file, as `functions.domain.packed` packs them, and the layout of that."""

    organisation: str
    file: str
    layout: str
    packed: bytes


class SubmissionStore(Protocol):
    """Submissions are added, never changed. They count only once their file's record is there."""

    def record(self, *, collection: CollectionKey, file: str) -> FileRecord | None:
        """The record of a file, if its rows count already."""
        ...

    def records(self, *, collection: CollectionKey) -> tuple[FileRecord, ...]:
        """The records of every file of a collection, in the order of their ids."""
        ...

    def add(self, *, collection: CollectionKey, submissions: Iterable[StoredSubmission]) -> None:
        """Keep submissions. Adding the same ones again changes nothing."""
        ...

    def submissions(self, *, collection: CollectionKey, organisation: str | None = None) -> Iterator[StoredSubmission]:
        """Every submission of a collection, those of one organisation one after another; or of one organisation."""
        ...

    def file(self, *, file: str) -> FileRecord | None:
        """The record of a file by its id alone, counting or refused."""
        ...

    def sent(self, *, supplier: str, limit: int, before: FileRecord | None = None) -> tuple[FileRecord, ...]:
        """The last files of a supplier, at most `limit`, the one received last first; those received before one.

        These records leave out who was refused, `refused_practices`.
        """
        ...

    def accept(self, *, collection: CollectionKey, record: FileRecord) -> bool:
        """Make a file's rows count. False when they already did: the first record stays."""
        ...

    def refuse(self, *, record: FileRecord) -> FileRecord:
        """Keep the record of a file that was refused as a whole; none of its rows ever counts.

        Returns the record that is kept: the first, when the file was refused before.
        """
        ...
