"""What more would earn is what the calculation itself says when it is asked again with one more patient."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs, practice_achievement
from functions.domain.calculate.gain import practice_gains
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.rules import Rules, service_rules
from schemas.policy import PaymentRounding
from schemas.working import EVERYTHING, Gain
from tests.inputs.service import small_service

DOCUMENT = small_service("AF001", "AF006", "AF008", "PC001", "QI013")
RULES = service_rules(document=DOCUMENT)
EACH = replace(RULES, round_each=True)
NATIONAL = {"AF001": 21 * 10**9, "AF006": 21 * 10**9, "AF008": 17 * 10**9}


def practice(counts: tuple[int, int, int, int], size: int = 9639, **more: object) -> PracticeInputs:
    """Registers, numerators and denominators of AF006 and AF008 as (n, d, n, d)."""
    values = [0] * len(RULES.grid.slots)
    for code in ("AF001", "AF006", "AF008"):
        values[RULES.grid.numbers[code]["Atrial Fibrillation Register"]] = max(counts)
    for code, numerator, denominator in (("AF006", *counts[:2]), ("AF008", *counts[2:])):
        values[RULES.grid.numbers[code]["Numerator"]] = numerator
        values[RULES.grid.numbers[code]["Denominator"]] = denominator
    return PracticeInputs("A81001", size, values, **more)  # type: ignore[arg-type]  # as the caller gives them


def worth() -> Valuation:
    return valuation(rules=RULES, national=NATIONAL)


def gains(rules: Rules, one: PracticeInputs) -> dict[str, Gain]:
    achievement = practice_achievement(rules=rules, practice=one, worth=worth())
    return {
        gain.indicator: gain
        for gain in practice_gains(rules=rules, practice=one, achievement=achievement, worth=worth())
    }


def hundredths(text: str) -> int:
    return int(text.replace(".", ""))


COUNTS = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400)).map(
    lambda four: (min(four[:2]), max(four[:2]), min(four[2:]), max(four[2:]))
)
PRACTICES = st.builds(
    lambda counts, size, days: practice(counts, size, days_open=days),
    COUNTS,
    st.integers(0, 100_000),
    st.none() | st.integers(0, 366),
)


@given(PRACTICES, st.sampled_from([RULES, EACH]))
def test_one_more_patient_earns_what_the_calculation_says_with_one_more(one: PracticeInputs, rules: Rules) -> None:
    before = practice_achievement(rules=rules, practice=one, worth=worth())
    for code in ("AF006", "AF008"):
        gain = gains(rules, one)[code]
        if gain.next_reason:
            continue
        slot = rules.grid.numbers[code]["Numerator"]
        values = list(one.values)
        values[slot] += 1
        after = practice_achievement(rules=rules, practice=replace(one, values=values), worth=worth())
        assert hundredths(gain.next_points) == after.points - before.points
        assert hundredths(gain.next_pounds) == after.payment - before.payment


@given(PRACTICES, st.sampled_from([RULES, EACH]))
def test_everything_that_is_left_is_worth_what_full_points_pay_more(one: PracticeInputs, rules: Rules) -> None:
    if not max(one.values):
        return  # the group is not available
    before = practice_achievement(rules=rules, practice=one, worth=worth())
    full = {rule.code: rule.points for rule in rules.rules}
    after = practice_achievement(rules=rules, practice=replace(one, fixed=full), worth=worth())
    left = gains(rules, one)[EVERYTHING]
    assert hundredths(left.left_points) == after.points - before.points
    assert hundredths(left.left_pounds) == after.payment - before.payment


@pytest.mark.parametrize(
    ("code", "one", "reason"),
    [
        ("AF001", practice((1, 2, 1, 2)), "It has no numerator: it is earned as a whole or not at all."),
        ("AF006", practice((0, 0, 1, 2)), "The denominator is empty: there is no patient to count."),
        ("AF006", practice((9, 10, 1, 2)), "All 12 points are earned already."),
        ("AF006", practice((1, 2, 1, 2), fixed={"AF006": 700}), "A decision fixes these points, whatever is counted."),
    ],
)
def test_where_one_more_patient_earns_nothing_the_reason_is_said(code: str, one: PracticeInputs, reason: str) -> None:
    gain = gains(RULES, one)[code]
    assert (gain.next_points, gain.next_pounds, gain.next_reason) == ("", "", reason)


def test_points_of_a_group_without_a_register_cannot_be_gained() -> None:
    assert gains(RULES, practice((0, 0, 0, 0)))["AF006"].left_points == ""
    assert gains(RULES, practice((0, 0, 0, 0)))["QI013"].left_points == "27.00"


def test_the_two_ways_of_rounding_a_payment_are_both_asked() -> None:
    assert DOCUMENT.policies.payment_rounding.rule is PaymentRounding.HALF_UP_PENNY_ONCE
    assert EACH.round_each
