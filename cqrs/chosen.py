"""The service that a command is given: by the code of one of this release, or as a document of somebody's own."""

from difflib import get_close_matches
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated

import typer
from pydantic import ValidationError

from schemas.catalogue import UnknownService, parse_document, service_codes, service_document
from schemas.service import ServiceDocument

# An alternative to --service: a service that this release does not know yet.
OwnDocument = Annotated[
    Path | None, typer.Option("--document", exists=True, dir_okay=False, help="A service document of your own.")
]


def chosen_service(*, code: str | None, path: Path | None) -> ServiceDocument:
    """The document that `--service` or `--document` asks for; anything but just one of them is exit status 2."""
    if code is not None and path is None:
        return known_service(code)
    if path is not None and code is None:
        return _fit_document(path)
    typer.echo("Give the code of a service with --service, or a document of your own with --document.", err=True)
    raise typer.Exit(2)


def known_service(code: str) -> ServiceDocument:
    """The document of a service; for a code that nobody knows, a message with the nearest one and exit status 2."""
    try:
        return service_document(code)
    except UnknownService as error:
        near = get_close_matches(code.upper(), service_codes(), n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        typer.echo(f"{error}{hint}", err=True)
        raise typer.Exit(2) from error


def read_document(*, path: Path) -> ServiceDocument | tuple[str, ...]:
    """The document in a file, or what keeps it from being one."""
    try:
        return parse_document(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return (f"it is not UTF-8 text: {error}; save it as UTF-8.",)
    except (TOMLDecodeError, ValidationError) as error:
        from schemas.linter import shape_problems  # noqa: PLC0415  # the documents of a release are right

        return shape_problems(error=error)


def _fit_document(path: Path) -> ServiceDocument:
    """A document of somebody's own: one with a problem is not calculated by; every problem is named."""
    from schemas.linter import document_problems  # noqa: PLC0415  # as above

    read = read_document(path=path)
    problems = document_problems(document=read) if isinstance(read, ServiceDocument) else read
    for problem in problems:
        typer.echo(f"{path}: {problem}", err=True)
    if problems or not isinstance(read, ServiceDocument):
        raise typer.Exit(2)
    return read
