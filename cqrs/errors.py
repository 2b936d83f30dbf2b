"""`cqrs errors`: what a problem code means and how to mend it."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from cqrs.problem_pages import page_text, written_pages
from cqrs.table_file import whole_file
from schemas.problem import Code
from schemas.problem_page import problem_pages


def errors(
    code: Annotated[str | None, typer.Argument(help="A code, such as ROW-NUMBER; all, if none.")] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Write every page into this folder, and remove what it had.")
    ] = None,
) -> None:
    """Say what a problem code of a report means and how to mend it, or list every code."""
    if out is not None:
        write_pages(out=out)
    elif code is not None:
        typer.echo(page_text(code=_known(code)), nl=False)
    else:
        for each, page in problem_pages().items():
            typer.echo(f"{each:<28}{page.severity:<10}{page.title}")


def write_pages(*, out: Path) -> None:
    """Write the pages of all codes and their index. A page of a code that there is no more is removed."""
    out.mkdir(parents=True, exist_ok=True)
    pages = written_pages()
    for path in out.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        with whole_file(path=out / name) as file:
            file.write(text.encode())


def _known(code: str) -> Code:
    if code.upper() in list(Code):
        return Code(code.upper())
    near = get_close_matches(code.upper(), list(Code), n=1)
    typer.echo(f"There is no code {code}.{f' Did you mean {near[0]}?' if near else ''}", err=True)
    raise typer.Exit(2)
