"""What this checker is to reach against its peers, and whether it did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.check.programs import DVE, ENGINE, FRICTIONLESS, PANDERA
from bench.check.tally import Tally
from bench.costs import ratio
from cqrs.table import Row, Table


@dataclass(frozen=True, slots=True)
class Target:
    """How many times a peer's rows a second it should be: at least, or `above` it."""

    words: str
    peer: str
    least: int
    above: bool = False

    def reached(self, *, times: float) -> bool:
        """Whether so many times is enough."""
        return times > self.least if self.above else times >= self.least


TARGETS = (
    Target("rows/s, times data-validation-engine's (50 is the aim)", DVE, 25),
    Target("rows/s, times frictionless's", FRICTIONLESS, 15),
    Target("rows/s, times pandera's", PANDERA, 1, above=True),
)


def target_table(*, tallies: Mapping[str, Tally]) -> Table:
    """A row a target. What could not be measured is not reached."""
    columns = ("this checker", "measured", "wanted", "reached")
    ours = tallies[ENGINE]
    wrong = len(ours.missed | ours.invented)
    right = wrong == 0 and not ours.trouble
    last = Row(("bad rows missed, or invented", f"{wrong:,}", "0", "yes" if right else "no"), marked=not right)
    return Table("Against the targets", columns, (*_rows(tallies), last), frozenset(columns[1:3]))


def _rows(tallies: Mapping[str, Tally]) -> Iterator[Row]:
    for target in TARGETS:
        found = ratio(figure="wall", one=tallies.get(target.peer), other=tallies[ENGINE])
        reached = found is not None and target.reached(times=found.middle)
        measured = "not measured" if found is None else found.text(places=1)
        wanted = f"above {target.least}" if target.above else f"at least {target.least}"
        yield Row((target.words, measured, wanted, "yes" if reached else "no"), marked=not reached)
