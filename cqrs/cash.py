"""What practices were paid for QOF in 2019/20, predicted from published registers and lists, and held against it.

A practice with all 559 points in 2017/18 and in 2018/19 needs nothing but registers and lists:

    cash of 2019/20 = aspiration of 2019/20 + achievement of 2018/19 - aspiration of 2018/19

and a year's aspiration follows from the achievement payment of the year before. The engine works out all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Final

from cqrs.full_achievement import full_practices
from cqrs.proxies import Proxies
from cqrs.published import PublishedPractice, file_rows
from functions.domain.calculate.achievement import practice_achievement
from functions.domain.calculate.aspiration import (
    aspiration_by_payment,
    aspiration_terms,
    financial_year_cash,
    year_end_balance,
)
from functions.domain.calculate.payment import valuation
from functions.domain.calculate.prevalence import national_prevalence, prevalence_sums
from functions.domain.calculate.rules import service_rules
from schemas.policy import NationalPrevalence
from schemas.service import ServiceDocument

PAYMENTS: Final = Path("payments") / "payments_raw_19-20.csv"
ALL_POINTS: Final = 559_00


@dataclass(frozen=True, slots=True)
class Cash:
    """A practice's cash of the year in pence, as predicted and as paid."""

    practice: str
    predicted: int
    paid: int

    @property
    def error(self) -> Fraction:
        """How far the prediction is off, as a share of what was paid."""
        return Fraction(self.predicted - self.paid, self.paid)


@dataclass(frozen=True, slots=True)
class CashComparison:
    """Practices predicted and paid, and why each of the others with all points is left out, by code."""

    cash: Sequence[Cash]
    left_out: Mapping[str, str]

    @property
    def median_error(self) -> Fraction:
        """The median of the errors."""
        return median(one.error for one in self.cash)

    def within(self, share: Fraction) -> int:
        """How many practices are predicted within a share of what they were paid."""
        return sum(abs(one.error) <= share for one in self.cash)


def paid_cash(*, folder: Path) -> dict[str, int]:
    """What each practice was paid for QOF in 2019/20, in pence, as published."""
    return {row["Practice Code"]: _pence(row["Total QOF Payments"]) for row in file_rows(folder / PAYMENTS)}


def with_all_points(*years: Sequence[PublishedPractice]) -> tuple[str, ...]:
    """The practices that were published with all 559 points in each of these years."""
    full = ({one.code for one in practices if one.achieved == ALL_POINTS} for practices in years)
    return tuple(sorted(set.intersection(*full)))


def achievement_payments(
    *, document: ServiceDocument, practices: Sequence[PublishedPractice], proxies: Proxies, wanted: Sequence[str]
) -> dict[str, int]:
    """The achievement payments in pence of the practices wanted, at full achievement, among all that have registers."""
    rules = service_rules(document=document)
    known = (practice for practice in practices if practice.registers)
    nation = full_practices(practices=known, document=document, grid=rules.grid, proxies=proxies)
    made = {one.organisation: one for one in nation}
    sums = prevalence_sums(rules=rules, practices=((one.list_size, one.values) for one in made.values()))
    worth = valuation(rules=rules, national=national_prevalence(policy=rules.national_prevalence, sums=sums))
    return {code: practice_achievement(rules=rules, practice=made[code], worth=worth).payment for code in wanted}


def predict_cash(*, first: int, second: int, last: ServiceDocument, this: ServiceDocument) -> int:
    """A year's cash in pence, from the achievement payments of the two years before it and the two services' terms.

    `first` is the payment of the year before `last`, `second` that of `last`; the cash is that of `this`.
    """
    advance = aspiration_by_payment(terms=aspiration_terms(document=last), payment=first).total
    now = aspiration_by_payment(terms=aspiration_terms(document=this), payment=second).total
    return financial_year_cash(aspiration=now, before=year_end_balance(achievement=second, paid=advance))


def compare_cash(*, predicted: Mapping[str, int], paid: Mapping[str, int]) -> CashComparison:
    """Hold predictions against what was paid, both in pence. A practice that was paid nothing is left out."""
    left_out = {code: "it was paid nothing for QOF in 2019/20" for code in predicted if paid.get(code, 0) <= 0}
    cash = tuple(Cash(code, figure, paid[code]) for code, figure in predicted.items() if code not in left_out)
    return CashComparison(cash=cash, left_out=left_out)


def with_national_prevalence(*, document: ServiceDocument, rule: NationalPrevalence) -> ServiceDocument:
    """The same service with another way to make one national figure."""
    policy = document.policies.national_prevalence.model_copy(update={"rule": rule})
    policies = document.policies.model_copy(update={"national_prevalence": policy})
    return document.model_copy(update={"policies": policies})


def _pence(pounds: str) -> int:
    return int((100 * Decimal(pounds or "0")).quantize(Decimal(1), rounding=ROUND_HALF_UP))
