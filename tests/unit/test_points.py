"""Points: the edges of each kind of indicator as a table, and what must hold for every count."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.points import available_points, indicator_points
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import GroupRule, Rule, service_rules
from schemas.policy import ZeroRegister
from schemas.service import Kind
from tests.inputs.service import small_service

COUNT = st.integers(min_value=0, max_value=10**9)


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


def rule(kind: Kind, *, points: int = 1200, lower: int = 4000, upper: int = 9000) -> Rule:
    """An indicator whose one count, or numerator and denominator, are its first values."""
    counts = kind in {Kind.REGISTER, Kind.YES_NO}
    return Rule(
        code="AF006", group="AF", kind=kind, points=points, lower=lower, upper=upper, adjusted=False,
        register=0 if kind is Kind.REGISTER else None,
        flag=0 if kind is Kind.YES_NO else None,
        numerator=None if counts else 0,
        denominator=None if counts else 1,
    )  # fmt: skip


class Score(NamedTuple):
    """The counts of an indicator of 12 points, thresholds 40 % and 90 %, and the hundredths of a point they earn."""

    why: str
    kind: Kind
    counts: tuple[int, ...]
    points: int


SCORES = [
    Score("a register of nobody", Kind.REGISTER, (0,), 0),
    Score("a register of one person", Kind.REGISTER, (1,), 1200),
    Score("a register of many", Kind.REGISTER, (8000,), 1200),
    Score("no", Kind.YES_NO, (0,), 0),
    Score("yes", Kind.YES_NO, (1,), 1200),
    Score("a fraction of nobody", Kind.FRACTION, (0, 0), 0),
    Score("nobody of some", Kind.FRACTION, (0, 10), 0),
    Score("below the lower threshold", Kind.FRACTION, (39, 100), 0),
    Score("the lower threshold exactly earns nothing", Kind.FRACTION, (40, 100), 0),
    Score("just above the lower threshold", Kind.FRACTION, (41, 100), 24),
    Score("half way", Kind.FRACTION, (65, 100), 600),
    Score("just below the upper threshold", Kind.FRACTION, (89, 100), 1176),
    Score("the upper threshold exactly earns everything", Kind.FRACTION, (90, 100), 1200),
    Score("everybody", Kind.FRACTION, (100, 100), 1200),
    Score("a share that never ends", Kind.FRACTION, (2, 3), 640),
    Score("a tie between two hundredths goes up", Kind.FRACTION, (97, 192), 253),
    Score("so little above the threshold that it rounds to nothing", Kind.FRACTION, (400_001, 1_000_000), 0),
    Score("so little below the threshold that it rounds to everything", Kind.FRACTION, (899_999, 1_000_000), 1200),
]


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.why)
def test_the_counts_of_an_indicator_earn_the_points_of_its_kind(score: Score) -> None:
    assert indicator_points(rule=rule(score.kind), values=score.counts) == score.points


@given(counts=st.lists(COUNT, min_size=2, max_size=2).map(sorted), more=COUNT)
def test_points_never_fall_when_the_numerator_rises(counts: list[int], more: int) -> None:
    numerator, denominator = counts
    higher = min(numerator + more, denominator)
    fraction = rule(Kind.FRACTION)
    less, most = (indicator_points(rule=fraction, values=(n, denominator)) for n in (numerator, higher))
    assert 0 <= less <= most <= fraction.points


@given(counts=st.lists(COUNT, min_size=2, max_size=2).map(sorted))
def test_points_do_not_change_when_both_counts_are_doubled(counts: list[int]) -> None:
    fraction = rule(Kind.FRACTION)
    doubled = [2 * count for count in counts]
    assert indicator_points(rule=fraction, values=counts) == indicator_points(rule=fraction, values=doubled)


def test_a_rule_that_lacks_the_row_it_is_worked_out_from_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no row"):
        indicator_points(rule=rule(Kind.INFORMATION), values=(1, 1))


def test_the_points_of_a_group_are_not_available_where_its_register_is_zero() -> None:
    groups = [GroupRule("AF", 2900, 0), GroupRule("AST", 4500, 1)]
    found = [available_points(total=63500, groups=groups, values=values) for values in ((1, 1), (0, 9), (0, 0))]
    assert found == [63500, 60600, 56100]


def test_a_service_whose_policy_keeps_points_takes_none_away() -> None:
    taken = service_rules(document=small_service("AF001", "AF006"))
    kept = service_rules(document=small_service("AF001", "AF006", zero_register=ZeroRegister.POINTS_KEPT))
    assert [group.points for group in taken.zero_groups] == [1700]
    assert kept.zero_groups == ()


def test_palliative_care_smoking_and_vaccination_are_always_available() -> None:
    document = small_service("PC001", "SMOK002", "VI001", "BP002", "CHOL001")
    assert service_rules(document=document).zero_groups == ()
