"""Writing what every program of the checking benchmark reads: an extract with mistakes in it, its lists, its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.check.extract import EXTRACT, ORGANISATIONS
from bench.check.plants import Plant, Planter
from bench.check.rules_file import write_rules
from cqrs.nation import Nation
from cqrs.progress import Advance
from cqrs.sample_rows import extract_rows
from cqrs.table_file import write_table
from functions.domain.check.row import COLUMNS


@dataclass(frozen=True, slots=True)
class Planted:
    """How many rows an extract has below its header, and everything that is wrong with them."""

    rows: int
    plants: Sequence[Plant]


def write_planted(*, folder: Path, made: Nation, everywhere: bool, advance: Advance) -> Planted:
    """Write a nation's extract with one row in a hundred bad, and say what is wrong with it."""
    folder.mkdir()
    (folder / ORGANISATIONS).write_text("\n".join(practice.code for practice in made.practices), encoding="ascii")
    write_rules(folder=folder)
    planter = Planter(everywhere=everywhere)
    rows = extract_rows(made=made, practices=made.practices, advance=advance)
    write_table(path=folder / EXTRACT, columns=COLUMNS, rows=planter.spoilt(rows=rows))
    return Planted(rows=planter.line - 1, plants=planter.plants)
