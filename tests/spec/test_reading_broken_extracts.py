"""What is refused as a whole, because it cannot be read to its end or is no extract, and why."""

import gzip

import pytest

from functions.domain.check.extract import read_extract
from schemas.problem import Code, Severity
from tests.inputs.extract import HEADER, Case, extract, row
from tests.inputs.service import expectation, small_grid

GRID = small_grid("AF001", "AF006")

FILES = [
    Case("semicolons", [HEADER.replace(",", ";"), row().replace(",", ";")], [(1, Code.FILE_HEADER, "")]),
    Case("an empty file", [], [(1, Code.FILE_EMPTY, "")]),
    Case("a header and nothing else", [HEADER], [(1, Code.FILE_EMPTY, "")]),
    Case("another header", ["ORG_CODE,VALUE", row()], [(1, Code.FILE_HEADER, "")]),
    Case("no header", [row(), row()], [(1, Code.FILE_HEADER, "")]),
    Case("a quote that never ends", [HEADER, row(), row(value='"1')], [(3, Code.FILE_CSV, "")]),
    Case("words after a quoted value", [HEADER, row(value='"1"2')], [(2, Code.FILE_CSV, "")]),
]


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole_with_its_reason(case: Case) -> None:
    chunks = [f"{line}\n".encode() for line in case.rows]
    reading = read_extract(file="extract.csv", chunks=chunks, expectation=expectation(GRID, "A81001"))
    assert [(p.line, p.code, p.value) for p in reading.problems.listed] == list(case.problems)
    assert (reading.readable, reading.practices, reading.achievement_date) == (False, {}, None)


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_columns_that_are_separated_otherwise_are_named_as_such(separator: str, name: str) -> None:
    chunks = [line.replace(b",", separator.encode()) for line in extract(row())]
    reading = read_extract(file="extract.csv", chunks=chunks, expectation=expectation(GRID, "A81001"))
    (problem,) = reading.problems.listed
    assert problem.message == f"The columns are separated by {name}. Separate them by commas, in every row."


BYTES = [
    ("not UTF-8", f"{HEADER}\n".encode() + b"\xff\n", Code.FILE_ENCODING),
    ("gzip cut short", b"\x1f\x8b\x08\x00", Code.FILE_TRUNCATED),
    ("a line without end", HEADER.encode() + b"\n" + b"x" * (2**20 + 1), Code.FILE_CSV),
]


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in BYTES], ids=[case[0] for case in BYTES])
def test_bytes_that_are_no_text_are_refused_as_a_whole(content: bytes, code: Code) -> None:
    reading = read_extract(file="extract.csv", chunks=[content], expectation=expectation(GRID, "A81001"))
    assert [(p.code, p.severity) for p in reading.problems.listed] == [(code, Severity.FILE)]


def test_a_file_that_ends_within_a_row_was_cut_short() -> None:
    (*whole, last) = extract(row(), row("AF006", "Numerator", "1"))
    reading = read_extract(file="extract.csv", chunks=[*whole, last[:-30]], expectation=expectation(GRID, "A81001"))
    assert [(p.line, p.code) for p in reading.problems.listed] == [(3, Code.FILE_TRUNCATED)]
    unended = read_extract(file="extract.csv", chunks=[*whole, last[:-1]], expectation=expectation(GRID, "A81001"))
    assert unended.problems.total == 0


def test_a_gzip_file_that_unpacks_to_implausibly_much_is_refused() -> None:
    bomb = gzip.compress(f"{HEADER}\n{row()}\n".encode() + b"\n" * 2**26)
    reading = read_extract(file="extract.csv", chunks=[bomb], expectation=expectation(GRID, "A81001"))
    assert [p.code for p in reading.problems.listed] == [Code.FILE_BOMB]


def test_a_file_of_strangers_is_refused_before_it_fills_the_memory() -> None:
    rows = [row(practice=f"X{number}") for number in range(10_001)]
    chunks = extract(*rows, row(practice="A81001"))
    reading = read_extract(file="extract.csv", chunks=chunks, expectation=expectation(GRID, "A81001"))
    assert [(one.code, one.line) for one in reading.problems.listed] == [(Code.FILE_ORGANISATIONS, 10_002)]
    assert not reading.practices
