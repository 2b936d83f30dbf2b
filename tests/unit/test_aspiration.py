"""Aspiration is worked out to the penny from last year's payment or agreed points, and balanced when the year ends."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.aspiration import (
    Aspiration,
    AspirationTerms,
    Basis,
    aspiration_by_payment,
    aspiration_by_points,
    aspiration_terms,
    financial_year_cash,
    year_end_balance,
)
from schemas.catalogue import service_codes, service_document
from schemas.policy import AspirationRounding

EACH, YEAR = AspirationRounding.HALF_UP_PENNY_EACH_MONTH, AspirationRounding.HALF_UP_PENNY_THE_YEAR
TERMS = AspirationTerms(
    value_of_point=18774, previous_value_of_point=17926, percent=7000, national_average_list=8479, rounding=EACH
)
PENCE = st.integers(min_value=0, max_value=10**9)
POINTS = st.integers(min_value=0, max_value=63_500)
LISTS = st.integers(min_value=0, max_value=200_000)
ANY_TERMS = st.builds(
    AspirationTerms,
    value_of_point=st.integers(1, 50_000),
    previous_value_of_point=st.integers(1, 50_000),
    percent=st.integers(0, 10_000),
    national_average_list=st.integers(1, 20_000),
    rounding=st.sampled_from(AspirationRounding),
)


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def exact_by_payment(terms: AspirationTerms, payment: int) -> Fraction:
    uplift = Fraction(terms.value_of_point, terms.previous_value_of_point)
    return payment * uplift * Fraction(terms.percent, 100 * 100)


def exact_by_points(terms: AspirationTerms, points: int, people: int) -> Fraction:
    worth = Fraction(points, 100) * terms.value_of_point * Fraction(people, terms.national_average_list)
    return worth * Fraction(terms.percent, 100 * 100)


def months(terms: AspirationTerms, exact: Fraction) -> list[int]:
    """Twelve payments, as the policies are written down."""
    if terms.rounding is EACH:
        return [half_up(exact / 12)] * 12
    year = half_up(exact)
    return [*[year // 12] * 11, year - 11 * (year // 12)]


def test_last_years_payment_is_uplifted_and_seventy_percent_of_it_paid_in_twelve() -> None:
    result = aspiration_by_payment(terms=TERMS, payment=100_000_00)
    assert result == Aspiration(
        terms=TERMS,
        basis=Basis(payment=10_000_000),
        monthly=(610928,) * 12,
        reason="70 % of last year's payment of 100000.00 x 187.74 / 179.26 / 12 = 6109.28 pounds a month, half up.",
    )
    assert result.total == 7_331_136


def test_a_new_contractor_aspires_on_the_points_agreed() -> None:
    result = aspiration_by_points(terms=TERMS, points=450_00, list_size=4_000)
    assert result == Aspiration(
        terms=TERMS,
        basis=Basis(points=45_000, list_size=4_000),
        monthly=(232489,) * 12,
        reason="70 % of 450 agreed points x 187.74 x 4000 / 8479 people / 12 = 2324.89 pounds a month, half up.",
    )


def test_a_half_penny_goes_up_every_month() -> None:
    terms = replace(TERMS, value_of_point=1, previous_value_of_point=1, percent=10_000)
    assert aspiration_by_payment(terms=terms, payment=18).monthly == (2,) * 12
    assert aspiration_by_payment(terms=terms, payment=17).monthly == (1,) * 12


def test_rounded_by_the_year_the_last_month_takes_what_the_others_leave() -> None:
    terms = replace(TERMS, rounding=YEAR)
    result = aspiration_by_payment(terms=terms, payment=100_000_00)
    assert result.monthly == (*(610928,) * 11, 610931)
    assert result.reason == (
        "70 % of last year's payment of 100000.00 x 187.74 / 179.26 = 73311.39 pounds, half up: "
        "eleven months of 6109.28 and a last of 6109.31."
    )


@given(ANY_TERMS, PENCE)
def test_by_payment_it_is_what_exact_fractions_say(terms: AspirationTerms, payment: int) -> None:
    result = aspiration_by_payment(terms=terms, payment=payment)
    assert list(result.monthly) == months(terms, exact_by_payment(terms, payment))


@given(ANY_TERMS, POINTS, LISTS)
def test_by_points_it_is_what_exact_fractions_say(terms: AspirationTerms, points: int, people: int) -> None:
    result = aspiration_by_points(terms=terms, points=points, list_size=people)
    assert list(result.monthly) == months(terms, exact_by_points(terms, points, people))


@given(ANY_TERMS, PENCE)
def test_twelve_months_add_up_as_the_policy_says(terms: AspirationTerms, payment: int) -> None:
    result, exact = aspiration_by_payment(terms=terms, payment=payment), exact_by_payment(terms, payment)
    assert len(result.monthly) == 12
    assert min(result.monthly) >= 0
    if terms.rounding is EACH:
        assert len(set(result.monthly)) == 1
        assert abs(result.total - exact) <= 6  # half a penny, twelve times
    else:
        assert result.total == half_up(exact)
        assert len(set(result.monthly[:11])) == 1
        assert 0 <= result.monthly[11] - result.monthly[0] <= 11


@given(ANY_TERMS, st.lists(PENCE, min_size=2, max_size=2))
def test_more_last_year_never_means_less_in_advance(terms: AspirationTerms, payments: list[int]) -> None:
    less, more = sorted(payments)
    first, second = (aspiration_by_payment(terms=terms, payment=payment) for payment in (less, more))
    assert first.total <= second.total


@pytest.mark.parametrize("rounding", AspirationRounding)
def test_nothing_last_year_no_points_or_nobody_on_the_list_is_nothing_in_advance(rounding: AspirationRounding) -> None:
    terms = replace(TERMS, rounding=rounding)
    assert aspiration_by_payment(terms=terms, payment=0).monthly == (0,) * 12
    assert aspiration_by_points(terms=terms, points=0, list_size=8_000).monthly == (0,) * 12
    assert aspiration_by_points(terms=terms, points=500_00, list_size=0).monthly == (0,) * 12


def test_what_is_achieved_beyond_the_aspiration_is_still_to_be_paid() -> None:
    balance = year_end_balance(achievement=100_000_00, paid=7_331_136)
    assert balance.amount == 2_668_864
    assert balance.reason == (
        "Achievement 100000.00, aspiration paid 73311.36 pounds: 26688.64 pounds still to be paid."
    )


def test_aspiration_beyond_what_was_achieved_is_recovered() -> None:
    balance = year_end_balance(achievement=70_000_00, paid=7_331_136)
    assert balance.amount == -331_136
    assert balance.reason == (
        "Achievement 70000.00, aspiration paid 73311.36 pounds: 3311.36 pounds too much, to be recovered."
    )


@pytest.mark.parametrize(
    ("achievement", "said"),
    [(11, "0.01 pounds too much, to be recovered."), (13, "0.01 pounds still to be paid.")],
)
def test_a_single_penny_is_recovered_or_paid(achievement: int, said: str) -> None:
    assert year_end_balance(achievement=achievement, paid=12).reason.endswith(said)


def test_aspiration_that_was_achieved_to_the_penny_leaves_nothing() -> None:
    balance = year_end_balance(achievement=12, paid=12)
    assert balance.amount == 0
    assert balance.reason == "Achievement 0.12, aspiration paid 0.12 pounds: nothing is left."


@given(PENCE, PENCE)
def test_the_balance_and_the_aspiration_are_the_achievement(achievement: int, paid: int) -> None:
    balance = year_end_balance(achievement=achievement, paid=paid)
    assert balance.amount + paid == achievement == balance.achievement
    assert ("recovered" in balance.reason) is (paid > achievement)


@given(PENCE, PENCE, PENCE)
def test_the_cash_of_a_year_is_its_aspiration_and_the_balance_of_the_last(now: int, achieved: int, paid: int) -> None:
    before = year_end_balance(achievement=achieved, paid=paid)
    assert financial_year_cash(aspiration=now, before=before) == now + achieved - paid


@pytest.mark.parametrize("code", service_codes())
def test_the_terms_are_those_of_the_document(code: str) -> None:
    document = service_document(code)
    terms, given = aspiration_terms(document=document), document.parameters
    assert Fraction(terms.value_of_point, 100) == Fraction(given.value_of_point.value)
    assert Fraction(terms.previous_value_of_point, 100) == Fraction(given.previous_value_of_point.value)
    assert Fraction(terms.percent, 100) == Fraction(given.aspiration.value)
    assert terms.national_average_list == given.national_average_list.value
    assert terms.rounding is document.policies.aspiration_rounding.rule


def test_seventy_percent_became_eighty_in_2024_25() -> None:
    percents = {code: aspiration_terms(document=service_document(code)).percent for code in ("QOF2324", "QOF2425")}
    assert percents == {"QOF2324": 7000, "QOF2425": 8000}
