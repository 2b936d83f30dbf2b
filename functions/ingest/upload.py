"""An upload on its way in, and what taking it in needs from the world."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from functions.ports.bus import Bus
from functions.ports.decisions import DecisionStore
from functions.ports.objects import Objects
from functions.ports.organisations import OrganisationStore
from functions.ports.participation import ParticipationStore
from functions.ports.submissions import SubmissionStore


@dataclass(frozen=True, slots=True)
class Upload:
    """An object that was put: its key and version, and when that happened.

    `sequencer` is S3's own, by which puts of one second are told apart.
    """

    key: str
    version: str | None
    received_at: datetime
    sequencer: str = ""

    @property
    def order(self) -> str:
        """Text by which uploads sort as they were put."""
        return f"{self.received_at.isoformat(timespec='microseconds')}#{self.sequencer:0>32}"


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What taking in needs from the world. `write_units` tells what was written since it was last asked,
    `code_version` which code checks.
    """

    exchange: Objects
    submissions: SubmissionStore
    organisations: OrganisationStore
    participation: ParticipationStore
    decisions: DecisionStore
    bus: Bus
    write_units: Callable[[], Decimal]
    code_version: Callable[[], str]


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
