"""Rows of organisations that are known and do not take part at their date: refused alone, and told why."""

from dataclasses import replace

import pytest

from functions.domain.check.extract import read_extract
from functions.domain.check.reading import Expectation
from schemas.problem import Code, Severity
from tests.inputs.extract import Case, extract, row
from tests.inputs.service import small_grid

GRID = small_grid("AF001", "AF006", "AST005", "QI013")

ABSENT = Expectation(
    service="QOF2324",
    organisations=frozenset({"A81001", "A81002", "A81003", "A81004"}),
    admitted={
        "20240331": frozenset({"A81001"}),
        "20240229": frozenset({"A81001", "A81002", "A81003"}),
    },
    grid=GRID,
    listed={"A81001": "from 20230401 on", "A81002": "from 20230401 to 20240229", "A81003": "from 20230401 on"},
    closed={"20240331": frozenset({"A81003"})},
)
ABSENCES = [
    Case(
        "a practice that no longer takes part",
        [row(practice="A81002"), row()],
        [(2, Code.PRACTICE_NOT_PARTICIPATING, "20240331")],
        ["A81001"],
    ),
    Case(
        "a practice that is on no list",
        [row(practice="A81004", day="20240229")],
        [(2, Code.PRACTICE_NOT_PARTICIPATING, "20240229")],
    ),
    Case("a practice that is closed", [row(practice="A81003")], [(2, Code.PRACTICE_CLOSED, "20240331")]),
    Case("a practice before it closed", [row(practice="A81003", day="20240229")], [], ["A81003"]),
    Case(
        "rows that are wrong in themselves are told of too, so that the second file is right",
        [row(practice="A81002", value="-1"), row(practice="A81002")],
        [(2, Code.ROW_NUMBER, "-1"), (2, Code.PRACTICE_NOT_PARTICIPATING, "20240331")],
    ),
    Case(
        "a practice that takes part at the date of the file, and sends another",
        [row(day="20240229"), row(practice="A81002", day="20240229"), row(practice="A81002", day="20240331")],
        [(4, Code.PRACTICE_NOT_PARTICIPATING, "20240331")],
        ["A81001"],
    ),
]


@pytest.mark.parametrize("case", ABSENCES, ids=lambda case: case.name)
def test_an_organisation_that_is_not_admitted_at_the_date_is_refused_alone_with_its_line(case: Case) -> None:
    reading = read_extract(file="extract.csv", chunks=extract(*case.rows), expectation=ABSENT)
    assert [(p.line, p.code, p.value) for p in reading.problems.listed] == list(case.problems)
    assert sorted(reading.practices) == list(case.accepted)


def test_it_is_told_when_it_takes_part_how_many_rows_are_refused_and_what_to_do() -> None:
    rows = [row(practice=code) for code in ("A81002", "A81002", "A81003", "A81004")]
    reading = read_extract(file="extract.csv", chunks=extract(*rows), expectation=ABSENT)
    left, closed, never = (problem.message for problem in reading.problems.listed)
    assert left == (
        "The organisation does not take part in QOF2324 at 20240331: the participation list has it from 20230401 to "
        "20240229; its 2 rows are refused. Check ACH_DATE, or ask its commissioner to offer it the service; then send "
        "it again."
    )
    assert closed == (
        "The contract of the organisation was open on no day of the year up to 20240331; its 1 row is refused. "
        "Check ORG_CODE, or have OPEN_DATE or CLOSE_DATE corrected first."
    )
    assert "it is not on the participation list; its 1 row is refused." in never


def test_where_no_participation_list_was_ever_received_everybody_is_taken_to_participate_and_it_is_said() -> None:
    everybody = frozenset({"A81001", "A81002"})
    unlisted = replace(ABSENT, admitted={"20240331": everybody}, listed=None)
    reading = read_extract(file="extract.csv", chunks=extract(row(), row(practice="A81002")), expectation=unlisted)
    (warning,) = reading.problems.listed
    assert (warning.line, warning.organisation, warning.code, warning.severity) == (
        0, "", Code.WARNING_PARTICIPATION, Severity.WARNING,
    )  # fmt: skip
    assert warning.message.startswith("No participation list was ever received for QOF2324: every organisation")
    assert sorted(reading.practices) == ["A81001", "A81002"]
