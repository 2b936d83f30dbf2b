"""Reading an extract in the INDICATOR_VALUES layout: every row checked, every problem named, nothing dropped.

A practice with a refused row is refused as a whole from this file; the other practices of the file are not touched by
it. Memory is bounded by the organisations that exist, not by the length of the file.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from functions.domain.check.found import Found
from functions.domain.check.problems import ProblemList
from functions.domain.check.reader import ExtractReader
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.rows import START, Bookmark, RowSource
from functions.domain.check.stream import UnreadableFile, csv_sentence, unpacked, unpacked_from
from schemas.problem import Code, Problem, Severity

Refusal: TypeAlias = tuple[Code, str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in a part of a file, and how many lines it has."""

    found: Found
    lines: int


@dataclass(frozen=True, slots=True)
class Paused:
    """What was found in a file before its reading stopped, and where it stopped."""

    found: Found
    bookmark: Bookmark


def read_extract(
    *, file: str, chunks: Iterable[bytes], expectation: Expectation, one_by_one: bool = False
) -> ExtractReading:
    """Read an extract, plain or gzip, from its bytes. Never raises for what is in it: bad data become problems.

    `one_by_one` reads every row through the csv module and by itself: the specification, to which the fast lane is
    held.
    """
    reader = ExtractReader(file=file, expectation=expectation)
    rows = RowSource(chunks=unpacked(chunks=chunks), reader=reader, expectation=expectation)
    refusal = _refusal(reader, rows, lambda: rows.read_file(one_by_one=one_by_one))
    return _concluded(file, reader, refusal)


def read_on(
    *,
    file: str,
    chunks: Callable[[int], Iterable[bytes]],
    expectation: Expectation,
    paused: Paused | None,
    go_on: Callable[[], bool],
) -> ExtractReading | Paused:
    """Read an extract from where its reading was paused, to the end or until it is not to `go_on`.

    `chunks` gives its bytes as they were sent, from one on. Each reading comes further than the one before, and the
    last one says what a single one of the whole says. What was found before is added to, and not to be used again.
    """
    bookmark = START if paused is None else paused.bookmark
    reader = ExtractReader(file=file, expectation=expectation, found=None if paused is None else paused.found)
    text = unpacked_from(chunks=chunks, offset=bookmark.offset)
    rows = RowSource(chunks=text, reader=reader, expectation=expectation, bookmark=bookmark, go_on=go_on)
    refusal = _refusal(reader, rows, rows.read_on)
    return _concluded(file, reader, refusal) if rows.paused is None else Paused(reader.found, rows.paused)


def _refusal(reader: ExtractReader, rows: RowSource, read: Callable[[], None]) -> Refusal | None:
    """Read, and say why the file as a whole is refused, and at which line; None where it is not."""
    try:
        read()
        if rows.paused is None:
            check_rows(reader)
            check_end(reader, rows)
    except UnreadableFile as unreadable:
        return unreadable.code, unreadable.message, rows.line + unreadable.behind
    except csv.Error as error:
        return Code.FILE_CSV, csv_sentence(error=error), rows.line
    return None


def _concluded(file: str, reader: ExtractReader, refusal: Refusal | None) -> ExtractReading:
    if refusal is None or reader.found.personal:
        return reader.finish()
    code, message, line = refusal
    return refused_extract(file=file, line=max(line, 1), code=code, message=message, rows=reader.found.rows)


def read_part(*, file: str, chunks: Iterable[bytes], expectation: Expectation, first: bool) -> Part | None:
    """Read a part of a plain file, from the start of a line to the end of one; the `first` has the header.

    None where the part cannot be understood without what stands before it, or the file is to be refused: then the
    file is read whole.
    """
    reader = ExtractReader(file=file, expectation=expectation)
    rows = RowSource(chunks=iter(chunks), reader=reader, expectation=expectation)
    try:
        if first:
            rows.read_file()
        else:
            rows.read_rows()
    except (UnreadableFile, csv.Error):
        return None
    return Part(reader.found, rows.line) if rows.plain and not rows.ends_within_a_row else None


def join_parts(*, file: str, parts: Sequence[Part | None], expectation: Expectation) -> ExtractReading | None:
    """The reading of a file from its parts, in their order; None where it has to be read whole."""
    reader, lines = ExtractReader(file=file, expectation=expectation), 0
    for part in parts:
        if part is None or part.found.orphans or reader.found.shares_a_practice(later=part.found):
            return None
        reader.found.add(later=part.found, lines=lines)
        lines += part.lines
    return reader.finish() if reader.found.rows and reader.within_bounds else None


def refused_extract(*, file: str, line: int, code: Code, message: str, rows: int = 0) -> ExtractReading:
    """The reading of a file that is refused as a whole."""
    problems = ProblemList()
    problems.add(Problem(file, line, "", "", "", "", code, Severity.FILE, message))
    return ExtractReading(file=file, achievement_date=None, practices={}, refused={}, problems=problems, rows=rows)


def check_rows(reader: ExtractReader) -> None:
    """Raises UnreadableFile where a file had no row."""
    if not reader.found.rows:
        message = "The file holds a header and no row. Send at least one row."
        raise UnreadableFile(code=Code.FILE_EMPTY, message=message)


def check_end(reader: ExtractReader, rows: RowSource) -> None:
    """Raises UnreadableFile where a file that is no gzip ends in the middle of a row: more rows were to follow."""
    if rows.ends_within_a_row and reader.found.misshapen == rows.line:
        message = "The file ends within a row: the upload was cut short. Send the whole file again."
        raise UnreadableFile(code=Code.FILE_TRUNCATED, message=message)
