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


class Score(NamedTuple):
    """The counts of an indicator, and the hundredths of a point they earn."""

    why: str
    rule: Rule
    counts: tuple[int, ...]
    points: int


REGISTER, YES_NO = a_rule(Kind.REGISTER), a_rule(Kind.YES_NO)
FRACTION = a_rule(Kind.FRACTION)  # 12 points, between 40 % and 90 %
STEPPED = a_rule(Kind.STEPPED, step=500)  # the same, 5 of the points on reaching 40 %
TURNED = a_rule(Kind.LOWER_IS_BETTER)  # all 12 at 40 %, none at 90 %
ODD = a_rule(Kind.STEPPED, step=500, lower=3999)
EMPTY_EARNS = replace(FRACTION, register=2, empty_earns=True)

SCORES = [
    Score("a register of nobody", REGISTER, (0,), 0),
    Score("a register of one person", REGISTER, (1,), 1200),
    Score("a register of many", REGISTER, (8000,), 1200),
    Score("no", YES_NO, (0,), 0),
    Score("yes", YES_NO, (1,), 1200),
    Score("a fraction of nobody", FRACTION, (0, 0), 0),
    Score("nobody of some", FRACTION, (0, 10), 0),
    Score("below the lower threshold", FRACTION, (39, 100), 0),
    Score("the lower threshold exactly earns nothing", FRACTION, (40, 100), 0),
    Score("just above the lower threshold", FRACTION, (41, 100), 24),
    Score("half way", FRACTION, (65, 100), 600),
    Score("just below the upper threshold", FRACTION, (89, 100), 1176),
    Score("the upper threshold exactly earns everything", FRACTION, (90, 100), 1200),
    Score("everybody", FRACTION, (100, 100), 1200),
    Score("a share that never ends", FRACTION, (2, 3), 640),
    Score("a tie between two hundredths goes up", FRACTION, (97, 192), 253),
    Score("a tie is cut where the document says so", a_rule(Kind.FRACTION, round_down=True), (97, 192), 252),
    Score("so little above the threshold that it rounds to nothing", FRACTION, (400_001, 1_000_000), 0),
    Score("so little below the threshold that it rounds to everything", FRACTION, (899_999, 1_000_000), 1200),
    Score("nobody, where that earns everything and the register counts one person", EMPTY_EARNS, (0, 0, 1), 1200),
    Score("nobody, where that earns everything and the register counts many", EMPTY_EARNS, (0, 0, 70), 1200),
    Score("nobody, where that earns everything and the register is empty", EMPTY_EARNS, (0, 0, 0), 0),
    Score(
        "nobody, where that earns everything and there is no register", replace(EMPTY_EARNS, register=None), (0, 0), 0
    ),
    Score("nobody, where that earns nothing whatever the register", replace(FRACTION, register=2), (0, 0, 70), 0),
    Score("stepped: a fraction of nobody", STEPPED, (0, 0), 0),
    Score("stepped: below the lower threshold", STEPPED, (39, 100), 0),
    Score("stepped: as little below the lower threshold as there is", ODD, (2399, 5999), 0),
    Score("stepped: the lower threshold exactly earns the step", STEPPED, (40, 100), 500),
    Score("stepped: half way earns the step and half of the rest", STEPPED, (65, 100), 850),
    Score("stepped: just below the upper threshold", STEPPED, (89, 100), 1186),
    Score("stepped: the upper threshold exactly earns everything", STEPPED, (90, 100), 1200),
    Score("lower is better: a fraction of nobody", TURNED, (0, 0), 0),
    Score("lower is better: nobody of some", TURNED, (0, 10), 1200),
    Score("lower is better: the lower threshold exactly earns everything", TURNED, (40, 100), 1200),
    Score("lower is better: and cuts nothing off it", replace(TURNED, round_down=True), (40, 100), 1200),
    Score("lower is better: just above the lower threshold", TURNED, (41, 100), 1176),
    Score("lower is better: a share that never ends", TURNED, (2, 3), 560),
    Score("lower is better: just below the upper threshold", TURNED, (89, 100), 24),
    Score("lower is better: the upper threshold exactly earns nothing", TURNED, (90, 100), 0),
    Score("lower is better: everybody", TURNED, (100, 100), 0),
]


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
    groups = [GroupRule("AF", 2900, 0), GroupRule("AST", 4500, 1)]
    found = [available_points(total=63500, groups=groups, values=values) for values in ((1, 1), (0, 9), (0, 0))]
    assert found == [63500, 60600, 56100]
