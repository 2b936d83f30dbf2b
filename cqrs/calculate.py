"""`cqrs calculate`: from extracts to points, payments and their working, without any AWS."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cqrs.chosen import OwnDocument, chosen_service
from cqrs.decided import read_decided
from cqrs.input_files import Inputs, read_inputs
from cqrs.practices import Gathered, gather_practices
from cqrs.progress import progress_bar
from cqrs.results import (
    FOLDER,
    LATEST,
    PAYMENT_COLUMNS,
    POINT_COLUMNS,
    WORKING_COLUMNS,
    Calculated,
    calculate_practices,
    payment_rows,
    point_rows,
    working_rows,
)
from cqrs.table_file import whole_file, write_table
from cqrs.verdict import NOTHING_CALCULATED, exit_status, objections, summary
from functions.domain.calculate.deciding import Decided
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.check.acknowledgement import problems_csv
from functions.domain.check.organisations import compact_date
from schemas.service import ServiceDocument


class Outputs(StrEnum):
    """Which files to write."""

    PAYMENTS = "payments"
    ALL = "all"


def calculate(
    extract: Annotated[
        list[Path],
        typer.Option(exists=True, dir_okay=False, help="An extract, plain or gzip; repeat the option for each file."),
    ],
    organisations: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The organisations, with the list of each.")
    ],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder to write to; made where it is missing.")],
    *,
    service: Annotated[str | None, typer.Option(help="The service's code, for instance QOF2324.")] = None,
    document: OwnDocument = None,
    decisions: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Decisions that fix points, with their reasons.")
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The points.csv of the year whose points this one protects."),
    ] = None,
    outputs: Annotated[Outputs, typer.Option(help="Write payments.csv alone, or every file.")] = Outputs.ALL,
    participants: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The participation list; without it everybody takes part."),
    ] = None,
) -> None:
    """Calculate points, payments and their working from extracts of one achievement date.

    Writes points.csv, payments.csv, working.csv and problems.csv, and beside them the evidence of the run, from which
    `cqrs explain`, `cqrs replay` and `cqrs diff` read. The exit status is 0 when every practice was
    calculated, 1 when some were left out, and 2 when nothing could be calculated.
    """
    chosen = chosen_service(code=service, path=document)
    rules = service_rules(document=chosen)
    try:
        inputs = read_inputs(
            document=chosen,
            grid=rules.grid,
            organisations=organisations,
            participants=participants,
            extracts=extract,
        )
        gathered = gather_practices(document=chosen, grid=rules.grid, inputs=inputs)
        day = compact_date(gathered.achievement_date)
        decided = read_decided(document=chosen, achievement_date=day, decisions=decisions, earlier=earlier)
        gathered = gathered.decided_by(decided)
        calculated = calculate_practices(
            rules=rules, achievement_date=gathered.achievement_date, practices=gathered.practices
        )
        written = _write(out, outputs, gathered, calculated)
        if outputs is Outputs.ALL:
            written.append(_keep(out, chosen, rules, inputs, gathered, extract, decided=decided))
    except OSError as error:
        typer.echo(f"{error.filename or out}: {error.strerror or error}", err=True)
        raise typer.Exit(NOTHING_CALCULATED) from error
    for sentence in objections(inputs=inputs, gathered=gathered):
        typer.echo(sentence, err=True)
    typer.echo(summary(gathered=gathered, calculated=calculated, written=written))
    raise typer.Exit(exit_status(inputs=inputs, gathered=gathered))


def _write(out: Path, outputs: Outputs, gathered: Gathered, calculated: Calculated) -> list[Path]:
    """Write the files and name them. Where nothing was calculated they hold headers only: no older result stays, nor
    does one of another run beside the payments of this one.
    """
    out.mkdir(parents=True, exist_ok=True)
    payments, points, working, problems = (
        out / f"{name}.csv" for name in ("payments", "points", "working", "problems")
    )
    write_table(path=payments, columns=PAYMENT_COLUMNS, rows=payment_rows(calculated=calculated))
    if outputs is Outputs.PAYMENTS:
        for older in (points, working, problems, out / LATEST):
            older.unlink(missing_ok=True)
        return [payments]
    write_table(path=points, columns=POINT_COLUMNS, rows=point_rows(calculated=calculated))
    with progress_bar(what="Writing the working", total=len(calculated.practices)) as advance:
        rows = working_rows(calculated=calculated, advance=advance)
        write_table(path=working, columns=WORKING_COLUMNS, rows=rows)
    with whole_file(path=problems) as file:
        file.write(problems_csv(problems=gathered.problems))
    return [payments, points, working, problems]


def _keep(
    out: Path,
    document: ServiceDocument,
    rules: Rules,
    inputs: Inputs,
    gathered: Gathered,
    extracts: list[Path],
    *,
    decided: Decided,
) -> Path:
    """Keep the run's evidence, and name its folder."""
    from cqrs.evidence import keep_evidence  # noqa: PLC0415  # payments alone are not to wait for it

    keep_evidence(
        out=out,
        document=document,
        rules=rules,
        inputs=inputs,
        gathered=gathered,
        extracts=extracts,
        decided=decided,
        frozen_at=datetime.now(tz=UTC),
    )
    return out / FOLDER
