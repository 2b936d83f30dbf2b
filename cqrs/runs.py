"""`cqrs run`: start a calculation. Nothing is calculated because a file arrived; somebody says that all is in."""

from datetime import datetime
from typing import Annotated

import typer

from cqrs.located import Local, located_stack
from schemas.collection import CollectionKey
from schemas.service import RunKind


def run(
    service: Annotated[str, typer.Argument(help="The service's code, such as QOF2324.")],
    achievement_date: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Such as 2024-03-31.")],
    run_kind: Annotated[RunKind, typer.Argument(help="Only a PAYMENT run opens declarations.")],
    *,
    local: Local = False,
) -> None:
    """Calculate a collection from what has been accepted for it, and say what came of it."""
    collection = CollectionKey(service=service, achievement_date=achievement_date.date(), run_kind=run_kind)
    stack = located_stack(local=local)
    end = stack.calculated(execution=stack.start_calculation(collection=collection))
    if end.get("run") is None:
        typer.echo("No practice can be calculated: nothing complete has been accepted.", err=True)
        raise typer.Exit(1)
    outcome = end.get("outcome", "published" if end.get("publication", {}).get("published") else "overtaken")
    found = end["run"]
    typer.echo(f"{outcome}: run {found['id']}, {found['practices']} practices, {found['incomplete']} incomplete")
