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
    QUARANTINED = "quarantined"


class FileRecord(Model):
    """The acknowledgement of one file, kept for ever.

    `id` is a digest of what was sent and of what it was checked against, so that the same file sent again is the
    same record. `refused_practices` are left out of everything this file feeds; what is longer than any code stands in
    the problems alone. `problems` counts them by code; `listed` says how many of them the list of problems shows.
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


class PracticeCompleteness(Model):
    """How many of the required values of a practice a file holds: submitted n of m.

    `lacking` has the same, as `2 of 4`, for each indicator group that is not complete; one that it does not name is.
    """

    organisation: str
    submitted: int
    required: int
    lacking: dict[str, str]


class Acknowledgement(FileRecord):
    """`report.json`: what became of a file, for machines. `problems.csv` beside it lists every problem.

    `key` and `name` are those of this upload. Where the file was known already, `duplicate_of` is the key under which
    it was received first, and `received_at` when that was. `problems` counts every problem by code and `problems_total`
    all of them, whether listed or not; `listing_cut` says that `problems.csv` holds only the first `listed` of them.
    `help` names the page that explains each code. `completeness` has each practice of the file that was accepted.
    """

    duplicate_of: str | None
    problems_total: int
    listing_cut: bool
    help: dict[str, str]
    completeness: tuple[PracticeCompleteness, ...]


class Receipt(Model):
    """The answer to one upload: which file it was, and what that file came to - also when it was known already.

    `duplicate`: the same file was received before, under `first_key`; nothing was changed by this upload.
    """

    key: str
    received_at: datetime
    file: str
    verdict: Verdict
    duplicate: bool
    first_key: str
    first_received_at: datetime
