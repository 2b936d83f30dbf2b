"""Decimal as the formulas are printed: every ratio a division of its own, so that ratios lose their last digit."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bench.calculate.figures import Figures, Scored
from bench.calculate.peer import prepared
from bench.calculate.practices import Result

PENNY, PREVALENCE = Decimal("0.01"), Decimal("1E-12")


class DividedFirst:
    """Percent, prevalence factor and list factor are worked out first, then multiplied."""

    def fraction_points(self, indicator: Scored[Decimal], numerator: int, denominator: int) -> Decimal:
        """Points x ((percent - lower) / (upper - lower)), between the thresholds."""
        percent = Decimal(numerator) / denominator * 100
        if percent <= indicator.lower:
            return Decimal(0)
        if percent >= indicator.upper:
            return indicator.points
        share = (percent - indicator.lower) / (indicator.upper - indicator.lower)
        return (indicator.points * share).quantize(PENNY, ROUND_HALF_UP)

    def prevalence(self, register: int, people: int) -> Decimal:
        """Register / list."""
        return (Decimal(register) / people).quantize(PREVALENCE, ROUND_HALF_UP)

    def mean(self, prevalences: Sequence[Decimal]) -> Decimal:
        """Their sum / their number."""
        total = sum(prevalences, Decimal(0))
        return (total / len(prevalences)).quantize(PREVALENCE, ROUND_HALF_UP) if prevalences else total

    def amount(
        self, figures: Figures[Decimal], points: Decimal, size: int, prevalence: tuple[int, Decimal] | None
    ) -> Decimal:
        """Points x value of a point x prevalence factor x list factor."""
        factor = Decimal(1) if prevalence is None else Decimal(prevalence[0]) / size / prevalence[1]
        return points * figures.value_of_point * factor * (size / figures.average_list)

    def payment(self, amounts: Sequence[Decimal]) -> Decimal:
        """Rounded once."""
        return sum(amounts, Decimal(0)).quantize(PENNY, ROUND_HALF_UP)

    def hundredths(self, figure: Decimal) -> int:
        """Exact: figures have two decimals."""
        return int(figure * 100)


def prepare(inputs: Path) -> Callable[[], list[Result]]:
    """The peer, made ready."""
    return prepared(inputs=inputs, number=Decimal, arithmetic=DividedFirst())
