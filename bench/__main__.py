"""`python -m bench`: every benchmark in one run.

The exit status is 1 for a wrong result of ours, and never for a slow one.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from bench import arithmetic, reading
from bench.machine import machine
from bench.scores import Report
from cqrs.table import print_table


class Benchmark(StrEnum):
    """What can be measured."""

    ARITHMETIC = "arithmetic"
    READING = "reading"


def bench(
    practices: Annotated[
        int | None,
        typer.Option(min=1, max=10_000, help="How many practices; by default 2,000 calculated and 1,000 read."),
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds count; one more before them is dropped.")] = 4,
    only: Annotated[Benchmark | None, typer.Option(help="Measure this alone.")] = None,
) -> None:
    """Measure this engine and this reader against their peers, in cold processes, round after round."""
    console, failures = Console(), list[str]()
    typer.echo(f"{machine()}; medians of {rounds} rounds (lowest-highest), each run in a cold process\n")
    with TemporaryDirectory() as folder:
        for report in _reports(Path(folder), practices, rounds, only):
            print_table(console=console, table=report.table)
            failures.extend(report.failures)
    for failure in failures:
        typer.echo(f"WRONG: {failure}", err=True)
    raise typer.Exit(1 if failures else 0)


def _reports(folder: Path, practices: int | None, rounds: int, only: Benchmark | None) -> Iterator[Report]:
    if only in (None, Benchmark.ARITHMETIC):
        count = practices or arithmetic.PRACTICES
        yield arithmetic.measure_arithmetic(folder=folder, practices=count, rounds=rounds)
    if only in (None, Benchmark.READING):
        yield from reading.measure_reading(folder=folder, practices=practices or reading.PRACTICES, rounds=rounds)


if __name__ == "__main__":
    typer.run(bench)
