"""Why an indicator earned its points: a sentence for every edge of every kind."""

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given

from functions.domain.calculate.points import indicator_points
from functions.domain.calculate.reason import decided_reason, points_reason
from functions.domain.calculate.rules import Rule
from functions.domain.calculate.text import decimal_text, plain_text
from schemas.service import Kind
from tests.inputs.rule import COUNTS, SHARES, a_rule


class Reason(NamedTuple):
    """The counts of an indicator of 12 points, and what is said of the points they earn."""

    rule: Rule
    counts: tuple[int, ...]
    sentence: str


REGISTER, YES_NO = a_rule(Kind.REGISTER), a_rule(Kind.YES_NO)
FRACTION = a_rule(Kind.FRACTION)  # between 40 % and 90 %
STEPPED = a_rule(Kind.STEPPED, step=450)  # the same, 4.5 of the points on reaching 40 %
TURNED = a_rule(Kind.LOWER_IS_BETTER)  # all at 40 %, none at 90 %
EMPTY_EARNS = replace(FRACTION, register=2, empty_earns=True)

REASONS = [
    Reason(REGISTER, (0,), "The register is empty: no points."),
    Reason(REGISTER, (5,), "The register counts somebody: all 12 points."),
    Reason(YES_NO, (0,), "The flag says no: no points."),
    Reason(YES_NO, (1,), "The flag says yes: all 12 points."),
    Reason(FRACTION, (0, 0), "The denominator is empty: no points."),
    Reason(EMPTY_EARNS, (0, 0, 0), "The denominator is empty: no points."),
    Reason(EMPTY_EARNS, (0, 0, 5), "The denominator is empty but the register counts somebody: all 12 points."),
    Reason(FRACTION, (3, 10), "3 of 10 is not above the lower threshold of 40 %: no points."),
    Reason(FRACTION, (4, 10), "4 of 10 is not above the lower threshold of 40 %: no points."),
    Reason(FRACTION, (2, 3), "12 x (100 x 2 / 3 - 40) / (90 - 40) = 6.40 points, half up."),
    Reason(
        replace(FRACTION, round_down=True), (97, 192),
        "12 x (100 x 97 / 192 - 40) / (90 - 40) = 2.52 points, cut to 2 decimals.",
    ),
    Reason(FRACTION, (1, 1), "1 of 1 is at or above the upper threshold of 90 %: all 12 points."),
    Reason(FRACTION, (9, 10), "9 of 10 is at or above the upper threshold of 90 %: all 12 points."),
    Reason(STEPPED, (3, 10), "3 of 10 is below the lower threshold of 40 %: no points."),
    Reason(STEPPED, (4, 10), "4.5 + 7.5 x (100 x 4 / 10 - 40) / (90 - 40) = 4.50 points, half up."),
    Reason(STEPPED, (65, 100), "4.5 + 7.5 x (100 x 65 / 100 - 40) / (90 - 40) = 8.25 points, half up."),
    Reason(STEPPED, (9, 10), "9 of 10 is at or above the upper threshold of 90 %: all 12 points."),
    Reason(TURNED, (3, 10), "3 of 10 is at or below the lower threshold of 40 %: all 12 points."),
    Reason(TURNED, (4, 10), "4 of 10 is at or below the lower threshold of 40 %: all 12 points."),
    Reason(TURNED, (65, 100), "12 x (90 - 100 x 65 / 100) / (90 - 40) = 6.00 points, half up."),
    Reason(TURNED, (9, 10), "9 of 10 is not below the upper threshold of 90 %: no points."),
    Reason(TURNED, (1, 1), "1 of 1 is not below the upper threshold of 90 %: no points."),
    Reason(
        a_rule(Kind.FRACTION, points=75, lower=3950, upper=8725), (1, 2),
        "0.75 x (100 x 1 / 2 - 39.5) / (87.25 - 39.5) = 0.16 points, half up.",
    ),
    Reason(
        a_rule(Kind.STEPPED, step=405), (1, 2),
        "4.05 + 7.95 x (100 x 1 / 2 - 40) / (90 - 40) = 5.64 points, half up.",
    ),
]  # fmt: skip


def said(rule: Rule, counts: tuple[int, ...]) -> str:
    return points_reason(rule=rule, values=counts, points=indicator_points(rule=rule, values=counts))


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: f"{reason.rule.kind} {reason.counts}")
def test_the_reason_for_the_points_of_an_indicator_is_said(reason: Reason) -> None:
    assert said(reason.rule, reason.counts) == reason.sentence


@given(share=SHARES, counts=COUNTS)
def test_a_reason_names_the_points_that_were_earned(share: Rule, counts: list[int]) -> None:
    earned = indicator_points(rule=share, values=counts)
    ends = {
        f" = {decimal_text(earned, places=2)} points, {'cut to 2 decimals' if share.round_down else 'half up'}.",
        *([": no points."] if earned == 0 else []),
        *([f": all {plain_text(share.points, places=2)} points."] if earned == share.points else []),
    }
    assert said(share, tuple(counts)).endswith(tuple(ends))


def test_points_that_a_decision_fixes_are_told_beside_those_that_the_counts_earn() -> None:
    sentence = "A decision fixes 7.05 points; the counts sent would earn 12.00."
    assert decided_reason(extracted=1200, points=705) == sentence
