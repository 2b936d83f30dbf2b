"""`cqrs check`: an extract checked as if it were uploaded, without sending or storing anything."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cqrs.checked import Checked, Given, check_file
from cqrs.chosen import known_service
from cqrs.input_files import file_chunks, listed, read_participants
from cqrs.table_file import whole_file
from cqrs.told import NOTHING_READ, exit_status, problem_line, told
from functions.domain.check.acknowledgement import problems_csv
from functions.domain.check.organisations import OrganisationReading, read_organisations
from functions.domain.check.participation import ParticipationReading
from functions.domain.check.stream import text_lines
from functions.domain.check.upload import ExtractUpload, RefusedUpload, extract_upload
from schemas.catalogue import service_codes
from schemas.organisation import Organisation
from schemas.participation import ParticipationList
from schemas.service import RunKind, ServiceDocument
from schemas.supplier import suppliers

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"


def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An extract, plain or gzip.")],
    service: Annotated[str, typer.Option(help="The service's code, for instance QOF2324.")],
    report: Annotated[Path, typer.Option(file_okay=False, help="The folder for the report; made where it is missing.")],
    run_kind: Annotated[RunKind, typer.Option(help="What the file would be sent for.")] = RunKind.PAYMENT,
    supplier: Annotated[
        str | None, typer.Option(help="Your folder under extracts/: checks what you may send. Not checked, if none.")
    ] = None,
    *,
    organisations: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Who is known. Every code that looks like one, if none."),
    ] = None,
    participants: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The participation list; without it everybody takes part."),
    ] = None,
    received: Annotated[
        datetime | None, typer.Option(formats=[DAY, MOMENT], help="Check as if received then (UTC); now, if none.")
    ] = None,
) -> None:
    """Check an extract just as an upload is checked, and write the report that the upload would get.

    Writes report.json and problems.csv, and sends and stores nothing. The exit status is 0 when everything would be
    accepted, with warnings or without; 1 when something would be refused; and 2 when nothing would be read.
    """
    document = known_service(service)
    if file.exists() and not file.is_file():
        typer.echo(f"{file} is no file that can be read twice. Write it to a file first, and check that.", err=True)
        raise typer.Exit(NOTHING_READ)
    try:
        key, claim = _claim(file, document, run_kind, supplier)
        checked = check_file(
            path=file,
            key=key,
            claim=claim,
            document=document,
            given=_given(document, organisations, participants),
            received_at=received.replace(tzinfo=UTC) if received else datetime.now(tz=UTC),
        )
        written = _write(report, checked)
    except OSError as error:
        typer.echo(f"{error.filename or report}: {error.strerror or error}", err=True)
        raise typer.Exit(NOTHING_READ) from error
    for sentence in told(checked=checked, anybody=organisations is None):
        typer.echo(sentence)
    typer.echo(f"Wrote {' and '.join(map(str, written))}.")
    raise typer.Exit(exit_status(checked=checked))


def _claim(
    file: Path, document: ServiceDocument, run_kind: RunKind, supplier: str | None
) -> tuple[str, ExtractUpload | RefusedUpload]:
    """The key of the upload, the file's bare name where nobody is said to send it, and what it would say."""
    if supplier is None:
        return file.name, ExtractUpload(supplier="", service=document.code, run_kind=run_kind, name=file.name)
    key = f"extracts/{supplier}/{document.code}/{run_kind}/{file.name}"
    return key, extract_upload(key=key, suppliers=suppliers(), services=service_codes())


def _given(document: ServiceDocument, organisations: Path | None, participants: Path | None) -> Given:
    return Given(
        organisations=None if organisations is None else _organisations(document, organisations),
        participation=None if participants is None else _participation(document, participants),
    )


def _organisations(document: ServiceDocument, path: Path) -> list[Organisation]:
    """Those with a list at the day that the service asks for."""
    lines = text_lines(chunks=file_chunks(path))
    reading = read_organisations(file=path.name, lines=lines, suppliers=suppliers())
    _object(reading)
    return list(reading.at(day=document.parameters.practice_list.value).values())


def _participation(document: ServiceDocument, path: Path) -> ParticipationList | None:
    reading = read_participants(document, path)
    _object(reading)
    return listed(reading, document.code)


def _object(reading: OrganisationReading | ParticipationReading) -> None:
    """Say what is wrong with a file that the extract is held against; one that is refused ends the check."""
    for problem in reading.problems.listed:
        typer.echo(problem_line(problem), err=True)
    if not reading.readable:
        raise typer.Exit(NOTHING_READ)


def _write(folder: Path, checked: Checked) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    record, problems = folder / "report.json", folder / "problems.csv"
    for path, body in (
        (record, checked.told.model_dump_json(indent=2).encode() + b"\n"),
        (problems, problems_csv(problems=checked.problems)),
    ):
        with whole_file(path=path) as out:
            out.write(body)
    return record, problems
