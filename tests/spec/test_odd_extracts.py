"""Rows sent twice at one time in any order, and files that invent as much as they can."""

from itertools import permutations

import pytest

from functions.domain.check.extract import read_extract
from functions.domain.check.names import MOST
from functions.domain.check.reading import ExtractReading
from schemas.problem import Code
from tests.inputs.extract import SECOND, extract, row
from tests.inputs.service import expectation, small_grid

GRID = small_grid("AF001", "AF006", "AST005", "QI013")


def read(*rows: str) -> ExtractReading:
    held_against = expectation(GRID, "A81001", "A81002")
    return read_extract(file="extract.csv", chunks=extract(*rows), expectation=held_against)


@pytest.mark.parametrize("rows", list(permutations([row(), row(value="11"), row(value="12", at=SECOND)])))
def test_how_many_rows_wrongly_say_that_they_are_the_last_does_not_depend_on_their_order(rows: tuple[str, ...]) -> None:
    (problem,) = read(*rows).problems.listed
    assert problem.code is Code.WARNING_LAST
    assert problem.message.startswith("LAST_SUBMISSION says Y for 2 values")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((row(last="N"),), "LAST_SUBMISSION does not say Y for 1 value of"),
        ((row(last="N"), row("AF006", last="N")), "LAST_SUBMISSION does not say Y for 2 values of"),
        ((row(), row(at=SECOND)), "LAST_SUBMISSION says Y for 1 value of"),
    ],
)
def test_one_value_is_called_a_value_and_more_are_called_values(rows: tuple[str, ...], message: str) -> None:
    (problem,) = read(*rows).problems.listed
    assert problem.message.startswith(message)


@pytest.mark.parametrize("rows", list(permutations([row(last="N"), row()])))
def test_of_a_value_sent_twice_at_one_time_one_row_has_to_say_that_it_is_the_last(rows: tuple[str, ...]) -> None:
    assert [problem.code for problem in read(*rows).problems.listed] == [Code.WARNING_DUPLICATE]


def test_a_wrong_name_in_every_row_costs_no_more_than_a_thousand_of_them() -> None:
    names = [f"AST{number:05d}x" for number in range(MOST + 10)]
    reading = read(*(row(name) for name in names))
    hints = [problem.message for problem in reading.problems.listed]
    assert len(hints) == MOST + 10
    assert ("Did you mean" in hints[0], "`cqrs services show` lists" in hints[-1]) == (True, True)
