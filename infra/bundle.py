"""What the functions are made of, as folders: their code, and the layer of third-party packages beneath it.

A folder is named by a hash of its sources and reused, so that only the first build needs the network. Modules are
compiled beforehand where an interpreter of the target's version is at hand, because a function cannot write beside
its code and would compile at every cold start: imports are four to six times slower without.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from infra.stage import Stage

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
LOCK = ROOT / "requirements" / "functions.lock"
CODE_PACKAGES = ("functions", "schemas")
CODE_SUFFIXES = (".py", ".toml")
LEFT_OUT = ("bin", "numpy/**/tests")  # of the layer: scripts for a shell that is not there, tests that nobody runs
AWS_PYTHON = "3.13"
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Bundle:
    """A folder ready to be an asset, and the digest of what it was made from."""

    folder: Path
    digest: str


def code_sources(root: Path = ROOT) -> list[Path]:
    """The files that go into the code bundle, in a fixed order."""
    return sorted(path for name in CODE_PACKAGES for path in (root / name).rglob("*") if path.suffix in CODE_SUFFIXES)


def digest(paths: Iterable[Path], *, root: Path, also: Iterable[str] = ()) -> str:
    """A digest of files, by name and content, and of further settings."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for setting in also:
        total.update(f"{setting}\0".encode())
    return total.hexdigest()


def code_bundle(stage: Stage, *, root: Path = ROOT, build: Path = BUILD) -> Bundle:
    """`functions` and `schemas` without tests; its digest is the same for every stage."""
    sources = code_sources(root)
    key = digest(sources, root=root)

    def fill(folder: Path) -> None:
        for source in sources:
            target = folder / source.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        _compile(folder, stage, seen_as="/var/task")

    return Bundle(_built(build / folder_name("code", stage, key), fill), key)


def layer_digest(stage: Stage, *, lock: Path = LOCK) -> str:
    """What names a layer: the lock, what is left out of it, and the platform and Python that it is for."""
    target = stage.layer_platform or f"{sys.platform}-{platform.machine()}"
    return digest([lock], root=lock.parent, also=[target, _python(stage), *LEFT_OUT])


def layer_bundle(stage: Stage, *, lock: Path = LOCK, build: Path = BUILD) -> Bundle:
    """The locked packages for the stage's processor and Python; wheels only, nothing is compiled from source.

    Raises subprocess.CalledProcessError when the layer is not built yet and the packages cannot be had.
    """
    key = layer_digest(stage, lock=lock)

    def fill(folder: Path) -> None:
        _install(folder / "python", stage, lock)
        _compile(folder, stage, seen_as="/opt")

    return Bundle(_built(build / folder_name("layer", stage, key), fill), key)


def folder_name(kind: str, stage: Stage, key: str) -> str:
    """What a bundle's folder is called."""
    return f"{kind}-{stage.name}-{key[:16]}"


def _built(folder: Path, fill: Callable[[Path], None]) -> Path:
    """The folder, filled once: it appears under its name only when complete."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
        try:
            fill(draft)
            draft.rename(folder)
        except OSError:
            if not folder.exists():  # else somebody else built it meanwhile
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _install(target: Path, stage: Stage, lock: Path) -> None:
    which = ["--python", sys.executable]
    if stage.layer_platform:
        which = ["--python-platform", stage.layer_platform, "--python-version", AWS_PYTHON]
    subprocess.run(  # noqa: S603 - every word of it is ours
        [
            *(sys.executable, "-m", "uv", "pip", "install", "--quiet"),
            *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *which,
            *("--target", str(target), "-r", str(lock)),
        ],
        check=True,
    )
    for pattern in LEFT_OUT:
        for folder in tuple(target.glob(pattern)):
            shutil.rmtree(folder, ignore_errors=True)  # it may have gone with the one around it


def _python(stage: Stage) -> str:
    return AWS_PYTHON if stage.layer_platform else THIS_PYTHON


def _compile(folder: Path, stage: Stage, *, seen_as: str) -> None:
    interpreter = _interpreter(_python(stage))
    if interpreter is None:
        return
    subprocess.run(  # noqa: S603 - every word of it is ours
        [
            *(interpreter, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"),
            *("-s", str(folder), "-p", seen_as, str(folder)),
        ],
        check=True,
    )


def _interpreter(version: str) -> str | None:
    """An interpreter of that version if this machine has one: magic numbers differ between versions."""
    if version == THIS_PYTHON:
        return sys.executable
    found = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, "-m", "uv", "python", "find", "--no-python-downloads", version],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "UV_OFFLINE": "1"},
    )
    return found.stdout.strip() or None
