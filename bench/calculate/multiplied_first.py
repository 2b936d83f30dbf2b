"""Decimal by somebody careful: the same formulas with everything multiplied before one division."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bench.calculate.divided_first import PENNY, DividedFirst
from bench.calculate.figures import Figures, Scored
from bench.calculate.peer import prepared
from bench.calculate.practices import Result


class MultipliedFirst(DividedFirst):
    """Differs where a ratio would have been multiplied."""

    def fraction_points(self, indicator: Scored[Decimal], numerator: int, denominator: int) -> Decimal:
        """Points x (100 numerator - lower denominator) / ((upper - lower) denominator), between the thresholds."""
        above = 100 * numerator - indicator.lower * denominator
        span = (indicator.upper - indicator.lower) * denominator
        if above <= 0:
            return Decimal(0)
        if above >= span:
            return indicator.points
        return (indicator.points * above / span).quantize(PENNY, ROUND_HALF_UP)

    def amount(
        self, figures: Figures[Decimal], points: Decimal, size: int, prevalence: tuple[int, Decimal] | None
    ) -> Decimal:
        """The list cancels where the amount follows prevalence."""
        if prevalence is None:
            return points * figures.value_of_point * size / figures.average_list
        register, national = prevalence
        return points * figures.value_of_point * register / (national * figures.average_list)


def prepare(inputs: Path) -> Callable[[], list[Result]]:
    """The peer, made ready."""
    return prepared(inputs=inputs, number=Decimal, arithmetic=MultipliedFirst())
