"""`cqrs services`: the service documents of this release, listed, shown and checked."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cqrs.chosen import known_service, read_document
from cqrs.service_tables import service_tables, services_table
from cqrs.table import print_table
from schemas.catalogue import service_codes, service_document
from schemas.linter import document_problems
from schemas.service import ServiceDocument

services_app = typer.Typer(help="List, show and check the service documents.")


@services_app.callback(invoke_without_command=True)
def list_services(context: typer.Context) -> None:
    """List every service: its code, name, size, and how many figures still need a citation."""
    if context.invoked_subcommand is None:
        documents = [service_document(code) for code in service_codes()]
        print_table(console=Console(), table=services_table(documents=documents))


@services_app.command("show")
def show_service(
    code: Annotated[str, typer.Argument(help="The service's code, for instance QOF2324.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The whole document as JSON, figures as text.")] = False,
) -> None:
    """Show one service: its parameters, policies, indicators, and what still needs a citation."""
    document = known_service(code)
    if as_json:
        typer.echo(document.model_dump_json(by_alias=True, indent=2))
        return
    for table in service_tables(document=document):
        print_table(console=Console(), table=table)


@services_app.command("lint")
def lint_services(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Documents to check; all, if none.")
    ] = None,
) -> None:
    """Check service documents, print every problem, and exit with 1 where there is one."""
    found = {str(path): _file_problems(path) for path in files or ()}
    found = found or {code: document_problems(document=service_document(code)) for code in service_codes()}
    for name, problems in found.items():
        for problem in problems or ("no problems",):
            typer.echo(f"{name}: {problem}")
    if any(found.values()):
        raise typer.Exit(1)


def _file_problems(path: Path) -> tuple[str, ...]:
    read = read_document(path=path)
    return document_problems(document=read) if isinstance(read, ServiceDocument) else read
