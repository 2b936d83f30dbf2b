"""Checking an extract of this machine as taking it in would: the same checks, record and problems; nothing is kept."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cqrs.input_files import file_chunks
from functions.domain.check.acknowledgement import Arrival, file_record, note_missing
from functions.domain.check.expectation import expectation
from functions.domain.check.extract import read_extract, refused_extract
from functions.domain.check.organisations import compact_date
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import ORGANISATION
from functions.domain.check.stream import UnreadableFile, text_lines
from functions.domain.check.upload import ExtractUpload, RefusedUpload
from functions.domain.digest import digest
from functions.domain.grid import service_grid
from schemas.file import FileRecord
from schemas.organisation import ODS_CODE, Organisation
from schemas.participation import ParticipationList
from schemas.problem import Problem
from schemas.service import ServiceDocument

_CODE = re.compile(ODS_CODE)


@dataclass(frozen=True, slots=True)
class Known:
    """Who exists and who takes part. `organisations` is None where every code that looks like one is taken as known,
    `participation` where no list was given.
    """

    organisations: Collection[Organisation] | None
    participation: ParticipationList | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a file came to: its record, and the problems that its report lists."""

    record: FileRecord
    problems: tuple[Problem, ...]


def check_file(
    *, path: Path, claim: ExtractUpload | RefusedUpload, document: ServiceDocument, known: Known, received_at: datetime
) -> Checked:
    """Check a file that claims to be an upload of this service, as if it had been received then.

    Raises OSError where the file cannot be read.
    """
    if isinstance(claim, RefusedUpload):
        reading, complete = refused_extract(file=claim.name, line=0, code=claim.code, message=claim.message), 0
    else:
        expected = _expectation(document, claim, known, path, received_at)
        reading = read_extract(file=claim.name, chunks=file_chunks(path), expectation=expected)
        complete = note_missing(grid=expected.grid, reading=reading)
    record = _record(_arrival(claim, path, received_at), reading, complete)
    return Checked(record=record, problems=tuple(reading.problems.listed))


def _expectation(
    document: ServiceDocument, claim: ExtractUpload, known: Known, path: Path, received_at: datetime
) -> Expectation:
    dates = [entry.achievement_date for entry in document.collections if claim.run_kind in entry.run_kinds]
    return expectation(
        document=document,
        grid=service_grid(document=document),
        dates=dates,
        organisations=_anybody(document, path) if known.organisations is None else known.organisations,
        received=received_at,
        supplier=claim.supplier or None,
        participation=known.participation,
    )


def _anybody(document: ServiceDocument, path: Path) -> Iterator[Organisation]:
    """Whoever the file names by a code that looks like one: nothing but the code is known of them."""
    for code in sorted(organisation_codes(lines=text_lines(chunks=file_chunks(path)))):
        yield Organisation(
            code=code,
            name="",
            list_size=0,
            list_size_date=document.parameters.practice_list.value,
            network=None,
            sub_icb=code,
            icb=code,
            region=code,
        )


def organisation_codes(*, lines: Iterable[str]) -> frozenset[str]:
    """Every ORG_CODE of an extract that looks like one, as far as the file can be read."""
    found = set[str]()
    with suppress(UnreadableFile, csv.Error):
        for row in csv.reader(iter(lines), strict=True):
            found.update(row[ORGANISATION : ORGANISATION + 1])
    return frozenset(code for code in found if _CODE.fullmatch(code))


def _arrival(claim: ExtractUpload | RefusedUpload, path: Path, received_at: datetime) -> Arrival:
    content = sha256()
    for chunk in file_chunks(path):
        content.update(chunk)
    run_kind = claim.run_kind if isinstance(claim, ExtractUpload) else None
    return Arrival(
        id=digest("checked", claim.supplier, claim.service, run_kind or "", content.hexdigest()),
        key=str(path),
        name=claim.name,
        supplier=claim.supplier,
        service=claim.service,
        run_kind=run_kind,
        sha256=content.hexdigest(),
        received_at=received_at,
    )


def _record(arrival: Arrival, reading: ExtractReading, complete: int) -> FileRecord:
    return file_record(
        arrival=arrival,
        achievement_date=compact_date(reading.achievement_date or ""),
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows_accepted,
        practices=len(reading.practices),
        practices_complete=complete,
        refused=reading.refused,
    )
