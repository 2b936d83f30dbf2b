"""What this engine is to reach against its peers, and whether it did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.costs import ratio
from bench.pay.programs import DUCKDB, ENGINE, PANDAS
from bench.pay.tally import Tally
from bench.spread import Spread
from cqrs.table import Row, Table


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio to a peer that should be `most` or less. `figure` is wall, processor or peak."""

    words: str
    figure: str
    peer: str
    most: float


TARGETS = (
    Target("wall, of duckdb's (0.5 is the aim)", "wall", DUCKDB, 0.65),
    Target("wall, of pandas's", "wall", PANDAS, 0.4),
    Target("CPU, of duckdb's", "processor", DUCKDB, 0.7),
    Target("peak memory, of duckdb's", "peak", DUCKDB, 0.35),
)


def target_table(*, tallies: Mapping[str, Tally]) -> Table:
    """A row a target. What could not be measured is not reached."""
    columns = ("this engine", "measured", "at most", "reached")
    wrong = len(tallies[ENGINE].payments | tallies[ENGINE].points)
    right = wrong == 0 and not tallies[ENGINE].trouble
    rows = (*_rows(tallies), Row(("practices wrong", f"{wrong:,}", "0", _yes(right)), marked=not right))
    return Table(title="Against the targets", columns=columns, rows=rows, figures=frozenset(columns[1:3]))


def _rows(tallies: Mapping[str, Tally]) -> Iterator[Row]:
    for target in TARGETS:
        found = ratio(figure=target.figure, one=tallies[ENGINE], other=tallies.get(target.peer))
        reached = found is not None and found.middle <= target.most
        yield Row((target.words, _text(target, found), f"{target.most}", _yes(reached)), marked=not reached)


def _text(target: Target, found: Spread | None) -> str:
    if found is None:
        return "not measured"
    return f"{found.middle:.2f}" if target.figure == "peak" else found.text(places=2)


def _yes(reached: bool) -> str:  # noqa: FBT001  # one word for one truth
    return "yes" if reached else "no"
