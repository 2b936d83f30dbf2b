"""A file in, a report out: an extract with one row in a hundred bad, checked by this checker and by its peers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.check.extract import SERVICE
from bench.check.planted_extract import write_planted
from bench.check.plants import Plant
from bench.check.programs import DVE, ENGINE, FRICTIONLESS, PANDERA, engine, peer, peer_name
from bench.check.tally import Tally
from bench.check.targets import target_table
from bench.check.verdict import judge_lines, judge_problems
from bench.costs import ratio
from bench.environments import runnable
from bench.marks import run_between_marks
from bench.rounds import Rounds
from bench.scores import Report
from bench.spread import spread
from cqrs.nation import nation
from cqrs.progress import progress_bar
from cqrs.table import Row, Table
from schemas.catalogue import service_document

PRACTICES, SEED = 1_000, 2324
PEERS = (DVE, FRICTIONLESS, PANDERA)
COLUMNS = ("program", "rows/s", "s", "time (this checker = 1)", "CPU s", "peak MiB", "bad rows missed", "invented")


def measure_checking(*, folder: Path, practices: int, rounds: int, hostile: bool) -> Iterator[Report]:
    """Measure, with all files in `folder`. This checker fails on a mistake that it misses, or invents.

    The bad rows stand in a quarter of the practices, or `hostile`: in every one.
    """
    inputs = folder / "checked"
    made = nation(document=service_document(SERVICE), practices=practices, seed=SEED)
    with progress_bar(what="Making the extract", total=practices) as advance:
        planted = write_planted(folder=inputs, made=made, everywhere=hostile, advance=advance)
    tallies = _tallies(inputs, folder / "checks", planted.plants, rounds)
    title = f"A file in, a report out: {practices:,} practices, {planted.rows:,} rows"
    bad = f"{len(planted.plants):,} of them bad, in {'every practice' if hostile else 'one practice of four'}"
    yield Report(
        table=Table(
            title=f"{title}, {bad} ({SERVICE}, seed {SEED})",
            columns=COLUMNS,
            rows=tuple(_row(key, tallies, planted.rows) for key in (ENGINE, *PEERS)),
            figures=frozenset(COLUMNS[1:]),
        ),
        failures=list(tallies[ENGINE].complaints()),
    )
    yield Report(table=target_table(tallies=tallies), failures=())


def _tallies(inputs: Path, scratch: Path, plants: Sequence[Plant], rounds: int) -> Mapping[str, Tally]:
    def judge(key: str, out: Path, tally: Tally) -> None:
        judged = judge_problems if key == ENGINE else judge_lines
        tally.judge(verdict=judged(out=out, plants=plants))

    peers, missing = runnable(keys=PEERS, peer=lambda key: peer(key=key))
    programs = (engine(), *peers)
    contest = Rounds(inputs=inputs, scratch=scratch, tally=Tally, judge=judge, run=run_between_marks)
    with progress_bar(what="Checking", total=len(programs) * (rounds + 2)) as advance:
        measured = contest.run(programs=programs, rounds=rounds, advance=advance)
    return {**measured, **{key: Tally(trouble=reason) for key, reason in missing.items()}}


def _row(key: str, tallies: Mapping[str, Tally], count: int) -> Row:
    name, tally = key if key == ENGINE else peer_name(key=key), tallies[key]
    if tally.trouble:
        return Row((name, f"did not run: {tally.trouble}", *("" for _ in COLUMNS[2:])), marked=True)
    wall, times = spread(tally.wall), ratio(figure="wall", one=tally, other=tallies[ENGINE])
    return Row(
        (
            name,
            f"{count / wall.middle:,.0f}",
            wall.text(places=2),
            "1" if key == ENGINE else "" if times is None else times.text(places=1),
            spread(tally.processor).text(places=2),
            "" if tally.peak is None else f"{tally.peak:,}",
            f"{len(tally.missed):,}",
            f"{len(tally.invented):,}",
        )
    )
