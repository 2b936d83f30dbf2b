"""Files in, payments out: whole programs that read a nation's extract and write the same payments.csv."""

from collections.abc import Iterator
from pathlib import Path

from bench.costs import ratio
from bench.environments import runnable
from bench.pay.layout import EXTRACT
from bench.pay.nation_folder import SERVICE, Wanted, nation_folder
from bench.pay.programs import DUCKDB, ENGINE, OPENFISCA, PANDAS, POLARS, engine, peer, peer_name
from bench.pay.rounds import payment_rounds
from bench.pay.tally import Tally
from bench.pay.targets import target_table
from bench.pay.verdict import right_figures
from bench.scores import Report
from bench.spread import spread
from cqrs.progress import progress_bar
from cqrs.table import Row, Table

PRACTICES = 6_000
PEERS = (DUCKDB, POLARS, PANDAS, OPENFISCA)
COSTS = ("wall s", "CPU s", "peak MiB", "wall (duckdb = 1)", "CPU", "memory")
COLUMNS = ("program", *COSTS, "payments wrong", "points wrong")


def measure_payments(*, folder: Path, practices: int, rounds: int, hostile: bool) -> Iterator[Report]:
    """Measure, with what the programs write in `folder`. The engine fails on any point or penny that is not right."""
    wanted = Wanted(practices, hostile=hostile)
    inputs = nation_folder(wanted=wanted)
    peers, missing = runnable(keys=PEERS, peer=lambda key: peer(key=key))
    programs = (engine(service=SERVICE), *peers)
    judged = payment_rounds(inputs=inputs, right=right_figures(folder=inputs), scratch=folder)
    with progress_bar(what="Payments", total=len(programs) * (rounds + 2)) as advance:
        measured = judged.run(programs=programs, rounds=rounds, advance=advance)
    tallies = {**measured, **{key: Tally(trouble=reason) for key, reason in missing.items()}}
    names = {**{key: peer_name(key=key) for key in PEERS}, **{program.key: program.name for program in programs}}
    title = (
        f"Files in, payments out: {practices:,} practices, {_rows_of(inputs):,} rows{' shuffled' if hostile else ''}"
    )
    table = Table(
        title=f"{title} ({SERVICE}, seed {wanted.seed})",
        columns=COLUMNS,
        rows=tuple(_row(names[key], tallies[key], tallies[DUCKDB]) for key in (ENGINE, *PEERS)),
        figures=frozenset(COLUMNS[1:]),
    )
    yield Report(table=table, failures=list(tallies[ENGINE].complaints()))
    yield Report(table=target_table(tallies=tallies), failures=())


def _row(name: str, tally: Tally, duckdb: Tally) -> Row:
    if tally.trouble:
        return Row((name, f"did not run: {tally.trouble}", *("" for _ in COLUMNS[2:])), marked=True)
    return Row(
        (
            name,
            spread(tally.wall).text(places=2),
            spread(tally.processor).text(places=2),
            "" if tally.peak is None else f"{tally.peak:,}",
            *(_ratio(figure, tally, duckdb) for figure in ("wall", "processor", "peak")),
            f"{len(tally.payments):,}",
            f"{len(tally.points):,}",
        )
    )


def _ratio(figure: str, tally: Tally, duckdb: Tally) -> str:
    found = ratio(figure=figure, one=tally, other=duckdb)
    if found is None:
        return ""
    if tally is duckdb:
        return "1"
    return f"{found.middle:.2f}" if figure == "peak" else found.text(places=2)


def _rows_of(inputs: Path) -> int:
    with (inputs / EXTRACT).open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(2**20), b"")) - 1
