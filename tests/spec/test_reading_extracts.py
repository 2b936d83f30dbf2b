"""What is accepted in an extract and what is refused, as tables: rows in, problems with their line numbers out."""

from dataclasses import replace

import pytest

from functions.domain.check.extract import read_extract
from functions.domain.check.reading import ExtractReading
from schemas.problem import Code, Severity
from tests.inputs.extract import FIRST, HEADER, OTHER_REGISTER, REGISTER, SECOND, Case, extract, row
from tests.inputs.service import expectation, small_grid

GRID = small_grid("AF001", "AF006", "AST005", "QI013")
WITHHELD = "(withheld: it may identify a person)"


def read(*rows: str, header: str = HEADER) -> ExtractReading:
    held_against = expectation(GRID, "A81001", "A81002")
    return read_extract(file="extract.csv", chunks=extract(*rows, header=header), expectation=held_against)


def value_case(value: str, shown: str | None = None) -> Case:
    offending = value if shown is None else shown
    return Case(f"a value of {value!r}", [row(value=value)], [(2, Code.ROW_NUMBER, offending)])


COUNTS = [
    value_case("-1"),
    value_case("1.0"),
    value_case("-0"),
    value_case("+1"),
    value_case("1_0"),
    value_case("1e3"),
    value_case("٣"),
    value_case("\uff11\uff12"),
    value_case("²"),
    value_case(" 1"),
    value_case("007"),
    value_case(""),
    value_case("n/a"),
    value_case("1000000000", WITHHELD),
    value_case("1234567890", WITHHELD),
    value_case("not recorded"),
    value_case("about 12"),
    value_case("12345678.5", WITHHELD),
    value_case("Smith", WITHHELD),
]

ROWS = [
    Case("a good row", [row()], [], ["A81001"]),
    Case("another service's row", [row(service="QOF1819")], [(2, Code.ROW_SERVICE, "QOF1819")]),
    Case("an unknown indicator", [row("AF01")], [(2, Code.ROW_INDICATOR, "AF01")]),
    Case("a field of another indicator", [row("QI013", "Numerator")], [(2, Code.ROW_FIELD, "Numerator")]),
    Case("a field nearly right", [row(field=f"{REGISTER}s")], [(2, Code.ROW_FIELD, f"{REGISTER}s")]),
    Case("a field like a name", [row(field="Jane Smith")], [(2, Code.ROW_FIELD, WITHHELD)]),
    Case("a flag of 2", [row("QI013", "Yes/No Flag", "2")], [(2, Code.ROW_FLAG, "2")]),
    Case("a column too few", [row().removesuffix(",Y")], [(2, Code.ROW_COLUMNS, "11")]),
    Case("a column too many", [row() + ",Y"], [(2, Code.ROW_COLUMNS, "13")]),
    Case(
        "a row with a column too many in front refuses the practice that it names",
        [row(practice="A81002"), "QOF2324,Quality," + row().partition(",")[2]],
        [(3, Code.ROW_COLUMNS, "13")],
        ["A81002"],
    ),
    Case(
        "a row that lacks its first column refuses the practice that it names",
        [row(practice="A81002"), row().partition(",")[2]],
        [(3, Code.ROW_COLUMNS, "11")],
        ["A81002"],
    ),
    Case(
        "a row that names nobody refuses the practice whose row stands before it",
        [row(), "AF006,Numerator,5", row(practice="A81002")],
        [(3, Code.ROW_COLUMNS, "3")],
        ["A81002"],
    ),
    Case(
        "a row that names nobody and stands first refuses the practice that follows",
        ["AF006,Numerator,5", row(), row(practice="A81002")],
        [(2, Code.ROW_COLUMNS, "3")],
        ["A81002"],
    ),
    Case("a day that is not", [row(at="31/02/2024 11:19:50")], [(2, Code.ROW_SUBMITTED, WITHHELD)]),
    Case("a time that is not", [row(at="02-04-24 9.30")], [(2, Code.ROW_SUBMITTED, WITHHELD)]),
    Case("a day without its noughts", [row(at="2/4/2024   11:19:50")], [(2, Code.ROW_SUBMITTED, WITHHELD)]),
    Case(
        "every problem of a row is named",
        [row("AF01", value="-1", at="x y")],
        [(2, Code.ROW_INDICATOR, "AF01"), (2, Code.ROW_NUMBER, "-1"), (2, Code.ROW_SUBMITTED, "x y")],
    ),
    Case(
        "another practice is not touched",
        [row(value="-1"), row(practice="A81002")],
        [(2, Code.ROW_NUMBER, "-1")],
        ["A81002"],
    ),
    Case(
        "a good row does not heal a refused one",
        [row(value="-1"), row(at=SECOND)],
        [(2, Code.ROW_NUMBER, "-1")],
    ),
    Case("an empty line is no row", ["", row(), ""], [], ["A81001"]),
    Case("a line of nothing but commas is no row", [row(), "," * 11, ",,,"], [], ["A81001"]),
    Case(
        "a line number is that of the file, empty lines counted",
        ["", row(value="-1")],
        [(3, Code.ROW_NUMBER, "-1")],
    ),
    Case("a value in quotes", [row(value='"10"')], [], ["A81001"]),
]

PRACTICES = [
    Case("an unknown practice", [row(practice="Z99999"), row()], [(2, Code.PRACTICE_UNKNOWN, "")], ["A81001"]),
    Case("a date that is not collected", [row(day="20240330")], [(2, Code.PRACTICE_DATE, "20240330")]),
    Case(
        "two dates in a file: the one of fewer rows is refused",
        [row(), row("AST005", OTHER_REGISTER), row(practice="A81002", day="20240229")],
        [(4, Code.PRACTICE_DATE, "20240229")],
        ["A81001"],
    ),
    Case(
        "a numerator above its denominator",
        [row("AF006", "Numerator", "6"), row("AF006", "Denominator", "5")],
        [(2, Code.PRACTICE_NUMERATOR, "6")],
    ),
    Case(
        "a numerator without its denominator waits for another file",
        [row("AF006", "Numerator", "6")],
        [],
        ["A81001"],
    ),
    Case(
        "the same value twice at one time",
        [row(), row()],
        [(3, Code.WARNING_DUPLICATE, "10")],
        ["A81001"],
    ),
    Case("two values at one time", [row(), row(value="11")], [(3, Code.PRACTICE_CONFLICT, "10")]),
    Case(
        "two values at one time, superseded by a later one",
        [row(last="N"), row(value="11", last="N"), row(value="12", at=SECOND)],
        [],
        ["A81001"],
    ),
    Case(
        "two values at one time, of which one says it is the last, superseded by a later one",
        [row(last="N"), row(value="11"), row(value="12", at=SECOND)],
        [(3, Code.WARNING_LAST, "12")],
        ["A81001"],
    ),
    Case(
        "an earlier value that says it is the last",
        [row(), row(value="12", at=SECOND), row("AST005", OTHER_REGISTER, at=SECOND), row("AST005", OTHER_REGISTER)],
        [(2, Code.WARNING_LAST, "12")],
        ["A81001"],
    ),
    Case(
        "a last value that does not say so",
        [row("AF006", "Numerator", "1"), row(last="N"), row("AF006", "Denominator", "5", last="N")],
        [(3, Code.WARNING_LAST, "10")],
        ["A81001"],
    ),
    Case(
        "a denominator and adjustments above the register that they are taken from",
        [row("AF006", REGISTER), row("AF006", "Denominator", "8"), row("AF006", "AFIBPCADEC", "3")],
        [(3, Code.WARNING_COHORT, "8")],
        ["A81001"],
    ),
    Case(
        "exclusions are of people who need not be on the register",
        [row("AF006", REGISTER), row("AF006", "Denominator", "8"), row("AF006", "CHAD_VAL2", "3")],
        [],
        ["A81001"],
    ),
    Case(
        "two indicators of a group with different registers",
        [row("AF006", REGISTER), row("AF001", REGISTER, "11")],
        [(2, Code.WARNING_REGISTERS, "10")],
        ["A81001"],
    ),
    Case(
        "a later value that came first supersedes them as well",
        [row(value="12", at=SECOND), row(last="N"), row(value="11", last="N")],
        [],
        ["A81001"],
    ),
]


@pytest.mark.parametrize("case", COUNTS + ROWS + PRACTICES, ids=lambda case: case.name)
def test_a_file_is_accepted_practice_by_practice_and_every_problem_has_its_line(case: Case) -> None:
    reading = read(*case.rows)
    assert [(p.line, p.code, p.value) for p in reading.problems.listed] == list(case.problems)
    assert sorted(reading.practices) == list(case.accepted)
    assert reading.readable


def test_every_later_value_wins_wherever_its_row_stands() -> None:
    earlier, later = row(value="10", at=FIRST), row(value="4", at=SECOND)
    for rows in ([earlier, later], [later, earlier]):
        practice = read(*rows).practices["A81001"]
        assert practice.submission.values[0] == 4
        assert practice.submission.stamps[0] == 20240402141653


def test_submission_times_are_compared_as_dates_and_not_as_text() -> None:
    march, april = row(value="1", at="31/03/2024 23:00:00"), row(value="2", at="02/04/2024 01:00:00")
    assert read(april, march).practices["A81001"].submission.values[0] == 2


NEAR = [
    (row(practice="A81001 "), "Did you mean A81001? It is written in capitals, without blanks."),
    (row(practice="a81001"), "Did you mean A81001? It is written in capitals, without blanks."),
    (row("af 006"), "Did you mean AF006?"),
    (row("AFOO6"), "Did you mean AF006?"),
    (row("AF005"), "`cqrs services show` lists the names that it knows."),
    (row("AF006", "NUMERATOR"), "Did you mean Numerator?"),
    (row("AF01"), "Did you mean AF001?"),
    (row("af001"), "Did you mean AF001?"),
    (row("AF006", "Numerater"), "Did you mean Numerator?"),
    (row(field="Atrial Fibrilation Register"), f"Did you mean {REGISTER}?"),
    (row(practice="B81001"), "Did you mean A81001?"),
    (row("ZZZ"), "`cqrs services show` lists the names that it knows."),
]


@pytest.mark.parametrize(("line", "hint"), NEAR)
def test_a_name_nearly_right_is_answered_with_the_right_one(line: str, hint: str) -> None:
    (problem,) = read(line).problems.listed
    assert hint in problem.message


def test_a_report_names_the_place_of_a_problem_in_full() -> None:
    (problem,) = read(row(value="-1")).problems.listed
    assert (problem.file, problem.organisation, problem.indicator, problem.field) == (
        "extract.csv", "A81001", "AF001", REGISTER,
    )  # fmt: skip
    assert problem.severity is Severity.ROW


def test_nothing_can_have_been_submitted_after_the_file_was_received() -> None:
    received = replace(expectation(GRID, "A81001", "A81002"), latest=20240402120000)
    rows = [row(), row(practice="A81002", at=SECOND)]
    reading = read_extract(file="extract.csv", chunks=extract(*rows), expectation=received)
    (problem,) = reading.problems.listed
    assert (problem.line, problem.code, problem.value) == (3, Code.ROW_FUTURE, SECOND)
    assert sorted(reading.practices) == ["A81001"]


def test_the_file_counts_its_rows_and_those_of_the_practices_accepted() -> None:
    reading = read(row(), row("AST005", OTHER_REGISTER), row(practice="A81002", value="x"))
    assert (reading.rows, reading.rows_accepted, reading.refused) == (3, 2, {"A81002": 4})
