"""`fractions.Fraction`: exact whatever the order, and so the judge of all others."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor
from pathlib import Path

from bench.calculate.figures import Figures, Scored
from bench.calculate.peer import prepared
from bench.calculate.practices import Result

HALF = Fraction(1, 2)
PLACES = 12  # decimals of a prevalence: the policy of the service documents


class Fractions:
    """Every formula as the rule prints it."""

    def fraction_points(self, indicator: Scored[Fraction], numerator: int, denominator: int) -> Fraction:
        """Points x (percent - lower) / (upper - lower), between the thresholds."""
        percent = Fraction(100 * numerator, denominator)
        if percent <= indicator.lower:
            return Fraction(0)
        if percent >= indicator.upper:
            return indicator.points
        return _half_up(indicator.points * (percent - indicator.lower) / (indicator.upper - indicator.lower), 2)

    def prevalence(self, register: int, people: int) -> Fraction:
        """Register / list."""
        return _half_up(Fraction(register, people), PLACES)

    def mean(self, prevalences: Sequence[Fraction]) -> Fraction:
        """Their sum / their number."""
        return _half_up(sum(prevalences, Fraction(0)) / len(prevalences), PLACES) if prevalences else Fraction(0)

    def amount(
        self, figures: Figures[Fraction], points: Fraction, size: int, prevalence: tuple[int, Fraction] | None
    ) -> Fraction:
        """Points x value of a point x prevalence factor x list factor."""
        factor = Fraction(1) if prevalence is None else Fraction(prevalence[0], size) / prevalence[1]
        return points * figures.value_of_point * factor * (size / figures.average_list)

    def payment(self, amounts: Sequence[Fraction]) -> Fraction:
        """Rounded once."""
        return _half_up(sum(amounts, Fraction(0)), 2)

    def hundredths(self, figure: Fraction) -> int:
        """Exact. Raises ValueError where the figure has a third decimal."""
        if (whole := 100 * figure).denominator != 1:
            raise ValueError(f"{figure} has more than two decimals.")
        return whole.numerator


def prepare(inputs: Path) -> Callable[[], list[Result]]:
    """The judge, made ready."""
    return prepared(inputs=inputs, number=Fraction, arithmetic=Fractions())


def _half_up(figure: Fraction, places: int) -> Fraction:
    return Fraction(floor(figure * 10**places + HALF), 10**places)
