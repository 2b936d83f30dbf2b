"""A nation's way through the deployed stack, and what it took."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from cqrs.cost import Cost, ingest_peak, run_cost
from cqrs.deployed import DeployedStack
from cqrs.journey import send_files
from cqrs.nation_files import NationFiles
from cqrs.tenfold import write_tenfold
from schemas.collection import CollectionKey
from schemas.service import RunKind

# Reporting runs: nobody is to declare a nation.
SAMPLE = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.REPORTING)
PUBLISHED = CollectionKey(service="QOF1819", achievement_date=date(2019, 3, 31), run_kind=RunKind.REPORTING)
MOST_UNITS, AIMED_UNITS = 3, 2  # write units for each practice
MOST_MEMORY = 256  # MiB, of Ingest
PATIENCE_SECONDS = 900
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class NationalRun:
    """What came of a nation, and what it took. `peak` is the most memory that Ingest has held, in MiB."""

    run: str
    rows: int
    practices: int
    calculated: int
    incomplete: int
    ingest_seconds: float
    calculation_seconds: float
    cost: Cost
    peak: int | None

    @property
    def units_per_practice(self) -> float:
        """Write units for each practice, those of organisations, the participation list and results included."""
        return float(self.cost.write_units) / self.practices


@dataclass(frozen=True)
class LargeFile:
    """What came of a file ten times as large as a supplier's; `size` in bytes, `complete` of its `practices`."""

    rows: int
    practices: int
    complete: int
    size: int
    seconds: float
    peak: int | None


def run_nation(*, stack: DeployedStack, files: NationFiles, collection: CollectionKey) -> NationalRun:
    """Upload a nation's files, and calculate it."""
    since, began = time.time(), time.monotonic()
    send_files(
        stack=stack,
        organisations=files.organisations,
        participants=files.participants,
        extracts=files.extracts,
        collection=collection,
    )
    ingested = time.monotonic()
    execution = stack.start_calculation(collection=collection)
    end = stack.calculated(execution=execution, timeout=PATIENCE_SECONDS)
    calculated = time.monotonic()
    return NationalRun(
        run=end["run"]["id"],
        rows=files.rows,
        practices=files.practices,
        calculated=end["run"]["practices"],
        incomplete=end["run"]["incomplete"],
        ingest_seconds=ingested - began,
        calculation_seconds=calculated - ingested,
        cost=run_cost(stack=stack, execution=execution, batches=len(end["totals"]), since=since),
        peak=ingest_peak(stack=stack, since=since),
    )


def send_tenfold(*, stack: DeployedStack, files: NationFiles, folder: Path) -> LargeFile:
    """Send a file of ten times the rows of the first supplier's, as a test, so that it counts in no run."""
    supplier, extract = next(iter(files.extracts.items()))
    path = folder / f"tenfold-{extract.name}"
    write_tenfold(extract=extract, path=path)
    key = f"extracts/{supplier}/{SAMPLE.service}/{RunKind.TEST}/{path.name}"
    since, began = time.time(), time.monotonic()
    told = stack.acknowledged(key=key, since=stack.upload(file=path, key=key), timeout=PATIENCE_SECONDS)
    return LargeFile(
        rows=told.rows,
        complete=told.practices_complete,
        practices=told.practices,
        size=path.stat().st_size,
        seconds=time.monotonic() - began,
        peak=ingest_peak(stack=stack, since=since),
    )


def tell(*, title: str, run: NationalRun) -> None:
    """Print what came of a nation."""
    cost, units = run.cost, f"{run.units_per_practice:.2f} a practice"
    console.print(f"\n{title}", markup=False)
    for name, what in (
        ("Rows", f"{run.rows:,}"),
        ("Practices", f"{run.practices:,}: {run.calculated:,} calculated, {run.incomplete} incomplete"),
        ("Ingest", f"{run.ingest_seconds:.1f} s"),
        ("Calculation", f"{run.calculation_seconds:.1f} s"),
        (
            "Write units",
            f"{cost.write_units:,.0f}: {units} (at most {MOST_UNITS}; aim: {AIMED_UNITS})",
        ),
        ("Memory of Ingest", f"{run.peak} MiB at most (allowed: {MOST_MEMORY})"),
        ("State transitions", f"{cost.transitions} Standard, {cost.express_requests} Express requests"),
        ("Function time", f"{cost.gigabyte_seconds:,.0f} GB-s on this machine"),
        ("Cost at AWS prices", f"${cost.dollars:.4f}"),
    ):
        say(name, what)


def tell_large(large: LargeFile) -> None:
    """Print what came of the large file."""
    complete = f"{large.complete:,} of {large.practices:,} practices complete"
    say("A file ten times", f"{large.rows:,} rows, {large.size / 2**20:,.0f} MiB of gzip: {complete}")
    say("  Ingest", f"{large.seconds:.1f} s")
    say("  Memory of Ingest", f"{large.peak} MiB at most (allowed: {MOST_MEMORY})")


def say(name: str, what: str) -> None:
    """Print a figure under its name."""
    console.print(f"{name:<20} {what}", markup=False)
