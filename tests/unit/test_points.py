"""Points: the edges of each kind of indicator as a table, and what must hold for every count."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.points import available_points, indicator_points
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import GroupRule, Rule
from schemas.policy import EmptyDenominator, PointsRounding
from schemas.service import Kind
from tests.inputs.rule import COUNT, COUNTS, SHARES, a_rule
from tests.inputs.scores import FRACTION, SCORES, Score
from tests.oracle.calculation import indicator_points as oracle_points
from tests.oracle.definition import Definition, Scored


class Half(NamedTuple):
    """A fraction and the whole number that it becomes."""

    numerator: int
    denominator: int
    whole: int


HALVES = [
    Half(0, 1, 0),
    Half(1, 2, 1),
    Half(3, 2, 2),
    Half(5, 2, 3),
    Half(49, 100, 0),
    Half(50, 100, 1),
    Half(2, 3, 1),
    Half(10**30 + 1, 2 * 10**30, 1),
    Half(10**30 - 1, 2 * 10**30, 0),
]


@pytest.mark.parametrize(("numerator", "denominator", "whole"), HALVES)
def test_a_tie_goes_up_and_everything_else_to_the_nearest(numerator: int, denominator: int, whole: int) -> None:
    assert half_up(numerator=numerator, denominator=denominator) == whole


@given(COUNT, st.integers(min_value=1, max_value=10**9))
def test_half_up_is_that_of_decimal_arithmetic(numerator: int, denominator: int) -> None:
    with localcontext(prec=60):
        rounded = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert half_up(numerator=numerator, denominator=denominator) == int(rounded)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 2), (1, 0), (1, -2)])
def test_half_up_refuses_what_has_no_nearest_whole_number_upwards(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="positive denominator"):
        half_up(numerator=numerator, denominator=denominator)


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.why)
def test_the_counts_of_an_indicator_earn_the_points_of_its_kind(score: Score) -> None:
    assert indicator_points(rule=score.rule, values=score.counts) == score.points


@given(share=SHARES, counts=COUNTS)
def test_points_are_those_of_the_oracle(share: Rule, counts: list[int]) -> None:
    rounding = PointsRounding.DOWN_2_DECIMALS if share.round_down else PointsRounding.HALF_UP_2_DECIMALS
    policies = {"points_rounding": rounding, "empty_denominator": EmptyDenominator.NO_POINTS}
    service = Definition("X", (), {}, Fraction(1), Fraction(1), policies)
    points, lower, upper, step = (Fraction(n, 100) for n in (share.points, share.lower, share.upper, share.step))
    fields = {"numerator": "Numerator", "denominator": "Denominator"}
    scored = Scored("X", "X", share.kind, points, lower, upper, step, adjusted=False, fields=fields)
    values = dict(zip([("X", "Numerator"), ("X", "Denominator")], counts, strict=True))
    expected = oracle_points(service, scored, values)
    assert Fraction(indicator_points(rule=share, values=counts), 100) == expected


@given(share=SHARES, counts=COUNTS, more=COUNT)
def test_points_never_fall_as_achievement_rises(share: Rule, counts: list[int], more: int) -> None:
    numerator, denominator = counts
    found = [
        indicator_points(rule=share, values=(n, denominator)) for n in (numerator, min(numerator + more, denominator))
    ]
    less, most = reversed(found) if share.kind is Kind.LOWER_IS_BETTER else found
    assert 0 <= less <= most <= share.points


@given(share=SHARES, counts=COUNTS)
def test_points_do_not_change_when_both_counts_are_doubled(share: Rule, counts: list[int]) -> None:
    doubled = [2 * count for count in counts]
    assert indicator_points(rule=share, values=counts) == indicator_points(rule=share, values=doubled)


@pytest.mark.parametrize("lacking", [replace(FRACTION, numerator=None), replace(FRACTION, denominator=None)])
def test_a_share_that_lacks_a_row_is_a_fault_of_ours(lacking: Rule) -> None:
    with pytest.raises(ValueError, match="AF006 has no numerator and denominator"):
        indicator_points(rule=lacking, values=(1, 1))


def test_management_information_is_not_scored_even_where_it_has_a_register() -> None:
    with pytest.raises(ValueError, match="AF006 has no row"):
        indicator_points(rule=a_rule(Kind.INFORMATION), values=(1,))


def test_the_points_of_a_group_are_not_available_where_its_register_is_zero() -> None:
    groups = [GroupRule("AF", 2900, 0, (0, 2)), GroupRule("AST", 4500, 1, (1,))]

    def available(values: tuple[int, ...], points: tuple[int, ...] = (0, 0, 0)) -> int:
        return available_points(total=63500, groups=groups, values=values, points=points)

    assert [available(values) for values in ((1, 1), (0, 9), (0, 0))] == [63500, 60600, 56100]
    assert available((1, 1), (300, 4500, 500)) == 63500
    assert available((0, 9), (300, 4500, 500)) == 60600 + 800, "what a decision gives was to be had"
    assert available((0, 0), (300, 20, 500)) == 56100 + 820
