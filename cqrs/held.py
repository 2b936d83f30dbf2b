"""Finding a run's evidence: in a folder that `cqrs calculate` wrote, or in the deployed stack."""

import re
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cqrs.folder_objects import FolderObjects
from cqrs.results import FOLDER, LATEST
from functions.explain.reading import RunEvidence
from functions.ports.objects import Objects
from schemas.run import Run

CANNOT = 2  # the exit status where there is nothing to work on
Local = Annotated[bool, typer.Option("--local", help="On the local AWS instead of the account of your credentials.")]


def held_run(*, name: str, local: bool) -> RunEvidence:
    """The evidence of a run, given as a folder or as the id of a deployed one. Ends the command where there is none."""
    folder = Path(name)
    if folder.is_dir():
        return _in_folder(folder)
    if not re.fullmatch("[0-9a-f]{32}", name):
        _end(f"{name} is neither a folder nor the id of a run, which is 32 hexadecimal digits.")
    return RunEvidence(id=name, evidence=_deployed(local=local))


def _in_folder(folder: Path) -> RunEvidence:
    latest = folder / LATEST
    if not latest.is_file():
        _end(f"{folder} holds no run: calculate into it with `cqrs calculate`, every output.")
    try:
        run = Run.model_validate_json(latest.read_bytes()).id
    except ValueError:
        _end(f"{latest} cannot be read; it is not what `cqrs calculate` wrote. Calculate into the folder again.")
    return RunEvidence(id=run, evidence=FolderObjects(folder=folder / FOLDER))


def _deployed(*, local: bool) -> Objects:
    from cqrs.located import located_stack  # noqa: PLC0415  # boto3 takes most of a second to import
    from functions.adapters.s3_objects import S3Objects  # noqa: PLC0415  # as above

    stack = located_stack(local=local)
    return S3Objects(client=stack.client("s3"), bucket=stack.outputs["EvidenceBucket"])


def _end(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(CANNOT)
