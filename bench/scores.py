"""What a benchmark found: a row a contender, each held against this engine, and whatever was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.spread import ratios, spread
from bench.timing import Outcome, Run
from cqrs.table import Row, Table


@dataclass(slots=True)
class Score:
    """The costs of one contender, round by round. Seconds; `peak` is the highest of its processes, in MiB."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: int | None = None

    def count(self, run: Run[Outcome]) -> None:
        """Take in the costs of one run."""
        self.wall.append(run.wall)
        self.processor.append(run.processor)
        self.peak = None if run.peak is None else max(run.peak, self.peak or 0)


@dataclass(frozen=True, slots=True)
class Report:
    """The table of a benchmark, and a sentence for each wrong result of ours. Only these fail it."""

    table: Table
    failures: Sequence[str]


def score_table(
    *,
    title: str,
    unit: str,
    amount: int,
    scores: Mapping[str, Score],
    engine: str,
    verdict: str,
    verdicts: Mapping[str, str],
) -> Table:
    """A row a contender. `unit` says what `amount` counts; `verdicts` fills the column named `verdict`."""
    ours = scores[engine]
    rows = (
        Row(
            cells=(
                name,
                f"{amount / spread(score.wall).middle:,.0f}",
                ratios(of=score.wall, to=ours.wall).text(places=2),
                ratios(of=score.processor, to=ours.processor).text(places=2),
                "" if score.peak is None else str(score.peak),
                verdicts[name],
            ),
        )
        for name, score in scores.items()
    )
    figures = (f"{unit}/s", f"time ({engine} = 1)", "CPU", "peak MiB", verdict)
    return Table(title=title, columns=("contender", *figures), rows=tuple(rows), figures=frozenset(figures))
