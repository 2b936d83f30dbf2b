"""`cqrs sample`: a synthetic nation in the real layout, with the hard cases in it on purpose."""

from pathlib import Path
from typing import Annotated

import typer

from cqrs.chosen import OwnDocument, chosen_service
from cqrs.nation import Nation, nation
from cqrs.progress import progress_bar
from cqrs.sample_rows import extract_rows, organisation_row, participation_row
from cqrs.table_file import write_table
from functions.domain.check.organisations import ORGANISATION_COLUMNS
from functions.domain.check.participation import PARTICIPATION_COLUMNS
from functions.domain.check.row import COLUMNS
from schemas.service import ServiceDocument
from schemas.supplier import suppliers as known_suppliers

MOST_PRACTICES = 100_000
USUAL = "QOF2324"


def sample(
    practices: Annotated[int, typer.Option(min=1, max=MOST_PRACTICES, help="How many practices.")],
    seed: Annotated[int, typer.Option(help="The same seed makes the same files.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder to write to; made where it is missing.")],
    service: Annotated[str | None, typer.Option(help=f"The service's code; {USUAL} if none is given.")] = None,
    document: OwnDocument = None,
    suppliers: Annotated[int, typer.Option(min=1, help="How many suppliers share the practices.")] = 4,
    *,
    gzip: Annotated[bool, typer.Option("--gzip", help="Pack the extracts.")] = False,
) -> None:
    """Write a synthetic nation without any problem in it: organisations.csv, participants.csv, and extracts."""
    chosen = chosen_service(code=service or (None if document else USUAL), path=document)
    made = nation(document=chosen, practices=practices, seed=seed)
    try:
        written = write_sample(made=made, suppliers=_supplier_names(chosen, suppliers), out=out, gzip=gzip)
    except OSError as error:
        typer.echo(f"{error.filename or out}: {error.strerror or error}", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"Wrote {', '.join(map(str, written))}.")


def write_sample(*, made: Nation, suppliers: list[str], out: Path, gzip: bool) -> list[Path]:
    """Write a nation's organisations, who takes part, and each supplier's extract into a folder; name the files."""
    out.mkdir(parents=True, exist_ok=True)
    return _write(out, made, suppliers[: len(made.practices)], ".csv.gz" if gzip else ".csv")


def _supplier_names(document: ServiceDocument, count: int) -> list[str]:
    """The first so many suppliers that may send a service; of one that nobody may send yet, of all suppliers."""
    names = [name for name, supplier in known_suppliers().items() if document.code in supplier.services]
    names = names or list(known_suppliers())
    if count > len(names):
        typer.echo(f"{len(names)} suppliers may send {document.code}, not {count}: {', '.join(names)}.", err=True)
        raise typer.Exit(2)
    return names[:count]


def _write(out: Path, made: Nation, suppliers: list[str], suffix: str) -> list[Path]:
    """Write the files and name them. Practice n belongs to supplier n modulo their number, so that each has some."""
    written = [out / "organisations.csv", out / "participants.csv"]
    for path, columns, row in zip(
        written,
        (ORGANISATION_COLUMNS, PARTICIPATION_COLUMNS),
        (organisation_row, participation_row),
        strict=True,
    ):
        rows = (row(document=made.document, practice=practice) for practice in made.practices)
        write_table(path=path, columns=columns, rows=rows)
    with progress_bar(what="Writing extracts", total=len(made.practices)) as advance:
        for number, supplier in enumerate(suppliers):
            path = out / f"extract-{supplier}{suffix}"
            served = made.practices[number :: len(suppliers)]
            write_table(path=path, columns=COLUMNS, rows=extract_rows(made=made, practices=served, advance=advance))
            written.append(path)
    return written
