"""Aspiration: a part of last year's payment, paid in advance every month, and the balance when the year is over.

    monthly aspiration = last year's achievement payment x value of a point / last year's value x percent / 12
    of a new contractor: agreed points x value of a point x list / national average list x percent / 12
    year-end balance   = this year's achievement payment - the aspiration paid in it (below 0: recovered)

Source: Statement of Financial Entitlements, as the service documents cite. Last year's payment is that before its own
aspiration was taken off. Everything is a whole number: pence, hundredths of a point, hundredths of a percent.
"""

from dataclasses import dataclass
from typing import Final

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import hundredths
from functions.domain.calculate.text import decimal_text, plain_text
from schemas.policy import AspirationRounding
from schemas.service import ServiceDocument

MONTHS: Final = 12
WHOLE: Final = 100 * 100  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class AspirationTerms:
    """A year's terms: what a point is worth in it and was worth in the year before (pence), the percentage paid in
    advance (hundredths of a percent), the national average list (people), and how a year becomes twelve payments.
    """

    value_of_point: int
    previous_value_of_point: int
    percent: int
    national_average_list: int
    rounding: AspirationRounding


@dataclass(frozen=True, slots=True)
class Basis:
    """What a year's aspiration is worked out from: last year's `payment` in pence; or, of a new contractor, the
    `points` agreed with it in hundredths and its list in people.
    """

    payment: int | None = None
    points: int | None = None
    list_size: int | None = None


@dataclass(frozen=True, slots=True)
class Aspiration:
    """A practice's aspiration of a year: twelve amounts from April on (pence), and how they came about."""

    terms: AspirationTerms
    basis: Basis
    monthly: tuple[int, ...]
    reason: str

    @property
    def total(self) -> int:
        """What the twelve amounts add up to, in pence."""
        return sum(self.monthly)


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left at the end of a year, all in pence: `amount` is `achievement` less `paid`, below 0 recovered."""

    achievement: int
    paid: int
    amount: int
    reason: str


def aspiration_terms(*, document: ServiceDocument) -> AspirationTerms:
    """The terms of a service document. Raises ValueError where a figure has more than two decimals."""
    given = document.parameters
    return AspirationTerms(
        value_of_point=hundredths(given.value_of_point.value),
        previous_value_of_point=hundredths(given.previous_value_of_point.value),
        percent=hundredths(given.aspiration.value),
        national_average_list=given.national_average_list.value,
        rounding=document.policies.aspiration_rounding.rule,
    )


def aspiration_by_payment(*, terms: AspirationTerms, payment: int) -> Aspiration:
    """The aspiration of a practice that was paid last year: its achievement payment in pence, 0 or more."""
    exact = payment * terms.value_of_point * terms.percent, terms.previous_value_of_point * WHOLE
    now, before = (_pounds(value) for value in (terms.value_of_point, terms.previous_value_of_point))
    said = f"last year's payment of {_pounds(payment)} x {now} / {before}"
    return _aspiration(terms, Basis(payment=payment), exact, said)


def aspiration_by_points(*, terms: AspirationTerms, points: int, list_size: int) -> Aspiration:
    """The aspiration of a new contractor: the points agreed with it in hundredths, and its list in people."""
    numerator = points * terms.value_of_point * list_size * terms.percent
    exact = numerator, 100 * terms.national_average_list * WHOLE
    agreed = f"{plain_text(points, places=2)} agreed points x {_pounds(terms.value_of_point)}"
    said = f"{agreed} x {list_size} / {terms.national_average_list} people"
    return _aspiration(terms, Basis(points=points, list_size=list_size), exact, said)


def year_end_balance(*, achievement: int, paid: int) -> Balance:
    """What a practice is still to be paid, or gives back, once its achievement payment is known."""
    amount = achievement - paid
    known = f"Achievement {_pounds(achievement)}, aspiration paid {_pounds(paid)} pounds"
    if amount < 0:
        return Balance(achievement, paid, amount, f"{known}: {_pounds(-amount)} pounds too much, to be recovered.")
    left = f"{_pounds(amount)} pounds still to be paid" if amount else "nothing is left"
    return Balance(achievement, paid, amount, f"{known}: {left}.")


def financial_year_cash(*, aspiration: int, before: Balance) -> int:
    """What is paid within a year, in pence: its aspiration, and the balance of the year before."""
    return aspiration + before.amount


def _aspiration(terms: AspirationTerms, basis: Basis, exact: tuple[int, int], said: str) -> Aspiration:
    """Twelve payments of an exact amount of a year: a numerator and a denominator, in pence."""
    numerator, denominator = exact
    share = f"{plain_text(terms.percent, places=2)} % of {said}"
    if terms.rounding is AspirationRounding.HALF_UP_PENNY_EACH_MONTH:
        month = half_up(numerator=numerator, denominator=MONTHS * denominator)
        reason = f"{share} / 12 = {_pounds(month)} pounds a month, half up."
        return Aspiration(terms=terms, basis=basis, monthly=(month,) * MONTHS, reason=reason)
    year = half_up(numerator=numerator, denominator=denominator)
    month = year // MONTHS
    last = year - (MONTHS - 1) * month
    parts = f"eleven months of {_pounds(month)} and a last of {_pounds(last)}"
    reason = f"{share} = {_pounds(year)} pounds, half up: {parts}."
    return Aspiration(terms=terms, basis=basis, monthly=(*(month,) * (MONTHS - 1), last), reason=reason)


def _pounds(pence: int) -> str:
    return decimal_text(pence, places=2)
