"""From the record of a file, its values and the rows of its problems to what people read over HTTP."""

from collections.abc import Sequence

from functions.domain.check.place import report_folder
from functions.domain.grid import Grid
from functions.domain.standing import Standings, submitted_values
from functions.domain.submission import Submission
from schemas.api import FileSummary, FileView, ProblemView, SubmissionSummary, SubmissionView
from schemas.file import FileRecord
from schemas.problem import PROBLEM_COLUMNS, Code, Problem, Severity
from schemas.submission import Standing


def file_summary(record: FileRecord) -> FileSummary:
    """A file in a list."""
    told = record.model_dump(include=set(FileSummary.model_fields))
    return FileSummary(**told, problems_total=sum(record.problems.values()))


def file_view(*, record: FileRecord) -> FileView:
    """A file by itself, and where its two files lie."""
    total, folder = sum(record.problems.values()), report_folder(key=record.key, file=record.id)
    return FileView(
        **record.model_dump(),
        problems_total=total,
        listing_cut=total > record.listed,
        report=f"{folder}/report.json",
        problems_file=f"{folder}/problems.csv",
    )


def problem_view(row: Sequence[str] | Problem) -> ProblemView:
    """A problem, from a row of `problems.csv` or as it was found; the file's name is left out."""
    _, line, organisation, indicator, field, value, code, severity, message = map(str, row[: len(PROBLEM_COLUMNS)])
    return ProblemView(
        line=int(line),
        organisation=organisation,
        indicator=indicator,
        field=field,
        value=value,
        code=str(code),
        severity=Severity(severity),
        message=message,
        help=Code(code).help,
    )


def submission_summary(*, record: FileRecord, standings: Standings) -> SubmissionSummary:
    """What a file brought for a practice, in a list."""
    return SubmissionSummary(
        file=record.id,
        name=record.name,
        supplier=record.supplier,
        received_at=record.received_at,
        values_sent=len(standings),
        values_counting=sum(one is Standing.COUNTS for one in standings.values()),
    )


def submission_view(*, record: FileRecord, grid: Grid, submission: Submission, standings: Standings) -> SubmissionView:
    """What a file brought for a practice, value by value."""
    summary = submission_summary(record=record, standings=standings)
    values = tuple(submitted_values(grid=grid, submission=submission, standings=standings))
    return SubmissionView(**summary.model_dump(), values=values)
