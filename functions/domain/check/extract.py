"""Reading an extract in the INDICATOR_VALUES layout: every row checked, every problem named, nothing dropped.

This row-by-row reader is the specification of what is accepted. A practice with a refused row is refused as a whole
from this file; the other practices of the file are not touched by it. Memory is bounded by the organisations that
exist, not by the length of the file.
"""

import csv
from collections.abc import Iterable

from functions.domain.check.problems import ProblemList
from functions.domain.check.reader import ExtractReader
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import COLUMNS
from functions.domain.check.stream import UnreadableFile
from schemas.problem import Code, Problem, Severity


def read_extract(*, file: str, lines: Iterable[str], expectation: Expectation) -> ExtractReading:
    """Read an extract from its lines of text. Never raises for what is in the file: bad data become problems."""
    reader = ExtractReader(file=file, expectation=expectation)
    rows = csv.reader(iter(lines), strict=True)
    try:
        refusal = _header_refusal(next(rows, None))
        if refusal is None:
            for row in rows:
                reader.read(line=rows.line_num, row=row)
            refusal = _emptiness_refusal(reader.rows)
    except UnreadableFile as unreadable:
        refusal = (unreadable.code, unreadable.message)
    except csv.Error as error:
        refusal = (Code.FILE_CSV, f"The file is not well-formed CSV from here on ({error}). Send it again whole.")
    if refusal is None:
        return reader.finish()
    code, message = refusal
    return refused_extract(file=file, line=max(rows.line_num, 1), code=code, message=message, rows=reader.rows)


def refused_extract(*, file: str, line: int, code: Code, message: str, rows: int = 0) -> ExtractReading:
    """The reading of a file that is refused as a whole."""
    problems = ProblemList()
    problems.add(Problem(file, line, "", "", "", "", code, Severity.FILE, message))
    return ExtractReading(file=file, achievement_date=None, practices={}, refused={}, problems=problems, rows=rows)


def _header_refusal(header: list[str] | None) -> tuple[Code, str] | None:
    if header is None:
        return Code.FILE_EMPTY, "The file is empty. Send the header and at least one row."
    if header == COLUMNS:
        return None
    lacking = [name for name in COLUMNS if name not in header]
    what = f"lacks {', '.join(lacking)}" if lacking else "has other columns, or has them in another order"
    return Code.FILE_HEADER, f"The header {what}. It must be exactly: {','.join(COLUMNS)}"


def _emptiness_refusal(rows: int) -> tuple[Code, str] | None:
    return None if rows else (Code.FILE_EMPTY, "The file holds a header and no row. Send at least one row.")
