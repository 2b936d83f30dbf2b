"""The programs that check: this checker, and each peer in an environment of its own."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.environments import PEERS, locked_version, peer_python

HERE = Path(__file__).parent
ENGINE = "this checker"
DVE, FRICTIONLESS, PANDERA = "dve", "frictionless", "pandera"


@dataclass(frozen=True, slots=True)
class Program:
    """A program by its short name: what a table calls it, its Python, and the file that `stopwatch.py` runs."""

    key: str
    name: str
    python: Path
    contender: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, *, inputs: Path, out: Path) -> Sequence[str]:
        """The command that checks the extract in `inputs` and writes its report into the folder `out`."""
        # -P: the modules beside stopwatch.py are none of the peers'
        return (str(self.python), "-P", *map(str, (HERE / "stopwatch.py", self.contender, inputs, out)))


def engine() -> Program:
    """Our own checker, by the Python that runs the benchmark."""
    environment = {"PYTHONPATH": str(HERE.parents[1])}
    return Program(ENGINE, "this checker", Path(sys.executable), HERE / "checker.py", environment)


def peer(*, key: str) -> Program:
    """A peer, its environment made where it is missing. Raises PeerMissing."""
    environment = {} if key == FRICTIONLESS else {"POLARS_MAX_THREADS": "2"}
    return Program(key, peer_name(key=key), peer_python(peer=key), PEERS / key / "checking.py", environment)


def peer_name(*, key: str) -> str:
    """What a table calls a peer, with its version."""
    package, does = {
        DVE: ("data-validation-engine", "NHS England's, on duckdb"),
        FRICTIONLESS: ("frictionless", "a table schema"),
        PANDERA: ("pandera", "on polars, the whole file in memory"),
    }[key]
    return f"{package} {locked_version(peer=key, package=package)}: {does}"
