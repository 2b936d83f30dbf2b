"""The acknowledgement of a file: its record for machines, its problems as CSV for people."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from functions.domain.check.completeness import missing_by_indicator, missing_sentence
from functions.domain.check.place import told_key
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.reading import ExtractReading
from functions.domain.grid import Grid
from schemas.file import Acknowledgement, FileRecord, PracticeCompleteness, Verdict
from schemas.problem import REPORT_COLUMNS, Code, Problem, Severity
from schemas.service import RunKind

SOMEWHERE = (
    "Something in the file or its name looks like an NHS number, a birth date or a name. Such a file is taken out of "
    "reach, and nothing of it counts. Send counts alone, under a name that names no patient."
)
LONGEST_CODE = 10  # bytes: an ODS code has at most so many characters


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
    refused: Collection[str],
) -> FileRecord:
    """The record of a file from what reading it came to.

    Of what was refused, it names what may be a code. A file can invent ten thousand longer ones, and a record is one
    item of a table; its problems name each.
    """
    refused_practices = tuple(sorted({shown(code) for code in refused if len(code.encode()) <= LONGEST_CODE}))
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
        verdict=_verdict(accepted=practices, refused=len(refused), problems=problems),
        rows=rows,
        rows_accepted=rows_accepted,
        rows_refused=rows - rows_accepted,
        practices=practices,
        practices_complete=practices_complete,
        refused_practices=refused_practices,
        problems={str(code): count for code, count in sorted(problems.by_code.items())},
        listed=len(problems.listed),
    )


def refused_record(*, arrival: Arrival, problems: ProblemList) -> FileRecord:
    """The record of a file of which no row was read, since it is refused for its place."""
    return file_record(
        arrival=arrival,
        achievement_date=None,
        problems=problems,
        rows=0,
        rows_accepted=0,
        practices=0,
        practices_complete=0,
        refused=(),
    )


def personal_problems(*, name: str) -> ProblemList:
    """The one problem of a file that may identify people, where it is not known on which line."""
    problems = ProblemList()
    place = (told_key(key=name), 0, "", "", "", "")
    problems.add(Problem(*place, Code.FILE_PERSONAL, Severity.FILE, SOMEWHERE))
    return problems


def quarantined_record(*, arrival: Arrival, problems: ProblemList, rows: int) -> FileRecord:
    """The record of a file that may identify people. It repeats nothing that the file says, nor a name that does so."""
    return FileRecord(
        id=arrival.id,
        name=told_key(key=arrival.name),
        key=told_key(key=arrival.key),
        supplier=told_key(key=arrival.supplier),
        service=told_key(key=arrival.service),
        run_kind=arrival.run_kind,
        achievement_date=None,
        sha256=arrival.sha256,
        received_at=arrival.received_at,
        verdict=Verdict.QUARANTINED,
        rows=rows,
        rows_accepted=0,
        rows_refused=rows,
        practices=0,
        practices_complete=0,
        refused_practices=(),
        problems={str(code): count for code, count in sorted(problems.by_code.items())},
        listed=len(problems.listed),
    )


def acknowledgement(
    *,
    record: FileRecord,
    problems: ProblemList,
    completeness: Iterable[PracticeCompleteness] = (),
    key: str,
    name: str,
) -> Acknowledgement:
    """`report.json` of an upload under a key: its file's record, which was made at the first one, and the totals.

    Where this upload is not the first, that is noted among the problems, so that both files say so.
    """
    duplicate = told_key(key=key) != record.key
    if duplicate:
        mend = "none is needed" if record.verdict is Verdict.ACCEPTED else "mend what is refused, and send it again"
        message = f"This very file was received before, as {record.key}. Nothing was changed; {mend}."
        problems.add(Problem(name, 0, "", "", "", "", Code.FILE_DUPLICATE, Severity.WARNING, message))
    told = record.model_dump() | {
        "key": told_key(key=key),
        "name": told_key(key=name),
        "problems": {str(code): count for code, count in sorted(problems.by_code.items())},
        "listed": len(problems.listed),
    }
    return Acknowledgement(
        **told,
        duplicate_of=record.key if duplicate else None,
        problems_total=problems.total,
        listing_cut=problems.cut,
        help={str(code): code.help for code in sorted(problems.by_code)},
        completeness=tuple(completeness),
    )


def problems_csv(*, problems: Iterable[Problem]) -> bytes:
    """Problems in the columns of `problems.csv`, in the order of file and line, each with the page that explains it."""
    text, pages = io.StringIO(), {code: code.help for code in Code}
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REPORT_COLUMNS)
    writer.writerows((*problem, pages[problem.code]) for problem in sorted(problems))
    return text.getvalue().encode()


def _verdict(*, accepted: int, refused: int, problems: ProblemList) -> Verdict:
    if problems.by_severity[Severity.FILE] or not accepted:
        return Verdict.REFUSED
    return Verdict.PARTLY_ACCEPTED if refused or problems.by_severity[Severity.ROW] else Verdict.ACCEPTED


def _first_line(grid: Grid, indicator: str, lines: "Iterable[int]") -> int:
    held = list(lines)
    return min((held[slot] for slot in grid.numbers[indicator].values() if held[slot]), default=0)
