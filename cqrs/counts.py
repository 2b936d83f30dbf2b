"""The counts of one synthetic practice: plausible, valid, and often on an edge."""

from bisect import bisect_right
from decimal import Decimal
from math import gcd
from random import Random

from cqrs.nation import Nation, SamplePractice, Shape
from schemas.service import Indicator, Kind

RATES = (4, 10, 25, 60, 140)  # people on a register, of a thousand on the list
EMPTY = 15  # one register in so many counts nobody
MOST_EXCEPTED = 25  # largest count of an exclusion or adjustment


class PracticeCounts:
    """Draws the counts of one practice. A register has one value throughout an area, as the field's registers have."""

    def __init__(self, *, made: Nation, practice: SamplePractice) -> None:
        self._made = made
        self._practice = practice
        self._chance = Random(practice.seed)  # noqa: S311  # a sample to repeat, not a secret to keep
        self._registers: dict[tuple[str, str], int] = {}

    def by_slot(self) -> list[int]:
        """Every count of the practice, in the order of the grid."""
        values = [0] * len(self._made.grid.slots)
        for indicator in self._made.document.indicators:
            for field, value in self._indicator(indicator).items():
                values[self._made.grid.numbers[indicator.code][field]] = value
        return values

    def _indicator(self, indicator: Indicator) -> dict[str, int]:
        fields, counts = indicator.fields, dict[str, int]()
        most = self._practice.size // 4
        if fields.register_name:
            most = counts[fields.register_name] = self._register(indicator.group, fields.register_name)
        if fields.numerator and fields.denominator:
            counts[fields.numerator], counts[fields.denominator] = self._fraction(indicator, most)
        if fields.flag:
            counts[fields.flag] = self._flag()
        left = most - counts.get(fields.denominator or "", 0)
        for rule in indicator.rules:
            counts[rule] = self._chance.randrange(1 + min(left, MOST_EXCEPTED))
            left -= counts[rule] if indicator.cohort else 0
        return counts

    def _register(self, group: str, name: str) -> int:
        if (group, name) not in self._registers:
            self._registers[group, name] = self._people()
        return self._registers[group, name]

    def _people(self) -> int:
        shape, size = self._practice.shape, self._practice.size
        if shape is Shape.NO_REGISTERS or (shape is Shape.USUAL and self._chance.randrange(EMPTY) == 0):
            return 0
        most = max(1, size * self._chance.choice(RATES) // 500)
        return min(size, 1 + self._chance.randrange(most))

    def _flag(self) -> int:
        fixed = {Shape.EVERYTHING_ACHIEVED: 1, Shape.NOTHING_ACHIEVED: 0}
        return fixed.get(self._practice.shape, self._chance.randrange(2))

    def _fraction(self, indicator: Indicator, most: int) -> tuple[int, int]:
        """Numerator and denominator, the denominator at most `most`."""
        if most == 0:
            return 0, 0
        best, worst = (0, most) if indicator.kind is Kind.LOWER_IS_BETTER else (most, 0)
        if self._practice.shape is Shape.EVERYTHING_ACHIEVED:
            return best, most
        if self._practice.shape is Shape.NOTHING_ACHIEVED:
            return worst, most
        denominator = 1 + self._chance.randrange(most)
        edges = [(0, 0), (0, denominator), (denominator, denominator), *self._thresholds(indicator, most)]
        draw = self._chance.randrange(20)
        if draw < len(edges):
            return edges[draw]
        return self._tie(indicator, most) if draw < 12 else self._ordinary(denominator)  # noqa: PLR2004  # of twenty

    def _thresholds(self, indicator: Indicator, most: int) -> list[tuple[int, int]]:
        """Shares that are a threshold exactly, where the practice is large enough for one."""
        figures = (figure for figure in (indicator.lower, indicator.upper) if figure is not None)
        people = ((figure, most // _unit(figure) * _unit(figure)) for figure in figures)
        return [(int(figure * count / 100), count) for figure, count in people if count]

    def _tie(self, indicator: Indicator, most: int) -> tuple[int, int]:
        found = self._made.ties[indicator.code]
        count = bisect_right(found, most, key=lambda pair: pair[1])
        return found[self._chance.randrange(count)] if count else self._ordinary(most)

    def _ordinary(self, denominator: int) -> tuple[int, int]:
        return denominator - self._chance.randrange(denominator * 6 // 10 + 1), denominator


def _unit(figure: Decimal) -> int:
    """So many people, or a multiple, have a whole number of them at a percentage: 100 where it is whole itself."""
    return 100 if figure == int(figure) else 10_000 // gcd(int(100 * figure), 10_000)
