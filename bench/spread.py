"""Figures of several rounds: their median, and how far they lie apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, the median and the highest of some figures."""

    least: float
    middle: float
    most: float

    def text(self, *, places: int) -> str:
        """The median, and the others in brackets: `1.08 (1.05-1.13)`."""
        return f"{self.middle:.{places}f} ({self.least:.{places}f}-{self.most:.{places}f})"


def spread(figures: Iterable[float]) -> Spread:
    """The spread of one or more figures."""
    found = sorted(figures)
    return Spread(least=found[0], middle=median(found), most=found[-1])


def ratios(*, of: Sequence[float], to: Sequence[float]) -> Spread:
    """The ratios round by round, so that what slows a whole round down does not show."""
    return spread(one / other for one, other in zip(of, to, strict=True))
