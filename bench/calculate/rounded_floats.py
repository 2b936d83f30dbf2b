"""Binary floating point and `round`: what a spreadsheet or a quick script does."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bench.calculate.figures import Figures, Scored
from bench.calculate.peer import prepared
from bench.calculate.practices import Result

PLACES = 12


class RoundedFloats:
    """Every formula as the rule prints it."""

    def fraction_points(self, indicator: Scored[float], numerator: int, denominator: int) -> float:
        """Points x (percent - lower) / (upper - lower), between the thresholds."""
        percent = 100 * numerator / denominator
        if percent <= indicator.lower:
            return 0.0
        if percent >= indicator.upper:
            return indicator.points
        return round(indicator.points * (percent - indicator.lower) / (indicator.upper - indicator.lower), 2)

    def prevalence(self, register: int, people: int) -> float:
        """Register / list."""
        return round(register / people, PLACES)

    def mean(self, prevalences: Sequence[float]) -> float:
        """Their sum / their number."""
        return round(sum(prevalences) / len(prevalences), PLACES) if prevalences else 0.0

    def amount(self, figures: Figures[float], points: float, size: int, prevalence: tuple[int, float] | None) -> float:
        """Points x value of a point x prevalence factor x list factor."""
        factor = 1.0 if prevalence is None else prevalence[0] / size / prevalence[1]
        return points * figures.value_of_point * factor * (size / figures.average_list)

    def payment(self, amounts: Sequence[float]) -> float:
        """Rounded once."""
        return round(sum(amounts), 2)

    def hundredths(self, figure: float) -> int:
        """The nearest hundredth."""
        return round(figure * 100)


def prepare(inputs: Path) -> Callable[[], list[Result]]:
    """The peer, made ready."""
    return prepared(inputs=inputs, number=float, arithmetic=RoundedFloats())
