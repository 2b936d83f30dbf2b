"""What more would earn is what the calculation itself says when it is asked again with one more patient."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import Achievement, PracticeInputs, practice_achievement
from functions.domain.calculate.gain import practice_gains
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.rules import Rules, service_rules
from schemas.policy import PaymentRounding
from schemas.service import Kind
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


def achieved(rules: Rules, one: PracticeInputs) -> Achievement:
    return practice_achievement(rules=rules, practice=one, worth=worth())


def gains(rules: Rules, one: PracticeInputs) -> dict[str, Gain]:
    found = practice_gains(rules=rules, practice=one, achievement=achieved(rules, one), worth=worth())
    return {gain.indicator: gain for gain in found}


def more(before: Achievement, after: Achievement) -> tuple[str, str]:
    """The points and the pounds that one achievement has more than another, as a gain tells them."""
    points, pence = after.points - before.points, after.payment - before.payment
    return f"{Decimal(points).scaleb(-2):.2f}", f"{Decimal(pence).scaleb(-2):.2f}"


def of_kind(kind: Kind, step: int = 0) -> Rules:
    """The same service with shares of another kind."""
    rules = (replace(rule, kind=kind, step=step) if rule.kind.proportional else rule for rule in RULES.rules)
    return replace(RULES, rules=tuple(rules))


TURNED = of_kind(Kind.LOWER_IS_BETTER)
SERVICES = st.sampled_from([RULES, EACH, of_kind(Kind.STEPPED, 300), TURNED])
COUNTS = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400)).map(
    lambda four: (min(four[:2]), max(four[:2]), min(four[2:]), max(four[2:]))
)
PRACTICES = st.builds(
    lambda counts, size, days, fixed: practice(counts, size, days_open=days, fixed=fixed),
    COUNTS,
    st.integers(0, 100_000),
    st.none() | st.integers(0, 366),
    st.dictionaries(st.sampled_from(["AF001", "AF008", "QI013"]), st.integers(0, 500), max_size=1),
)


@given(PRACTICES, SERVICES)
def test_one_more_patient_or_one_fewer_earns_what_the_calculation_says_with_one_more_or_fewer(
    one: PracticeInputs, rules: Rules
) -> None:
    for code in ("AF006", "AF008"):
        gain = gains(rules, one)[code]
        if not gain.next_reason:
            values = list(one.values)
            values[rules.grid.numbers[code]["Numerator"]] += -1 if rules is TURNED else 1
            after = achieved(rules, replace(one, values=values))
            assert (gain.next_points, gain.next_pounds) == more(achieved(rules, one), after)


@given(PRACTICES, SERVICES)
def test_a_patient_is_left_wherever_it_is_said_what_one_would_earn(one: PracticeInputs, rules: Rules) -> None:
    for code in ("AF006", "AF008"):
        if not gains(rules, one)[code].next_reason:
            numerator, denominator = (
                one.values[rules.grid.numbers[code][name]] for name in ("Numerator", "Denominator")
            )
            assert numerator > 0 if rules is TURNED else numerator < denominator


@given(PRACTICES, SERVICES)
def test_what_is_left_on_an_indicator_is_worth_what_its_full_points_pay_more(one: PracticeInputs, rules: Rules) -> None:
    for rule in rules.rules:
        full = achieved(rules, replace(one, fixed={**one.fixed, rule.code: rule.points}))
        closed = rule.group == "AF" and not max(one.values)
        expected = ("", "") if closed or rule.code in one.fixed else more(achieved(rules, one), full)
        gain = gains(rules, one)[rule.code]
        assert (gain.left_points, gain.left_pounds) == expected


@given(PRACTICES, SERVICES)
def test_everything_that_is_left_is_worth_what_full_points_pay_more(one: PracticeInputs, rules: Rules) -> None:
    open_ = [rule for rule in rules.rules if rule.group != "AF" or max(one.values)]
    full = achieved(rules, replace(one, fixed={rule.code: rule.points for rule in open_} | dict(one.fixed)))
    points, pounds = more(achieved(rules, one), full)
    assert gains(rules, one)[EVERYTHING] == Gain(EVERYTHING, "", "", "", points, pounds)


def test_a_gain_is_told_for_every_indicator_in_their_order_and_then_for_everything() -> None:
    assert list(gains(RULES, practice((1, 2, 1, 2)))) == ["AF001", "AF006", "AF008", "PC001", "QI013", EVERYTHING]


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


def test_where_one_more_patient_may_earn_something_there_is_no_reason() -> None:
    assert gains(RULES, practice((1, 2, 1, 2)))["AF006"].next_reason == ""


def test_points_of_a_group_without_a_register_cannot_be_gained() -> None:
    assert gains(RULES, practice((0, 0, 0, 0)))["AF006"].left_points == ""
    assert gains(RULES, practice((0, 0, 0, 0)))["QI013"].left_points == "27.00"


def test_the_two_ways_of_rounding_a_payment_are_both_asked() -> None:
    assert DOCUMENT.policies.payment_rounding.rule is PaymentRounding.HALF_UP_PENNY_ONCE
    assert EACH.round_each
