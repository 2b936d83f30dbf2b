"""The acknowledgement of a file: its record for machines, its problems as CSV for people."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from functions.domain.check.completeness import missing_by_indicator, missing_sentence
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.reading import ExtractReading
from functions.domain.grid import Grid
from schemas.file import FileRecord, FileReport, Verdict
from schemas.problem import REPORT_COLUMNS, Code, Problem, Severity
from schemas.service import RunKind


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came in: its id, where it stood, who sent it what for, and when it was received."""

    id: str
    key: str
    name: str
    supplier: str
    service: str
    run_kind: RunKind | None
    sha256: str
    received_at: datetime


def note_missing(*, grid: Grid, reading: ExtractReading) -> int:
    """Warn of every indicator that an accepted practice sent only in part, and count the complete practices."""
    complete = 0
    for organisation, practice in reading.practices.items():
        missing = list(missing_by_indicator(grid=grid, values=practice.submission.values))
        complete += not missing
        for indicator, fields, needed in missing:
            first = _first_line(grid, indicator, practice.submission.places) or practice.first_line
            message = missing_sentence(fields=fields, needed=needed)
            field = fields[0] if len(fields) == 1 else ""
            place = (reading.file, first, organisation, indicator, field, "")
            reading.problems.add(Problem(*place, Code.WARNING_INCOMPLETE, Severity.WARNING, message))
    return complete


def file_record(
    *,
    arrival: Arrival,
    achievement_date: date | None,
    problems: ProblemList,
    rows: int,
    rows_accepted: int,
    practices: int,
    practices_complete: int,
    refused: Iterable[str],
) -> FileRecord:
    """The record of a file from what reading it came to."""
    refused_practices = tuple(sorted({shown(code) for code in refused}))
    return FileRecord(
        id=arrival.id,
        name=arrival.name,
        key=arrival.key,
        supplier=arrival.supplier,
        service=arrival.service,
        run_kind=arrival.run_kind,
        achievement_date=achievement_date,
        sha256=arrival.sha256,
        received_at=arrival.received_at,
        verdict=_verdict(accepted=practices, refused=len(refused_practices), problems=problems),
        rows=rows,
        rows_accepted=rows_accepted,
        rows_refused=rows - rows_accepted,
        practices=practices,
        practices_complete=practices_complete,
        refused_practices=refused_practices,
        problems={str(code): count for code, count in sorted(problems.by_code.items())},
        listed=len(problems.listed),
    )


def report_json(*, record: FileRecord) -> bytes:
    """The record as `report.json` has it, with the page that explains each of its codes."""
    pages = {code: Code(code).help for code in record.problems}
    report = FileReport(**dict(record), help=pages)
    return report.model_dump_json(indent=2).encode() + b"\n"


def problems_csv(*, problems: Iterable[Problem]) -> bytes:
    """Problems in the columns of `problems.csv`, in the order of file and line, each with the page that explains it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REPORT_COLUMNS)
    writer.writerows((*problem, problem.code.help) for problem in sorted(problems))
    return text.getvalue().encode()


def _verdict(*, accepted: int, refused: int, problems: ProblemList) -> Verdict:
    if problems.by_severity[Severity.FILE] or not accepted:
        return Verdict.REFUSED
    return Verdict.PARTLY_ACCEPTED if refused or problems.by_severity[Severity.ROW] else Verdict.ACCEPTED


def _first_line(grid: Grid, indicator: str, lines: "Iterable[int]") -> int:
    held = list(lines)
    return min((held[slot] for slot in grid.numbers[indicator].values() if held[slot]), default=0)
