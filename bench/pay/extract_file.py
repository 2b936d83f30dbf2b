"""Writing the nation that every program reads: organisations.csv and one extract.csv of all practices."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from bench.pay.layout import EXTRACT, ORGANISATIONS
from bench.pay.submissions import Cells, own_times
from cqrs.nation import Nation
from cqrs.progress import Advance
from cqrs.sample_rows import extract_rows, organisation_row
from cqrs.table_file import write_table
from functions.domain.check.organisations import ORGANISATION_COLUMNS
from functions.domain.check.row import COLUMNS
from functions.domain.grid import Grid

INDICATOR, FIELD = COLUMNS.index("IND_CODE"), COLUMNS.index("FIELD_NAME")
LACKING = 20  # one in so many of the rows that a practice may lack, where rows are left out


def write_nation(*, folder: Path, made: Nation, seed: int, hostile: bool, advance: Advance) -> None:
    """Write both files. The rows stand practice by practice, or `hostile`: some are left out and all are shuffled."""
    organisations = (organisation_row(document=made.document, practice=practice) for practice in made.practices)
    write_table(path=folder / ORGANISATIONS, columns=ORGANISATION_COLUMNS, rows=organisations)
    rows: Iterable[Cells] = extract_rows(made=made, practices=made.practices, advance=advance)
    rows = own_times(rows=rows, seed=seed)
    if hostile:
        rows = _shuffled(_lacking(rows, made.grid, seed), seed)
    write_table(path=folder / EXTRACT, columns=COLUMNS, rows=rows)


def _lacking(rows: Iterable[Cells], grid: Grid, seed: int) -> Iterator[Cells]:
    """Without one in twenty of the rows that no result needs, each practice lacking others."""
    chance = Random(seed)  # noqa: S311  # a sample to repeat, not a secret to keep
    optional = {(slot.indicator, slot.field) for slot in grid.slots if not slot.required}
    for row in rows:
        if (row[INDICATOR], row[FIELD]) not in optional or chance.randrange(LACKING):
            yield row


def _shuffled(rows: Iterable[Cells], seed: int) -> list[Cells]:
    found = list(rows)
    Random(seed).shuffle(found)  # noqa: S311  # a sample to repeat, not a secret to keep
    return found
