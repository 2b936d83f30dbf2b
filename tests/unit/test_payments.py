"""Pounds: national prevalence, the factors, and payments that are rounded once."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import Achievement, PracticeInputs, practice_achievement
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.prevalence import PrevalenceSums, national_prevalence, prevalence_sums
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules, hundredths, service_rules
from functions.domain.calculate.text import decimal_text, plain_text
from functions.domain.calculate.working import working_lines
from schemas.policy import NationalPrevalence
from schemas.working import ROUNDING, WorkingLine
from tests.inputs.service import small_service

RULES = service_rules(document=small_service("AF001", "AF006", "PC001", "QI013"))
REGISTER, AF006_REGISTER, NUMERATOR, DENOMINATOR, PALLIATIVE, FLAG = (
    RULES.grid.numbers[code][field]
    for code, field in [
        ("AF001", "Atrial Fibrillation Register"),
        ("AF006", "Atrial Fibrillation Register"),
        ("AF006", "Numerator"),
        ("AF006", "Denominator"),
        ("PC001", "Palliative Care Register"),
        ("QI013", "Yes/No Flag"),
    ]
)


def practice(size: int, register: int, numerator: int = 0, denominator: int = 0, other: int = 0) -> PracticeInputs:
    """A practice by its list, its register of atrial fibrillation, one fraction, and whatever is not adjusted."""
    values = [0] * len(RULES.grid.slots)
    values[REGISTER] = values[AF006_REGISTER] = register
    values[NUMERATOR], values[DENOMINATOR] = numerator, denominator
    values[PALLIATIVE] = values[FLAG] = other
    return PracticeInputs("A81001", size, tuple(values))


PRACTICE = st.builds(
    lambda size, register, counts, other: practice(size, min(size, register), counts[0], counts[1], other),
    st.integers(0, 100_000),
    st.integers(0, 3_000),
    st.lists(st.integers(0, 2_000), min_size=2, max_size=2).map(sorted),
    st.integers(0, 1),
)
NATION = st.lists(PRACTICE, min_size=1, max_size=6)


def sums(nation: Sequence[PracticeInputs]) -> PrevalenceSums:
    return prevalence_sums(rules=RULES, practices=[(one.list_size, one.values) for one in nation])


def calculated(nation: Sequence[PracticeInputs]) -> tuple[Valuation, dict[str, int], list[Achievement]]:
    national = dict(national_prevalence(policy=RULES.national_prevalence, sums=sums(nation)))
    worth = valuation(rules=RULES, national=national)
    return worth, national, [practice_achievement(rules=RULES, practice=one, worth=worth) for one in nation]


def test_the_national_figure_is_the_mean_of_the_practices_or_all_people_on_all_lists() -> None:
    nation = [practice(1000, 10), practice(3000, 90)]
    mean = national_prevalence(policy=NationalPrevalence.MEAN_OF_PRACTICES, sums=sums(nation))
    pooled = national_prevalence(policy=NationalPrevalence.POOLED, sums=sums(nation))
    assert decimal_text(mean["AF001"], places=12) == "0.020000000000"
    assert decimal_text(pooled["AF001"], places=12) == "0.025000000000"


def test_a_practice_with_an_empty_register_counts_in_the_mean_and_one_with_an_empty_list_does_not() -> None:
    nation = [practice(1000, 10), practice(1000, 0), practice(0, 0)]
    mean = national_prevalence(policy=NationalPrevalence.MEAN_OF_PRACTICES, sums=sums(nation))
    assert mean["AF001"] == 5 * 10**9


def test_a_practices_prevalence_is_held_to_12_decimals_half_up_before_the_mean() -> None:
    assert sums([practice(3, 1)]).raw["AF001"] == 333_333_333_333
    assert sums([practice(3, 2)]).raw["AF001"] == 666_666_666_667
    assert sums([practice(3, 1), practice(3, 2)]).raw["AF001"] == 10**12


def test_the_mean_is_held_to_12_decimals_half_up_too() -> None:
    three = PrevalenceSums(scale=10**12, practices=3, people=3, raw={"AF001": 2}, registers={"AF001": 0})
    two = PrevalenceSums(scale=10**12, practices=2, people=2, raw={"AF001": 1}, registers={"AF001": 0})
    mean = NationalPrevalence.MEAN_OF_PRACTICES
    assert national_prevalence(policy=mean, sums=three) == {"AF001": 1}
    assert national_prevalence(policy=mean, sums=two) == {"AF001": 1}


@pytest.mark.parametrize("policy", NationalPrevalence)
def test_where_nobody_is_counted_the_national_figure_is_0_and_so_is_what_it_adjusts(
    policy: NationalPrevalence,
) -> None:
    nation = [practice(0, 0), practice(0, 0)]
    assert set(national_prevalence(policy=policy, sums=sums(nation)).values()) == {0}
    assert [one.payment for one in calculated(nation)[2]] == [0, 0]


def test_where_a_register_is_empty_everywhere_only_what_is_not_adjusted_is_paid() -> None:
    nation = [practice(9639, 0, numerator=10, denominator=10, other=1)]
    (achievement,) = calculated(nation)[2]
    assert achievement.points == 1200 + 300 + 2700
    assert achievement.payment == 30 * 21343


def test_a_practice_of_average_list_and_prevalence_is_paid_the_value_of_a_point_for_each() -> None:
    nation = [practice(9639, 100, numerator=90, denominator=100, other=1)]
    (achievement,) = calculated(nation)[2]
    assert (achievement.points, achievement.available) == (4700, 4700)
    assert abs(achievement.payment - 47 * 21343) <= 1  # the national figure has 12 decimals


def test_a_practice_without_a_list_is_paid_nothing_and_keeps_its_points() -> None:
    *_, achievement = calculated([practice(9000, 90), practice(0, 5, numerator=1, denominator=1, other=1)])[2]
    assert (achievement.points, achievement.payment) == (4700, 0)


@given(NATION)
def test_a_payment_is_the_sum_of_the_unrounded_amounts_rounded_once(nation: list[PracticeInputs]) -> None:
    _, national, achievements = calculated(nation)
    for one, achievement in zip(nation, achievements, strict=True):
        exact = sum(amounts(one, achievement, national))
        assert achievement.payment == half_up(numerator=exact.numerator, denominator=exact.denominator)
        assert [Fraction(n, achievement.denominator) for n in achievement.numerators] == amounts(
            one, achievement, national
        )


def amounts(one: PracticeInputs, achievement: Achievement, national: dict[str, int]) -> list[Fraction]:
    """Points x value of a point x prevalence factor x list factor, in pence, as the rule is written."""
    found = []
    for rule, points in zip(RULES.rules, achievement.indicator_points, strict=True):
        factor = Fraction(1)
        if rule.adjusted and rule.register is not None:
            figure = Fraction(national[rule.code], 10**12)
            factor = Fraction(one.values[rule.register], one.list_size) / figure if figure and one.list_size else figure
        found.append(Fraction(points, 100) * 21343 * factor * Fraction(one.list_size, 9639))
    return found


@given(NATION)
def test_the_lines_of_the_working_and_its_rounding_add_up_to_the_payment(nation: list[PracticeInputs]) -> None:
    _, national, achievements = calculated(nation)
    for one, achievement in zip(nation, achievements, strict=True):
        lines = working(RULES, one, achievement, national)
        assert sum(Decimal(line.amount) for line in lines) == Decimal(achievement.payment).scaleb(-2)
        assert [line.indicator for line in lines] == ["AF001", "AF006", "PC001", "QI013", ROUNDING]


@given(NATION, NATION)
def test_sums_over_two_parts_of_a_nation_add_up_to_those_of_the_whole(
    one: list[PracticeInputs], two: list[PracticeInputs]
) -> None:
    whole, parts = sums(one + two), (sums(one), sums(two))
    assert whole.practices == sum(part.practices for part in parts)
    assert whole.people == sum(part.people for part in parts)
    for code, total in whole.raw.items():
        assert total == sum(part.raw[code] for part in parts)
        assert whole.registers[code] == sum(part.registers[code] for part in parts)


@given(NATION)
def test_nobodys_payment_depends_on_the_order_of_the_practices(nation: list[PracticeInputs]) -> None:
    forwards, backwards = calculated(nation)[2], calculated(nation[::-1])[2]
    assert [one.payment for one in forwards] == [one.payment for one in backwards[::-1]]


REASONS = [
    (practice(9639, 0), ("AF001", "The register is empty: no points.")),
    (practice(9639, 5), ("AF001", "The register counts somebody: all 5 points.")),
    (practice(9639, 5), ("AF006", "The denominator is empty: no points.")),
    (practice(9639, 5, 4, 10), ("AF006", "4 of 10 is not above the lower threshold of 40 %: no points.")),
    (practice(9639, 5, 9, 10), ("AF006", "9 of 10 is at or above the upper threshold of 90 %: all 12 points.")),
    (practice(9639, 5, 2, 3), ("AF006", "12 x (100 x 2 / 3 - 40) / (90 - 40) = 6.40 points, half up.")),
    (practice(9639, 5), ("QI013", "The flag says no: no points.")),
    (practice(9639, 5, other=1), ("QI013", "The flag says yes: all 27 points.")),
]


@pytest.mark.parametrize(("one", "said"), REASONS)
def test_every_line_says_why_its_points_are_what_they_are(one: PracticeInputs, said: tuple[str, str]) -> None:
    _, national, (achievement,) = calculated([one])
    lines = working(RULES, one, achievement, national)
    assert said in [(line.indicator, line.reason) for line in lines]


def test_a_line_shows_every_input_and_factor() -> None:
    nation = [practice(10_000, 100, 2, 3), practice(10_000, 300)]
    _, national, achievements = calculated(nation)
    line = working(RULES, nation[0], achievements[0], national)[1]
    assert line._asdict() == {
        "indicator": "AF006", "kind": "fraction", "register": "100", "numerator": "2", "denominator": "3",
        "flag": "", "percent": "66.6667", "lower": "40", "upper": "90", "offered": "12",
        "extracted_points": "6.40", "points": "6.40",
        "value_of_point": "213.43", "practice_list": "10000", "national_prevalence": "0.020000000000",
        "prevalence_factor": "0.500000", "national_average_list": "9639", "list_factor": "1.037452",
        "part_of_year": "", "amount": "708.5548",
        "reason": "12 x (100 x 2 / 3 - 40) / (90 - 40) = 6.40 points, half up.",
    }  # fmt: skip


def working(rules: Rules, one: PracticeInputs, achievement: Achievement, national: dict[str, int]) -> list[WorkingLine]:
    return list(working_lines(rules=rules, practice=one, achievement=achievement, national=national))


@pytest.mark.parametrize(
    ("value", "places", "text", "plain"),
    [
        (21343, 2, "213.43", "213.43"),
        (4000, 2, "40.00", "40"),
        (4050, 2, "40.50", "40.5"),
        (5, 2, "0.05", "0.05"),
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


def test_a_figure_that_its_unit_cannot_hold_is_refused() -> None:
    assert hundredths(Decimal("213.43")) == 21343
    with pytest.raises(ValueError, match="more than two decimals"):
        hundredths(Decimal("213.431"))
