"""`cqrs explain`, `cqrs replay` and `cqrs diff`: what a run came to and why, from its evidence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cqrs.held import CANNOT, Local, held_run
from cqrs.replayed import differing_beside
from cqrs.table_file import whole_file
from functions.code_version import code_version
from functions.domain.explain.difference import Split
from functions.domain.explain.movement import difference_csv, national_difference, practice_difference
from functions.domain.explain.page import page
from functions.domain.explain.rows import explanation_csv
from functions.domain.explain.told import difference_page, nation_page
from functions.explain.comparing import national_splits, practice_split
from functions.explain.reading import NotAsKept, NotInRun, RunEvidence
from functions.explain.replaying import replay_run
from functions.ports.objects import ObjectMissing
from schemas.explanation import Explanation

Run = Annotated[str, typer.Argument(help="A folder that `cqrs calculate` wrote, or the id of a deployed run.")]
explain_app = typer.Typer(
    help="Why a practice is paid what it is, whether a run can be made again, and what changed between two.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@explain_app.command()
def explain(
    practice: Annotated[str, typer.Argument(help="The practice's code.")],
    run: Annotated[str, typer.Option(help="A folder that `cqrs calculate` wrote, or the id of a deployed run.")],
    written: Annotated[Format, typer.Option("--format", help="A page, rows, or data.")] = Format.TEXT,
    *,
    local: Local = False,
) -> None:
    """Explain a practice's payment: every figure behind it, and where each comes from."""
    held = held_run(name=run, local=local)
    with _said():
        explained = held.explained(line=held.working_line(organisation=practice))
    typer.echo(_shown(explained, written), nl=False)


@explain_app.command()
def replay(run: Run, *, local: Local = False) -> None:
    """Calculate a run again from its frozen inputs, and compare it with what was kept, byte for byte.

    The exit status is 0 when it is reproduced, 1 when something differs, and 2 when evidence is missing.
    """
    held, folder = held_run(name=run, local=local), Path(run)
    with _said():
        beside = differing_beside(folder=folder, held=held) if folder.is_dir() else ()
        replayed = replay_run(held=held, code=code_version(), beside=beside)
    for sentence in replayed.sentences:
        typer.echo(sentence)
    raise typer.Exit(CANNOT if replayed.missing else int(not replayed.reproduced))


@explain_app.command()
def diff(
    run_a: Run,
    run_b: Run,
    practice: Annotated[str | None, typer.Option(help="One practice instead of the nation.")] = None,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="Write a row for each practice as CSV.")] = None,
    *,
    local: Local = False,
) -> None:
    """Say why the pounds changed from the first run to the second, in parts that add up to the penny."""
    before, after = held_run(name=run_a, local=local), held_run(name=run_b, local=local)
    with _said():
        splits = _splits(before, after, practice)
    if out is not None:
        with whole_file(path=out) as file:
            file.write(difference_csv(splits=splits))
    runs = {"before_run": before.id, "after_run": after.id}
    if practice is None:
        typer.echo(nation_page(difference=national_difference(splits=splits, **runs)), nl=False)
    else:
        typer.echo(difference_page(difference=practice_difference(split=splits[0], **runs)), nl=False)


def _splits(before: RunEvidence, after: RunEvidence, practice: str | None) -> Sequence[Split]:
    if practice is None:
        return tuple(national_splits(before=before, after=after))
    return (practice_split(before=before, after=after, organisation=practice),)


def _shown(explained: Explanation, written: Format) -> str:
    if written is Format.TEXT:
        return page(explanation=explained)
    if written is Format.CSV:
        return explanation_csv(explanation=explained).decode()
    return f"{explained.model_dump_json(indent=2)}\n"


@contextmanager
def _said() -> Iterator[None]:
    """What is not there, or is not what was kept, ends the command with a sentence."""
    try:
        yield
    except (NotInRun, NotAsKept) as found:
        typer.echo(str(found), err=True)
        raise typer.Exit(CANNOT) from found
    except ObjectMissing as missing:
        typer.echo(f"The evidence lacks {missing}.", err=True)
        raise typer.Exit(CANNOT) from missing
