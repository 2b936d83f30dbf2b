"""What became of a file that somebody sent: the acknowledgement, and the record that makes its rows count."""

from datetime import date, datetime
from enum import StrEnum

from schemas.model import Model
from schemas.service import RunKind


class Verdict(StrEnum):
    """What a file as a whole came to."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly accepted"
    REFUSED = "refused"


class FileRecord(Model):
    """The acknowledgement of one file, kept for ever.

    `id` is a digest of what was sent and of what it was checked against, so that the same file sent again is the
    same record. `refused_practices` are left out of everything this file feeds. `problems` counts them by code;
    `listed` says how many of them the list of problems shows.
    """

    id: str
    name: str
    key: str
    supplier: str
    service: str
    run_kind: RunKind | None
    achievement_date: date | None
    sha256: str
    received_at: datetime
    verdict: Verdict
    rows: int
    rows_accepted: int
    rows_refused: int
    practices: int
    practices_complete: int
    refused_practices: tuple[str, ...]
    problems: dict[str, int]
    listed: int


class FileReport(FileRecord):
    """The record as its sender gets it: with the page that explains each code that stands in `problems`."""

    help: dict[str, str]


class Receipt(Model):
    """The answer to one upload: which file it was, and what that file came to - also when it was known already."""

    key: str
    received_at: datetime
    file: str
    verdict: Verdict
    first_key: str
    first_received_at: datetime
