"""Our own checker: every row read, and the two files of its report written, as ingest writes them."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.check.expectation import expectation
from bench.check.extract import EXTRACT, SERVICE
from bench.check.layout import PROBLEMS, REPORT
from bench.check.reader import file_chunks
from functions.domain.check.acknowledgement import Arrival, file_record, note_missing, problems_csv
from functions.domain.check.counted import Counted
from functions.domain.check.extract import read_extract
from functions.domain.check.organisations import compact_date
from functions.domain.check.reading import ExtractReading
from functions.domain.grid import Grid
from schemas.file import FileRecord
from schemas.service import RunKind


def prepare(folder: Path, out: Path) -> Callable[[], None]:
    """The check with its expectation."""
    expected = expectation(folder=folder)

    def check() -> None:
        content = Counted(file_chunks(folder / EXTRACT))
        reading = read_extract(file=EXTRACT, chunks=content, expectation=expected)
        record = _record(reading, expected.grid, content.digest())
        (out / REPORT).write_text(f"{record.model_dump_json(indent=2)}\n", encoding="utf-8")
        (out / PROBLEMS).write_bytes(problems_csv(problems=reading.problems.listed))

    return check


def reported(out: Path) -> Iterator[int]:
    """The lines of problems.csv."""
    with (out / PROBLEMS).open(encoding="utf-8", newline="") as file:
        yield from (int(row["LINE"]) for row in csv.DictReader(file))


def _record(reading: ExtractReading, grid: Grid, sha256: str) -> FileRecord:
    arrival = Arrival(
        id=sha256,
        key=EXTRACT,
        name=EXTRACT,
        supplier="",
        service=SERVICE,
        run_kind=RunKind.PAYMENT,
        sha256=sha256,
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
