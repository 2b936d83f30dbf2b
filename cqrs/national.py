"""`cqrs national`: the published nation of 2018/19 through the deployed pipeline, held against what was published."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.console import Console

from cqrs.cost import Cost, run_cost
from cqrs.deployed import DeployedStack
from cqrs.journey import send_files
from cqrs.local import FOLDER, LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.points_available import compare_points
from cqrs.published import YEARS, PublishedDataAbsent, PublishedPractice, published_folder, published_practices
from cqrs.published_files import write_extract, write_organisations, write_participants
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.service import RunKind, ServiceDocument
from schemas.supplier import suppliers

# A reporting run: what is compared are points available, and nobody is to declare a nation of full achievement.
COLLECTION = CollectionKey(service="QOF1819", achievement_date=date(2019, 3, 31), run_kind=RunKind.REPORTING)
SUPPLIERS = 4
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class NationalRun:
    """What came of the nation. `differing` gives each practice whose points available differ, and the reason."""

    rows: int
    practices: int
    calculated: int
    incomplete: int
    compared: int
    equal: int
    differing: Mapping[str, str]
    ingest_seconds: float
    calculation_seconds: float
    cost: Cost


def national() -> None:
    """Send the published nation of 2018/19 through the deployed pipeline and compare points available."""
    try:
        practices = published_practices(folder=published_folder(), year=YEARS[COLLECTION.service])
    except PublishedDataAbsent as absent:
        typer.echo(str(absent), err=True)
        raise typer.Exit(2) from absent
    aws = LocalAws(folder=FOLDER.with_name(".local-national"))
    try:
        aws.start(fresh=True)
        tell(run_nation(stack=deploy_locally(aws=aws), practices=practices))
    finally:
        aws.stop()


def run_nation(*, stack: DeployedStack, practices: tuple[PublishedPractice, ...]) -> NationalRun:
    """Make the extracts, upload them as four suppliers' files, calculate, and compare with what was published."""
    document = service_document(COLLECTION.service)
    with TemporaryDirectory() as name:
        organisations, participants, extracts, rows = _files(Path(name), document, practices)
        began = time.monotonic()
        send_files(
            stack=stack,
            organisations=organisations,
            participants=participants,
            extracts=extracts,
            collection=COLLECTION,
        )
    ingested = time.monotonic()
    execution = stack.start_calculation(collection=COLLECTION)
    end = stack.calculated(execution=execution, timeout=600)
    calculated = time.monotonic()
    comparison = compare_points(document=document, practices=practices, available=_available(stack, end["run"]["id"]))
    return NationalRun(
        rows=rows,
        practices=len(practices),
        calculated=end["run"]["practices"],
        incomplete=end["run"]["incomplete"],
        compared=comparison.compared,
        equal=comparison.equal,
        differing=comparison.differing,
        ingest_seconds=ingested - began,
        calculation_seconds=calculated - ingested,
        cost=run_cost(stack=stack, execution=execution, batches=len(end["totals"])),
    )


def tell(run: NationalRun) -> None:
    """Print what came of the nation."""
    cost = run.cost
    per_practice = cost.write_units / run.practices
    for name, what in (
        ("Rows", f"{run.rows:,}"),
        ("Practices", f"{run.practices:,}: {run.calculated:,} calculated, {run.incomplete} incomplete"),
        ("Points available", f"{run.equal:,} of {run.compared:,} equal to those published"),
        *(("  differs", f"{code}: {reason}") for code, reason in run.differing.items()),
        ("Ingest", f"{run.ingest_seconds:.1f} s"),
        ("Calculation", f"{run.calculation_seconds:.1f} s"),
        ("Write units", f"{cost.write_units:,.0f}, {per_practice:.2f} a practice (organisations and results included)"),
        ("State transitions", f"{cost.transitions} Standard, {cost.express_requests} Express requests"),
        ("Function time", f"{cost.gigabyte_seconds:,.0f} GB-s on this machine"),
        ("Cost at AWS prices", f"${cost.dollars:.4f}"),
    ):
        console.print(f"{name:<20} {what}", markup=False)


def _files(
    folder: Path, document: ServiceDocument, practices: tuple[PublishedPractice, ...]
) -> tuple[Path, Path, dict[str, Path], int]:
    organisations, participants = folder / "organisations.csv", folder / "participants.csv"
    write_organisations(practices=practices, document=document, path=organisations)
    write_participants(practices=practices, document=document, path=participants)
    names = list(suppliers())[:SUPPLIERS]
    extracts = {name: folder / f"{name}.csv.gz" for name in names}
    rows = sum(
        write_extract(practices=practices[number::SUPPLIERS], document=document, path=extracts[name])
        for number, name in enumerate(names)
    )
    return organisations, participants, extracts, rows


def _available(stack: DeployedStack, run: str) -> dict[str, int]:
    """The points available that the run gave each practice, in hundredths, from its evidence."""
    found = {}
    for key in stack.keys(bucket="EvidenceBucket", prefix=f"runs/{run}/working/"):
        for line in stack.object(bucket="EvidenceBucket", key=key).splitlines():
            told = json.loads(line)
            found[told["organisation"]] = told["available"]
    return found
