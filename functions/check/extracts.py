"""Checking an extract: the one way, whether it is to be taken in or only looked at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from functions.check.checking import Known
from functions.domain.check.acknowledgement import (
    Arrival,
    acknowledgement,
    file_record,
    note_missing,
    personal_problems,
    quarantined_record,
)
from functions.domain.check.completeness import Completeness
from functions.domain.check.counted import Counted
from functions.domain.check.expectation import expectation
from functions.domain.check.extract import read_extract
from functions.domain.check.organisations import compact_date
from functions.domain.check.personal import holds_a_number
from functions.domain.check.problems import ProblemList
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import COLUMNS, VALUE
from functions.domain.check.screening import head_holds_a_number, holds_a_person
from functions.domain.check.upload import ExtractUpload
from functions.domain.digest import digest, document_digest
from functions.domain.grid import Grid, service_grid
from schemas.catalogue import service_codes, service_document
from schemas.file import Acknowledgement, FileRecord, PracticeCompleteness
from schemas.service import ServiceDocument


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """What an extract claims to be, where and when it was put, and what it is held against."""

    claim: ExtractUpload
    key: str
    received_at: datetime
    document: ServiceDocument
    grid: Grid
    expected: Expectation


@dataclass(frozen=True, slots=True)
class CheckedExtract:
    """An extract as it was read, how it arrived, and its record."""

    arrival: Arrival
    document: ServiceDocument
    grid: Grid
    reading: ExtractReading
    record: FileRecord

    def completeness(self) -> tuple[PracticeCompleteness, ...]:
        """How complete each accepted practice is, in the order of their codes."""
        complete = Completeness(document=self.document, grid=self.grid)
        return tuple(
            complete.of(organisation=code, values=practice.submission.values)
            for code, practice in sorted(self.reading.practices.items())
        )


def acknowledged(
    *, checked: CheckedExtract, again: Callable[[], Iterable[bytes]]
) -> tuple[Acknowledgement, ProblemList]:
    """What would be told of an extract, had it been put for the first time, and every problem. Its bytes can be read
    `again`, which is asked for only where it has to be.
    """
    record, problems, arrival = checked.record, checked.reading.problems, checked.arrival
    if holds_a_number(arrival.key):  # then nobody reads what is in it
        problems = personal_problems(name=arrival.name)
        record = quarantined_record(arrival=arrival, problems=problems, rows=0)
    elif identifies(checked=checked, again=again):
        if not checked.reading.personal:
            problems = personal_problems(name=arrival.name)
        record = quarantined_record(arrival=arrival, problems=problems, rows=checked.reading.rows)
    told = acknowledgement(
        record=record,
        problems=problems,
        completeness=checked.completeness() if record.practices else (),
        key=record.key,
        name=record.name,
    )
    return told, problems


def identifies(*, checked: CheckedExtract, again: Callable[[], Iterable[bytes]]) -> bool:
    """True where what was read of an extract may identify a person: a row, what a gzip file says of itself or, where
    not every row could be read, anything in its bytes. For the last two they are read `again`.
    """
    reading = checked.reading
    if reading.personal:
        return True
    return head_holds_a_number(chunks=again()) if reading.readable else extract_holds_a_person(chunks=again())


def extract_holds_a_person(*, chunks: Iterable[bytes]) -> bool:
    """True where the bytes of an extract may identify a person, whether its rows can be read or not."""
    return holds_a_person(chunks=chunks, column=COLUMNS[VALUE], usual=VALUE, names=_field_names())


@cache
def _field_names() -> frozenset[str]:
    """The names of the fields of every service: another column may hold them where the header is wrong."""
    grids = (service_grid(document=service_document(code)) for code in service_codes())
    return frozenset(slot.field for grid in grids for slot in grid.slots)


def check_extract(
    *,
    claim: ExtractUpload,
    key: str,
    received_at: datetime,
    chunks: Iterable[bytes],
    known: Known,
    code_version: Callable[[], str],
) -> CheckedExtract:
    """Read an extract, plain or gzip, against its service document, who exists and who takes part."""
    held, content = held_against(claim=claim, key=key, received_at=received_at, known=known), Counted(chunks)
    reading = read_extract(file=claim.name, chunks=content, expectation=held.expected)
    return checked_extract(held=held, reading=reading, sha256=content.digest(), code_version=code_version())


def held_against(*, claim: ExtractUpload, key: str, received_at: datetime, known: Known) -> HeldAgainst:
    """What an extract is held against, by what is known now."""
    document = service_document(claim.service)
    grid = service_grid(document=document)
    expected = expectation(
        document=document,
        grid=grid,
        dates=(entry.achievement_date for entry in document.collections if claim.run_kind in entry.run_kinds),
        organisations=known.organisations.on(list_date=document.parameters.practice_list.value).values(),
        participation=known.participation.latest(service=document.code),
        received=received_at,
        supplier=claim.supplier,
    )
    return HeldAgainst(claim=claim, key=key, received_at=received_at, document=document, grid=grid, expected=expected)


def checked_extract(*, held: HeldAgainst, reading: ExtractReading, sha256: str, code_version: str) -> CheckedExtract:
    """An extract as it was read to its end; `sha256` is the digest of its bytes.

    The id of its file is the digest of its sender, its content and what it was checked against.
    """
    claim, checked_by = held.claim, (code_version, document_digest(document=held.document))
    met = digest(*sorted(reading.practices), "refused", *sorted(reading.refused), "because", *_why(reading.problems))
    arrival = Arrival(
        id=digest(claim.supplier, claim.service, claim.run_kind, sha256, *checked_by, met),
        key=held.key,
        name=claim.name,
        supplier=claim.supplier,
        service=claim.service,
        run_kind=claim.run_kind,
        sha256=sha256,
        received_at=held.received_at,
    )
    record = file_record(
        arrival=arrival,
        achievement_date=compact_date(reading.achievement_date or ""),
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows_accepted,
        practices=len(reading.practices),
        practices_complete=note_missing(grid=held.grid, reading=reading),
        refused=reading.refused,
    )
    return CheckedExtract(arrival=arrival, document=held.document, grid=held.grid, reading=reading, record=record)


def _why(problems: ProblemList) -> Iterator[str]:
    """Why anything is refused: what is listed of each organisation, and how often each code was found, listed or not.

    That is all that a report says of it, also where its listing is cut.
    """
    for organisation, code in sorted({(one.organisation, one.code) for one in problems.listed if not one.code.warns}):
        yield from (organisation, code)
    for code, count in sorted(problems.by_code.items()):
        if not code.warns:
            yield from (code, str(count))
