"""The nation of a benchmark: made once, kept under .build/bench, and made anew when what makes it changes."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from types import ModuleType

import schemas
import tests.oracle
from bench.kept import KEPT
from bench.pay import extract_file, right_answer, rules_file, submissions
from bench.pay.extract_file import write_nation
from bench.pay.right_answer import write_right_answer
from bench.pay.rules_file import write_rules
from cqrs import counts, sample_rows, table_file, ties
from cqrs import nation as nations
from cqrs.progress import progress_bar
from functions.domain import grid
from functions.domain.check import organisations, row
from schemas.catalogue import service_document

SERVICE, SEED = "QOF2324", 2324
MAKERS: tuple[ModuleType, ...] = (
    *(counts, nations, sample_rows, table_file, ties, grid, organisations, row),
    *(extract_file, right_answer, rules_file, submissions),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which nation: how many practices, of which seed, with its rows in order or `hostile`."""

    practices: int
    seed: int = SEED
    hostile: bool = False

    @property
    def front(self) -> str:
        """What the names of this nation begin with, however it was made."""
        return f"nation-{self.practices}-{self.seed}-{'hostile' if self.hostile else 'ordered'}-"

    @property
    def name(self) -> str:
        """A name that changes with every line of what makes the nation, judges it, or states its rules."""
        return f"{self.front}{_makers_digest()[:12]}"


def nation_folder(*, wanted: Wanted, kept: Path = KEPT) -> Path:
    """The folder of a nation, complete: extract, organisations, rules, parameters and the right answer.

    Of an older making nothing stays: a nation fills 400 MB.
    """
    folder = kept / wanted.name
    if not folder.exists():
        part = kept / f".{wanted.name}.part"
        for old in (part, *kept.glob(f"{wanted.front}*")):
            rmtree(old, ignore_errors=True)
        part.mkdir(parents=True)
        _make(part, wanted)
        part.rename(folder)
    return folder


def _make(folder: Path, wanted: Wanted) -> None:
    document = service_document(SERVICE)
    made = nations.nation(document=document, practices=wanted.practices, seed=wanted.seed)
    write_rules(folder=folder, document=document)
    with progress_bar(what="Making the nation, once", total=wanted.practices) as advance:
        write_nation(folder=folder, made=made, seed=wanted.seed, hostile=wanted.hostile, advance=advance)
    write_right_answer(folder=folder, service=SERVICE)


def _makers_digest() -> str:
    files = [Path(module.__file__) for module in MAKERS if module.__file__]
    files += Path(tests.oracle.__path__[0]).glob("*.py")
    files.append(Path(schemas.__path__[0]) / "services" / f"{SERVICE}.toml")
    return sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()
