"""What a program cost and got wrong, over the rounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.pay.verdict import Verdict
from bench.processes import Cost


@dataclass(slots=True)
class Tally:
    """The costs of the rounds that count, in seconds; the most memory in MiB; what was wrong in any round.

    `trouble` says why a program did not run to its end; it is then left out of what follows.
    """

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: int | None = None
    payments: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    trouble: str = ""

    def count(self, *, cost: Cost) -> None:
        """Take in what a round cost."""
        self.wall.append(cost.wall)
        self.processor.append(cost.processor)

    def judge(self, *, verdict: Verdict) -> None:
        """Take in what a round got wrong: a practice that is wrong once is wrong."""
        self.payments |= frozenset(verdict.payments)
        self.points |= frozenset(verdict.points)

    def complaints(self) -> Iterator[str]:
        """A sentence for whatever makes the benchmark fail, were this the engine's tally."""
        if self.trouble:
            yield f"The engine did not run: {self.trouble}"
        if wrong := sorted(self.payments | self.points):
            yield f"The engine is wrong for {len(wrong)} practices; the first is {wrong[0]}."
