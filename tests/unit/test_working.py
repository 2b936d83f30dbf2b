"""The working: lines that show every input and factor, and add up to the payment."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.rules import Rules
from functions.domain.calculate.text import decimal_text, plain_text
from functions.domain.calculate.working import working_lines
from schemas.working import ROUNDING, WorkingLine
from tests.inputs.small_nation import CODES, NATION, RULES, SERVICES, calculated, practice


def workings(nation: Sequence[PracticeInputs], rules: Rules = RULES) -> list[list[WorkingLine]]:
    """The lines of every practice of a nation."""
    _, national, achievements = calculated(nation, rules)
    return [
        list(working_lines(rules=rules, practice=one, achievement=achievement, national=national))
        for one, achievement in zip(nation, achievements, strict=True)
    ]


@given(NATION, SERVICES)
def test_the_lines_of_the_working_and_its_rounding_add_up_to_the_payment(
    nation: list[PracticeInputs], rules: Rules
) -> None:
    for lines, achievement in zip(workings(nation, rules), calculated(nation, rules)[2], strict=True):
        assert sum(Decimal(line.amount) for line in lines) == Decimal(achievement.payment).scaleb(-2)
        assert [line.indicator for line in lines] == [*CODES, ROUNDING]


NATION_OF_TWO = [practice(10_000, 100, 2, 3, other=1), practice(10_000, 300)]
FACTORS = {
    "value_of_point": "213.43", "practice_list": "10000", "national_average_list": "9639", "list_factor": "1.037452",
    "part_of_year": "",
}  # fmt: skip


def test_a_line_of_a_share_shows_every_input_and_factor() -> None:
    assert workings(NATION_OF_TWO)[0][1]._asdict() == FACTORS | {
        "indicator": "AF006", "kind": "fraction", "register": "100", "numerator": "2", "denominator": "3",
        "flag": "", "percent": "66.6667", "lower": "40", "upper": "90", "offered": "12",
        "extracted_points": "6.40", "points": "6.40",
        "national_prevalence": "0.020000000000", "prevalence_factor": "0.500000", "amount": "708.5548",
        "reason": "12 x (100 x 2 / 3 - 40) / (90 - 40) = 6.40 points, half up.",
    }  # fmt: skip


def test_a_line_of_a_register_that_is_not_adjusted_has_no_share_and_no_prevalence() -> None:
    assert workings(NATION_OF_TWO)[0][2]._asdict() == FACTORS | {
        "indicator": "PC001", "kind": "register", "register": "1", "numerator": "", "denominator": "",
        "flag": "", "percent": "", "lower": "", "upper": "", "offered": "3",
        "extracted_points": "3.00", "points": "3.00",
        "national_prevalence": "", "prevalence_factor": "1", "amount": "664.2702",
        "reason": "The register counts somebody: all 3 points.",
    }  # fmt: skip


def test_the_last_line_is_what_rounding_adds() -> None:
    last = workings(NATION_OF_TWO)[0][-1]
    reason = "What rounding to a penny, as the document says, adds to the amounts as shown."
    assert {name: text for name, text in last._asdict().items() if text} == {
        "indicator": "rounding",
        "amount": "-0.0049",
        "reason": reason,
    }


def test_a_line_that_a_decision_fixes_shows_what_the_counts_would_earn() -> None:
    decided = replace(NATION_OF_TWO[0], fixed={"AF006": 705})
    line = workings([decided])[0][1]
    assert (line.extracted_points, line.points) == ("6.40", "7.05")
    assert line.reason == "A decision fixes 7.05 points; the counts sent would earn 6.40."


def test_every_line_of_a_contract_open_for_part_of_the_year_shows_its_days() -> None:
    part = replace(NATION_OF_TWO[0], days_open=200)
    assert {line.part_of_year for line in workings([part])[0][:-1]} == {"200/366"}
    assert {line.part_of_year for line in workings([part], replace(RULES, days=None))[0]} == {""}


@pytest.mark.parametrize(("places", "shown"), [(3, "0.020"), (4, "0.0200"), (12, "0.020000000000")])
def test_a_national_prevalence_is_shown_to_the_decimals_it_is_held_to(places: int, shown: str) -> None:
    line = workings(NATION_OF_TWO, replace(RULES, prevalence_scale=10**places))[0][0]
    assert (line.national_prevalence, line.prevalence_factor) == (shown, "0.500000")


@pytest.mark.parametrize("nation", [[practice(10_000, 0)], [practice(0, 5), practice(10_000, 5)]])
def test_the_factor_of_a_register_that_nobody_is_on_or_of_no_list_is_0(nation: list[PracticeInputs]) -> None:
    assert workings(nation)[0][0].prevalence_factor == "0"


def test_a_share_of_nobody_has_no_percentage() -> None:
    of_one, of_nobody = workings([practice(10_000, 5, 0, 1), practice(10_000, 5)])
    assert (of_one[1].percent, of_nobody[1].percent) == ("0.0000", "")


@pytest.mark.parametrize(
    ("value", "places", "text", "plain"),
    [
        (21343, 2, "213.43", "213.43"),
        (4000, 2, "40.00", "40"),
        (4050, 2, "40.50", "40.5"),
        (5, 2, "0.05", "0.05"),
        (5, 1, "0.5", "0.5"),
        (5, 3, "0.005", "0.005"),
        (0, 2, "0.00", "0"),
        (-40, 4, "-0.0040", "-0.004"),
        (100, 0, "100", "100"),
    ],
)
def test_whole_numbers_are_written_as_the_decimals_they_stand_for(
    value: int, places: int, text: str, plain: str
) -> None:
    assert decimal_text(value, places=places) == text
    assert plain_text(value, places=places) == plain
