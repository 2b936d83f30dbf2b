"""`cqrs run` starts a calculation, `cqrs runs` lists those that there were, `cqrs gates` prints the report of one.

Nothing is calculated because a file arrived; somebody says that all is in.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from cqrs.deployed import HeldRun
from cqrs.located import Local, located_stack
from schemas.collection import CollectionKey
from schemas.run import Run
from schemas.service import RunKind

HELD_STATUS = 3
Service = Annotated[str, typer.Argument(help="The service's code, such as QOF2324.")]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Such as 2024-03-31.")]


def run(
    service: Service,
    achievement_date: Day,
    run_kind: Annotated[RunKind, typer.Argument(help="Only a PAYMENT run opens declarations.")],
    *,
    local: Local = False,
) -> None:
    """Calculate a collection from what has been accepted for it, and say what came of it."""
    collection = CollectionKey(service=service, achievement_date=achievement_date.date(), run_kind=run_kind)
    stack = located_stack(local=local)
    try:
        end = stack.calculated(execution=stack.start_calculation(collection=collection))
    except HeldRun as held:
        typer.echo(f"held: run {held.run} did not pass its gates, and nothing of it is published.")
        typer.echo(f"Read why with `cqrs gates {held.run}`. The national team releases or rejects it: docs/gates.md.")
        raise typer.Exit(HELD_STATUS) from held
    if end.get("run") is None:
        typer.echo("No practice can be calculated: nothing complete has been accepted.", err=True)
        raise typer.Exit(1)
    outcome = _outcome(end)
    found = end["run"]
    typer.echo(f"{outcome}: run {found['id']}, {found['practices']} practices, {found['incomplete']} incomplete")


def runs(
    service: Service,
    achievement_date: Day,
    run_kind: Annotated[RunKind, typer.Argument(help="What the runs are for.")],
    *,
    local: Local = False,
) -> None:
    """List the runs of a collection whose inputs were frozen, the latest first."""
    collection = CollectionKey(service=service, achievement_date=achievement_date.date(), run_kind=run_kind)
    stack = located_stack(local=local)
    keys = (key for key in stack.keys(bucket="EvidenceBucket", prefix="runs/") if key.endswith("/run.json"))
    found = [Run.model_validate_json(stack.object(bucket="EvidenceBucket", key=key)) for key in keys]
    for one in sorted(found, key=lambda kept: kept.frozen_at, reverse=True):
        if one.collection == collection:
            when = f"{one.frozen_at:%Y-%m-%d %H:%M:%S}"
            typer.echo(f"{one.id}  {when}  {one.practices} practices, {one.incomplete} incomplete")


def gates(
    run: Annotated[str, typer.Argument(help="The run's id, as `cqrs run` tells it.")], *, local: Local = False
) -> None:
    """Print the report of a run's gates: what holds it first, each with its cause and what it is worth in pounds."""
    stack = located_stack(local=local)
    try:
        page = stack.object(bucket="EvidenceBucket", key=f"runs/{run}/gates.txt")
    except stack.client("s3").exceptions.NoSuchKey as absent:
        typer.echo(f"There is no report on a run {run}.", err=True)
        raise typer.Exit(1) from absent
    typer.echo(page.decode(), nl=False)


def _outcome(end: Mapping[str, Any]) -> str:
    """What a run came to, in a word."""
    if "publication" in end:
        return "published" if end["publication"]["published"] else "overtaken"
    return "rejected" if "hold" in end else str(end["outcome"])
