"""Pounds: the factors, what is not paid, and payments that are rounded once."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import Achievement, PracticeInputs
from functions.domain.calculate.payment import amount_hundredths_of_pence, payment_pence, payment_with
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from schemas.policy import NationalPrevalence
from tests.inputs.small_nation import CODES, NATION, RULES, SERVICES, calculated, practice

PENCE = 10**6


@pytest.mark.parametrize("policy", NationalPrevalence)
def test_where_nobody_is_on_a_list_nobody_is_paid(policy: NationalPrevalence) -> None:
    nation = [practice(0, 0), practice(0, 0)]
    assert [one.payment for one in calculated(nation, replace(RULES, national_prevalence=policy))[2]] == [0, 0]


def test_where_a_register_is_empty_everywhere_only_what_is_not_adjusted_is_paid() -> None:
    nation = [practice(9639, 0, numerator=10, denominator=10, other=1)]
    (achievement,) = calculated(nation)[2]
    assert achievement.points == 1200 + 300 + 2700
    assert achievement.payment == 30 * 21343


def test_where_a_register_is_so_small_that_its_national_figure_rounds_to_0_it_is_not_paid_either() -> None:
    nation = [practice(9639, 1, numerator=10, denominator=10, other=1), practice(90_361, 0)]
    rules = replace(RULES, prevalence_scale=10**4)
    _, national, (achievement, _) = calculated(nation, rules)
    assert set(national.values()) == {1}
    assert achievement.payment > 30 * 21343
    _, national, (achievement, *_) = calculated([*nation, practice(90_000, 0)], rules)
    assert set(national.values()) == {0}
    assert achievement.payment == 30 * 21343
    assert achievement.numerators[:2] == (0, 0)


def test_a_practice_of_average_list_and_prevalence_is_paid_the_value_of_a_point_for_each() -> None:
    nation = [practice(9639, 100, numerator=90, denominator=100, other=1)]
    (achievement,) = calculated(nation)[2]
    assert (achievement.points, achievement.available) == (4700, 4700)
    assert abs(achievement.payment - 47 * 21343) <= 1  # the national figure has 12 decimals


def test_a_practice_without_a_list_is_paid_nothing_and_keeps_its_points() -> None:
    *_, achievement = calculated([practice(9000, 90), practice(0, 5, numerator=1, denominator=1, other=1)])[2]
    assert (achievement.points, achievement.payment) == (4700, 0)


def test_points_that_a_decision_fixes_are_paid_instead_of_those_earned() -> None:
    earned = practice(9639, 0, other=1)
    (achievement,) = calculated([replace(earned, fixed={"QI013": 1350})])[2]
    assert achievement.indicator_points == (0, 0, 300, 1350)
    assert achievement.payment == 3 * 21343 + half_up(numerator=27 * 21343, denominator=2)


def test_a_contract_that_was_open_for_part_of_the_year_is_paid_for_its_days() -> None:
    half = replace(practice(9639, 0, other=1), days_open=183)  # of the 366 from April 2023 to March 2024
    assert calculated([half])[2][0].payment == 15 * 21343
    assert calculated([replace(half, days_open=0)])[2][0].payment == 0
    assert calculated([half], replace(RULES, days=None))[2][0].payment == 30 * 21343


@given(NATION, SERVICES)
def test_a_payment_is_the_sum_of_the_unrounded_amounts_rounded_as_the_document_says(
    nation: list[PracticeInputs], rules: Rules
) -> None:
    _, national, achievements = calculated(nation, rules)
    for one, achievement in zip(nation, achievements, strict=True):
        exact = amounts(rules, one, achievement, national)
        assert [Fraction(n, achievement.denominator) for n in achievement.numerators] == exact
        assert achievement.payment == (sum(map(pence, exact)) if rules.round_each else pence(sum(exact, Fraction(0))))


def pence(exact: Fraction) -> int:
    return half_up(numerator=exact.numerator, denominator=exact.denominator)


def amounts(rules: Rules, one: PracticeInputs, achievement: Achievement, national: dict[str, int]) -> list[Fraction]:
    """Points x value of a point x prevalence factor x list factor, in pence, as the rule is written, for the days."""
    found = []
    days = 1 if one.days_open is None or rules.days is None else Fraction(one.days_open, rules.days)
    for rule, points in zip(rules.rules, achievement.indicator_points, strict=True):
        factor = Fraction(1)
        if rule.adjusted and rule.register is not None:
            figure = Fraction(national[rule.code], rules.prevalence_scale)
            factor = (
                Fraction(one.values[rule.register], one.list_size) / figure if figure and one.list_size else Fraction(0)
            )
        found.append(days * Fraction(points, 100) * 21343 * factor * Fraction(one.list_size, 9639))
    return found


@given(NATION, SERVICES)
def test_points_are_those_earned_or_decided_and_add_up(nation: list[PracticeInputs], rules: Rules) -> None:
    earned = calculated([replace(one, fixed={}) for one in nation], rules)[2]
    for one, before, after in zip(nation, earned, calculated(nation, rules)[2], strict=True):
        points = dict(zip(CODES, before.indicator_points, strict=True)) | dict(one.fixed)
        assert after.indicator_points == tuple(points.values())
        assert after.points == sum(points.values())
        closed = [group for group in rules.zero_groups if one.values[group.decided_by] == 0]
        without = rules.total - sum(group.points for group in closed)
        assert after.available == without + sum(after.indicator_points[at] for group in closed for at in group.places)


@given(NATION)
def test_nobodys_payment_depends_on_the_order_of_the_practices(nation: list[PracticeInputs]) -> None:
    forwards, backwards = calculated(nation)[2], calculated(nation[::-1])[2]
    assert [one.payment for one in forwards] == [one.payment for one in backwards[::-1]]


@pytest.mark.parametrize(("numerator", "shown"), [(0, 0), (1, 13), (2, 25), (8, 100), (9, 113), (8000, 100_000)])
def test_an_amount_is_shown_to_a_hundredth_of_a_penny_half_up(numerator: int, shown: int) -> None:
    assert amount_hundredths_of_pence(numerator=numerator, denominator=8) == shown


@given(
    amounts=st.lists(st.integers(0, PENCE), min_size=1, max_size=5),
    place=st.integers(0, 4),
    after=st.integers(0, PENCE),
    denominator=st.integers(1, 1000),
    round_each=st.booleans(),
)
def test_a_payment_with_one_amount_changed_is_that_of_all_amounts_added_anew(
    amounts: list[int], place: int, after: int, denominator: int, *, round_each: bool
) -> None:
    changed, place = list(amounts), place % len(amounts)
    changed[place] = after
    before, anew = (
        payment_pence(numerators=each, denominator=denominator, round_each=round_each) for each in (amounts, changed)
    )
    found = payment_with(
        achievement_pence=before,
        total=sum(amounts),
        before=amounts[place],
        after=after,
        denominator=denominator,
        round_each=round_each,
    )
    assert found == anew
