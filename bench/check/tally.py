"""What a program that checks cost, and what it missed and invented, over the rounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.check.verdict import Verdict
from bench.costs import Costs


@dataclass(slots=True)
class Tally(Costs):
    """The costs, and the lines that its report missed, or complained of without a reason, in any round."""

    missed: frozenset[int] = frozenset()
    invented: frozenset[int] = frozenset()

    def judge(self, *, verdict: Verdict) -> None:
        """Take in what a round got wrong."""
        self.missed |= verdict.missed
        self.invented |= verdict.invented

    def complaints(self) -> Iterator[str]:
        """A sentence for whatever makes the benchmark fail, were this the checker's tally."""
        if self.trouble:
            yield f"The checker did not run: {self.trouble}"
        for lines, what in ((self.missed, "misses what is wrong with"), (self.invented, "complains without reason of")):
            if lines:
                yield f"The checker {what} {len(lines)} lines; the first is line {min(lines)}."
