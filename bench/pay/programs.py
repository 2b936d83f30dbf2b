"""The programs that are measured: this engine by its command line, and each peer in an environment of its own."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.environments import PEERS, locked_version, peer_python
from bench.pay.layout import EXTRACT, ORGANISATIONS, PAYMENTS

ENGINE = "this engine"
DUCKDB, POLARS, PANDAS, OPENFISCA = "duckdb", "polars", "pandas", "openfisca"


@dataclass(frozen=True, slots=True)
class Program:
    """A program by its short name. `name` is what a table calls it; `words` begin its command."""

    key: str
    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, *, inputs: Path, out: Path) -> Sequence[str]:
        """The command that reads the files of `inputs` and writes payments.csv into the folder `out`."""
        if self.key != ENGINE:
            return (*self.words, str(inputs), str(out / PAYMENTS))
        files = ("--extract", str(inputs / EXTRACT), "--organisations", str(inputs / ORGANISATIONS))
        return (*self.words, *files, "--out", str(out), "--outputs", "payments")


def engine(*, service: str) -> Program:
    """`cqrs calculate`, as installed beside the Python that runs the benchmark. It checks every row."""
    console_script = str(Path(sys.executable).with_name("cqrs"))
    return Program(ENGINE, "this engine, every row checked", (console_script, "calculate", "--service", service))


def peer(*, key: str) -> Program:
    """A peer, its environment made where it is missing. Raises PeerMissing."""
    script, python = PEERS / key / "payments.py", peer_python(peer=key)
    environment = {"POLARS_MAX_THREADS": "2"} if key == POLARS else {}
    return Program(key, peer_name(key=key), (str(python), str(script)), environment)


def peer_name(*, key: str) -> str:
    """What a table calls a peer, with its version."""
    package, does = {
        DUCKDB: ("duckdb", "SQL, 2 threads"),
        POLARS: ("polars", "streaming, 2 threads"),
        PANDAS: ("pandas", "as an analyst writes it"),
        OPENFISCA: ("openfisca-core", "arithmetic only, rows read by csv.reader"),
    }[key]
    return f"{package} {locked_version(peer=key, package=package)}: {does}"
