"""The steps from counts to pounds, with the arithmetic left open: peers differ in nothing else.

Written from the rules (the Statement of Financial Entitlements and the policies of the service document) and not from
the engine, so that in fractions it can judge the engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from bench.calculate.figures import Figures, Number, Scored
from bench.calculate.practices import Result
from functions.domain.calculate.achievement import PracticeInputs
from schemas.service import Kind


class Arithmetic(Protocol[Number]):
    """How a contender divides, multiplies and rounds."""

    def fraction_points(self, indicator: Scored[Number], numerator: int, denominator: int) -> Number:
        """The points of a fraction whose denominator is not 0, half up to two decimals."""
        ...

    def prevalence(self, register: int, people: int) -> Number:
        """Raw prevalence, half up to twelve decimals."""
        ...

    def mean(self, prevalences: Sequence[Number]) -> Number:
        """The mean of prevalences, half up to twelve decimals; 0 where there are none."""
        ...

    def amount(
        self, figures: Figures[Number], points: Number, size: int, prevalence: tuple[int, Number] | None
    ) -> Number:
        """Pounds, unrounded. `prevalence`: register and national prevalence (above 0), None for a factor of 1."""
        ...

    def payment(self, amounts: Sequence[Number]) -> Number:
        """The sum of the amounts, half up to a penny."""
        ...

    def hundredths(self, figure: Number) -> int:
        """A figure of two decimals as whole hundredths."""
        ...


def results(
    *, figures: Figures[Number], arithmetic: Arithmetic[Number], practices: Sequence[PracticeInputs]
) -> list[Result]:
    """The result of each practice; the practices given are the nation."""
    national = {
        indicator.code: _national(indicator.register, arithmetic, practices)
        for indicator in figures.scored
        if indicator.adjusted and indicator.register is not None
    }
    return [_result(figures, arithmetic, practice, national) for practice in practices]


def _national(register: int, arithmetic: Arithmetic[Number], practices: Sequence[PracticeInputs]) -> Number:
    return arithmetic.mean([arithmetic.prevalence(p.values[register], p.list_size) for p in practices if p.list_size])


def _result(
    figures: Figures[Number],
    arithmetic: Arithmetic[Number],
    practice: PracticeInputs,
    national: Mapping[str, Number],
) -> Result:
    values = practice.values
    points = [_points(arithmetic, indicator, values) for indicator in figures.scored]
    gone = {group for group, slot in figures.deciding.items() if values[slot] == 0}
    available = sum(  # and of an area without a register, what is earned in it all the same
        arithmetic.hundredths(earned if i.group in gone else i.points)
        for i, earned in zip(figures.scored, points, strict=True)
    )
    pounds = arithmetic.payment(list(_amounts(figures, arithmetic, practice, points, national)))
    return sum(map(arithmetic.hundredths, points)), available, arithmetic.hundredths(pounds)


def _points(arithmetic: Arithmetic[Number], indicator: Scored[Number], values: Sequence[int]) -> Number:
    if indicator.numerator is not None and indicator.denominator is not None:
        numerator, denominator = values[indicator.numerator], values[indicator.denominator]
        return arithmetic.fraction_points(indicator, numerator, denominator) if denominator else indicator.points * 0
    slot = indicator.register if indicator.kind is Kind.REGISTER else indicator.flag
    return indicator.points * (slot is not None and values[slot] > 0)


def _amounts(
    figures: Figures[Number],
    arithmetic: Arithmetic[Number],
    practice: PracticeInputs,
    points: Sequence[Number],
    national: Mapping[str, Number],
) -> Iterator[Number]:
    """The amounts that are not 0: a practice without people and a national prevalence of 0 give none."""
    for indicator, earned in zip(figures.scored, points, strict=True) if practice.list_size else ():
        if not indicator.adjusted or indicator.register is None:
            yield arithmetic.amount(figures, earned, practice.list_size, None)
        elif national[indicator.code]:
            prevalence = practice.values[indicator.register], national[indicator.code]
            yield arithmetic.amount(figures, earned, practice.list_size, prevalence)
