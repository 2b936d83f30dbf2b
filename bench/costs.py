"""What a program cost, over the rounds, and how two programs compare."""

from dataclasses import dataclass, field

from bench.processes import Cost
from bench.spread import Spread, ratios, spread


@dataclass(slots=True)
class Costs:
    """The costs of the rounds that count, in seconds, and the most memory in MiB.

    `trouble` says why a program did not run to its end; it is then left out of what follows.
    """

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: int | None = None
    trouble: str = ""

    def count(self, *, cost: Cost) -> None:
        """Take in what a round cost."""
        self.wall.append(cost.wall)
        self.processor.append(cost.processor)


def ratio(*, figure: str, one: Costs | None, other: Costs | None) -> Spread | None:
    """The ratio of two programs' figures, round by round; None where one of them was not measured."""
    if one is None or other is None or one.trouble or other.trouble:
        return None
    if figure == "peak":
        return spread([one.peak / other.peak]) if one.peak and other.peak else None
    return ratios(of=getattr(one, figure), to=getattr(other, figure))
