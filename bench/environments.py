"""The environment of each peer: locked with hashes, of its own, made on first use and anew when its lock changes."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from uv import find_uv_bin

from bench.kept import KEPT

PEERS = Path(__file__).parent / "peers"
LOCK = "requirements.lock"
Found = TypeVar("Found")


class PeerMissing(Exception):  # noqa: N818  # says what is the matter; a benchmark goes on without the peer
    """The environment of a peer cannot be made here."""


def peer_python(*, peer: str, kept: Path = KEPT) -> Path:
    """The Python of a peer's environment, of the same version as this one. Raises PeerMissing."""
    folder, lock = kept / peer, PEERS / peer / LOCK
    python, mark = folder / "bin" / "python", folder / "made-from"
    wanted = sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if not mark.exists() or mark.read_text(encoding="ascii") != wanted:
        _uv("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _uv("pip", "install", "--quiet", "--python", str(python), "--require-hashes", "--requirements", str(lock))
        mark.write_text(wanted, encoding="ascii")
    return python


def runnable(*, keys: Iterable[str], peer: Callable[[str], Found]) -> tuple[list[Found], Mapping[str, str]]:
    """The peers that can run here, found by `peer`, and why each of the others cannot."""
    found, missing = list[Found](), dict[str, str]()
    for key in keys:
        try:
            found.append(peer(key))
        except PeerMissing as error:
            missing[key] = str(error)
    return found, missing


def locked_version(*, peer: str, package: str) -> str:
    """The version of a package in a peer's lock: `2.0.0`."""
    lines = (PEERS / peer / LOCK).read_text(encoding="ascii").splitlines()
    return next(line.split()[0].partition("==")[2] for line in lines if line.startswith(f"{package}=="))


def _uv(*words: str) -> None:
    done = subprocess.run([find_uv_bin(), *words], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-1:] or ["uv said nothing"]
        raise PeerMissing(f"its environment cannot be made: {said[0]}")
