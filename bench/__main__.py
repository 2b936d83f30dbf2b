"""`python -m bench`: every benchmark in one run.

The exit status is 1 for a wrong result of ours, and never for a slow one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from bench import arithmetic, checking, payments, reading
from bench.machine import machine
from bench.markdown import markdown
from bench.scores import Report
from cqrs.table import print_table


class Benchmark(StrEnum):
    """What can be measured."""

    ARITHMETIC = "arithmetic"
    READING = "reading"
    CHECKING = "checking"
    PAYMENTS = "payments"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for. `practices` is None where each benchmark takes its own number."""

    practices: int | None
    rounds: int
    only: Benchmark | None
    hostile: bool

    def includes(self, benchmark: Benchmark) -> bool:
        """Whether a benchmark is to be run."""
        return self.only in (None, benchmark)


def bench(
    practices: Annotated[
        int | None,
        typer.Option(
            min=7,
            max=10_000,
            help="How many practices; by default 2,000 calculated, 1,000 read, 1,000 checked and 6,000 paid.",
        ),
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds count; one more before them is dropped.")] = 4,
    only: Annotated[Benchmark | None, typer.Option(help="Measure this alone.")] = None,
    *,
    hostile: Annotated[
        bool, typer.Option("--hostile", help="Payments from shuffled rows; checking with bad rows in every practice.")
    ] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print tables for docs/performance.md.")] = False,
) -> None:
    """Measure this engine and this reader against their peers, in cold processes, round after round."""
    console, failures = Console(), list[str]()
    typer.echo(f"{machine()}; medians of {rounds} rounds (lowest-highest), each run in a cold process\n")
    with TemporaryDirectory() as folder:
        for report in _reports(Path(folder), Choice(practices, rounds, only, hostile)):
            if as_markdown:
                typer.echo(markdown(table=report.table))
            else:
                print_table(console=console, table=report.table)
            failures.extend(report.failures)
    for failure in failures:
        typer.echo(f"WRONG: {failure}", err=True)
    raise typer.Exit(1 if failures else 0)


def _reports(folder: Path, choice: Choice) -> Iterator[Report]:
    number, rounds = choice.practices, choice.rounds
    if choice.includes(Benchmark.ARITHMETIC):
        yield arithmetic.measure_arithmetic(folder=folder, practices=number or arithmetic.PRACTICES, rounds=rounds)
    if choice.includes(Benchmark.READING):
        yield from reading.measure_reading(folder=folder, practices=number or reading.PRACTICES, rounds=rounds)
    if choice.includes(Benchmark.CHECKING):
        count = number or checking.PRACTICES
        yield from checking.measure_checking(folder=folder, practices=count, rounds=rounds, hostile=choice.hostile)
    if choice.includes(Benchmark.PAYMENTS):
        count = number or payments.PRACTICES
        yield from payments.measure_payments(folder=folder, practices=count, rounds=rounds, hostile=choice.hostile)


if __name__ == "__main__":
    typer.run(bench)
