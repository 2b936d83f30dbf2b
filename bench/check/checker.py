"""Our own checker: every row read, and the two files of its report written, as ingest writes them."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bench.check.expectation import expectation
from bench.check.extract import EXTRACT, SERVICE
from bench.check.layout import PROBLEMS, REPORT
from cqrs.extract_files import read_extract_file
from functions.domain.check.acknowledgement import Arrival, file_record, note_missing, problems_csv
from functions.domain.check.organisations import compact_date
from functions.domain.check.reading import ExtractReading
from functions.domain.grid import Grid
from schemas.file import FileRecord
from schemas.service import RunKind


def prepare(folder: Path, out: Path) -> Callable[[], None]:
    """The check with its expectation."""
    expected = expectation(folder=folder)

    def check() -> None:
        content, path = sha256(), folder / EXTRACT
        reading = read_extract_file(
            path=path, name=EXTRACT, expected=expected, advance=lambda _: None, feed=content.update
        )
        record = _record(reading, expected.grid, content.hexdigest())
        (out / REPORT).write_text(f"{record.model_dump_json(indent=2)}\n", encoding="utf-8")
        (out / PROBLEMS).write_bytes(problems_csv(problems=reading.problems.listed))

    return check


def reported(out: Path) -> Iterator[int]:
    """The lines of problems.csv."""
    with (out / PROBLEMS).open(encoding="utf-8", newline="") as file:
        yield from (int(row["LINE"]) for row in csv.DictReader(file))


def _record(reading: ExtractReading, grid: Grid, content: str) -> FileRecord:
    arrival = Arrival(
        id=content,
        key=EXTRACT,
        name=EXTRACT,
        supplier="",
        service=SERVICE,
        run_kind=RunKind.PAYMENT,
        sha256=content,
        received_at=datetime(2024, 4, 2, tzinfo=UTC),
    )
    return file_record(
        arrival=arrival,
        achievement_date=compact_date(reading.achievement_date or ""),
        practices_complete=note_missing(grid=grid, reading=reading),
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows_accepted,
        practices=len(reading.practices),
        refused=reading.refused,
    )
