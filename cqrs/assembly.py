"""The cloud assembly of a stage: synthesised once for a state of its sources, and kept under `.build`."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.bundle import BUILD, LOCK, ROOT, code_bundle, code_sources, digest, layer_bundle
from infra.stage import STAGES, Name

KEY_FILE = "sources.sha256"
TOOLS = ("aws-cdk-lib", "cdk-nag", "constructs")

assembly_app = typer.Typer(help="The cloud assembly: what is deployed, locally and to AWS.")
console = Console()


class SynthesisError(Exception):
    """The stack could not be synthesised; the message is what the synthesis printed."""


def assembly(stage: Name, *, build: Path = BUILD) -> Path:
    """The folder of the stage's cloud assembly, synthesised now if its sources have changed.

    Needs no credentials, and no network once `build_layers` has run. Raises SynthesisError.
    """
    folder = build / f"assembly-{stage}"
    key = _key(stage)
    with _alone(build / f"assembly-{stage}.lock"):
        if not _is_fresh(folder, key):
            _synthesise(stage, folder, key)
    return folder


def build_bundles(*, build: Path = BUILD) -> list[Path]:
    """The code and the layer of every stage: the one step of set-up that fetches packages."""
    return [
        bundle.folder
        for stage in STAGES.values()
        for bundle in (layer_bundle(stage, build=build), code_bundle(stage, build=build))
    ]


def _key(stage: Name) -> str:
    sources = [*sorted((ROOT / "infra").rglob("*.py")), *code_sources(), LOCK, ROOT / "cdk.json"]
    return digest(sources, root=ROOT, also=[stage, sys.version, *(f"{tool} {version(tool)}" for tool in TOOLS)])


def _is_fresh(folder: Path, key: str) -> bool:
    mark = folder / KEY_FILE
    return mark.exists() and mark.read_text(encoding="ascii") == key


def _synthesise(stage: Name, folder: Path, key: str) -> None:
    draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        done = subprocess.run(  # noqa: S603 - every word of it is ours
            [sys.executable, "-m", "infra.app", "--stage", stage, "--out", str(draft)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SynthesisError(f"{done.stdout}\n{done.stderr}")
        (draft / KEY_FILE).write_text(key, encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        draft.chmod(0o755)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time: test workers would otherwise synthesise the same stage side by side."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@assembly_app.command()
def bundle() -> None:
    """Build what the functions are made of; this fetches packages, nothing after it does."""
    for folder in build_bundles():
        console.print(str(folder), soft_wrap=True)


@assembly_app.command()
def synth(
    stage: Annotated[list[str] | None, typer.Option(help="local or aws; both when left out.")] = None,
) -> None:
    """Synthesise the cloud assembly, if its sources have changed since the last time."""
    unknown = sorted({*(stage or ())} - STAGES.keys())
    if unknown:
        typer.echo(f"There is no stage {', '.join(unknown)}; there are {', '.join(STAGES)}.", err=True)
        raise typer.Exit(2)
    for name in stage or STAGES:
        console.print(str(assembly(STAGES[name].name)), soft_wrap=True)
