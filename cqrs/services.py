"""`cqrs services`: the service documents of this release, listed, shown and checked."""

from difflib import get_close_matches
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from cqrs.service_tables import service_tables, services_table
from cqrs.table import print_table
from schemas.catalogue import UnknownService, parse_document, service_codes, service_document
from schemas.linter import document_problems, shape_problems
from schemas.service import ServiceDocument

# An alternative to --service: a service that this release does not know yet.
OwnDocument = Annotated[
    Path | None, typer.Option("--document", exists=True, dir_okay=False, help="A service document of your own.")
]

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
    read = _read(path)
    return document_problems(document=read) if isinstance(read, ServiceDocument) else read


def _read(path: Path) -> ServiceDocument | tuple[str, ...]:
    try:
        return parse_document(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return (f"it is not UTF-8 text: {error}; save it as UTF-8.",)
    except (TOMLDecodeError, ValidationError) as error:
        return shape_problems(error=error)


def chosen_service(*, code: str | None, path: Path | None) -> ServiceDocument:
    """The document that `--service` or `--document` asks for; anything but just one of them is exit status 2."""
    if code is not None and path is None:
        return known_service(code)
    if path is not None and code is None:
        return _fit_document(path)
    typer.echo("Give the code of a service with --service, or a document of your own with --document.", err=True)
    raise typer.Exit(2)


def _fit_document(path: Path) -> ServiceDocument:
    """A document of somebody's own: one with a problem is not calculated by; every problem is named."""
    read = _read(path)
    problems = document_problems(document=read) if isinstance(read, ServiceDocument) else read
    for problem in problems:
        typer.echo(f"{path}: {problem}", err=True)
    if problems or not isinstance(read, ServiceDocument):
        raise typer.Exit(2)
    return read


def known_service(code: str) -> ServiceDocument:
    """The document of a service; for a code that nobody knows, a message with the nearest one and exit status 2."""
    try:
        return service_document(code)
    except UnknownService as error:
        near = get_close_matches(code.upper(), service_codes(), n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        typer.echo(f"{error}{hint}", err=True)
        raise typer.Exit(2) from error
