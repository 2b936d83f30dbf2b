"""What a program cost and got wrong, over the rounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.costs import Costs
from bench.pay.verdict import Verdict


@dataclass(slots=True)
class Tally(Costs):
    """The costs, and the practices whose payments and whose points were wrong in any round."""

    payments: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()

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
