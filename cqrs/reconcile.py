"""`cqrs reconcile`: the engine held against what was published, without deploying anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import typer

from cqrs.cash import (
    CashComparison,
    achievement_payments,
    compare_cash,
    paid_cash,
    predict_cash,
    with_all_points,
    with_national_prevalence,
)
from cqrs.points_available import PointsComparison, compare_points, points_available
from cqrs.proxies import HEART_FAILURE, SAID, SMOKING, USUAL, Proxies
from cqrs.published import YEARS, PublishedDataAbsent, PublishedPractice, published_folder, published_practices
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.text import decimal_text
from schemas.catalogue import service_document
from schemas.policy import NationalPrevalence

FIRST, LAST, THIS = "QOF1718", "QOF1819", "QOF1920"
NEAR, NEARER = Fraction(5, 100), Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A way to predict: what stands in for registers that are not published, and how one national figure is made."""

    said: str
    proxies: Proxies
    national: NationalPrevalence = NationalPrevalence.MEAN_OF_PRACTICES


AS_STATED: Final = Assumption("as stated", USUAL)
OTHERS: Final = (
    Assumption("the list for smoking", Proxies({**USUAL.registers, SMOKING: ()})),
    Assumption("the list for heart failure (LVSD)", Proxies({**USUAL.registers, HEART_FAILURE: ()})),
    Assumption("pooled national prevalence", USUAL, NationalPrevalence.POOLED),
    Assumption("the list for every register", Proxies(everywhere=True)),
)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Points available of each year, and the cash of 2019/20 by each assumption, the one as stated first."""

    points: Sequence[PointsComparison]
    full: Sequence[str]
    cash: Mapping[str, CashComparison]


def reconcile() -> None:
    """Hold points available and payments worked out from published registers against what was published."""
    try:
        found = reconciliation()
    except PublishedDataAbsent as absent:
        typer.echo(str(absent), err=True)
        raise typer.Exit(2) from absent
    for line in report(found):
        typer.echo(line)


def reconciliation() -> Reconciliation:
    """Both comparisons. Raises PublishedDataAbsent."""
    folder = published_folder()
    years = {code: published_practices(folder=folder, year=year) for code, year in YEARS.items()}
    points = []
    for code, practices in years.items():
        document = service_document(code)
        available = points_available(document=document, practices=practices)
        points.append(compare_points(document=document, practices=practices, available=available))
    full, paid = with_all_points(*years.values()), paid_cash(folder=folder)
    cash = {
        assumption.said: compare_cash(predicted=_predicted(years, full, assumption), paid=paid)
        for assumption in (AS_STATED, *OTHERS)
    }
    return Reconciliation(points=points, full=full, cash=cash)


def report(found: Reconciliation) -> Iterator[str]:
    """The comparisons, a line each."""
    yield "Points available, against those published"
    for comparison in found.points:
        year = service_document(comparison.service).name.rpartition(" ")[2]
        yield f"  {year}  {comparison.equal:,} of {comparison.compared:,} practices equal"
        for code in comparison.without_registers:
            yield f"    {code} has no published register at all: none is taken to be zero"
        yield from (f"    {code} differs: {reason}" for code, reason in comparison.differing.items())
    yield ""
    yield from _cash_lines(found)


def _predicted(
    years: Mapping[str, Sequence[PublishedPractice]], full: Sequence[str], assumption: Assumption
) -> dict[str, int]:
    paid = {}
    for code, practices in years.items():
        document = with_national_prevalence(document=service_document(code), rule=assumption.national)
        paid[code] = achievement_payments(
            document=document, practices=practices, proxies=assumption.proxies, wanted=full
        )
    last, this = service_document(LAST), service_document(THIS)
    return {code: predict_cash(first=paid[FIRST][code], second=paid[LAST][code], last=last, this=this) for code in full}


def _cash_lines(found: Reconciliation) -> Iterator[str]:
    stated = found.cash[AS_STATED.said]
    predicted, paid = (sum(getattr(one, name) for one in stated.cash) for name in ("predicted", "paid"))
    yield "QOF cash of 2019/20, of the practices with 559 of 559 points in 2017/18 and in 2018/19"
    yield f"  practices      {len(found.full):,}, of which {len(stated.cash):,} are compared"
    yield from (f"    {code} is left out: {reason}" for code, reason in stated.left_out.items())
    yield f"  predicted      {decimal_text(predicted, places=2)} pounds in all"
    yield f"  paid           {decimal_text(paid, places=2)} pounds in all"
    yield f"  median error   {_percent(stated.median_error)}"
    for name, share in (("within 1 %", NEARER), ("within 5 %", NEAR)):
        yield f"  {name:<14} {_share(stated, share)}"
    yield "Registers that are not published, and what stands in for them"
    yield from (f"  {name}: {said}" for name, said in SAID.items())
    yield "  Lists of 1 January: the published lists"
    yield "  Indicators without a register of their own are paid by the list alone, as the service documents say"
    yield "With another assumption"
    for said, comparison in found.cash.items():
        if comparison is not stated:
            near = f"{_share(comparison, NEAR)} within 5 %"
            yield f"  {said:<36} median error {_percent(comparison.median_error)}, {near}"


def _share(comparison: CashComparison, share: Fraction) -> str:
    near, count = comparison.within(share), len(comparison.cash)
    return f"{near:,} of {count:,}, {decimal_text(half_up(numerator=1000 * near, denominator=count), places=1)} %"


def _percent(share: Fraction) -> str:
    hundredths = half_up(numerator=10_000 * abs(share.numerator), denominator=share.denominator)
    return f"{'-' if share < 0 else '+'}{decimal_text(hundredths, places=2)} %"
