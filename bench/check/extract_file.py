"""Writing the extract, in the real layout, and saying what reading it must come to."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.check.blemishes import Cells, spoilt
from bench.check.extract import EXTRACT, ORGANISATIONS, Reading
from cqrs.counts import PracticeCounts
from cqrs.nation import Nation
from cqrs.sample_rows import extract_rows
from cqrs.table_file import write_table
from functions.domain.check.row import COLUMNS


def write_extract(*, folder: Path, made: Nation, bad: bool) -> Reading:
    """Write a nation's extract, with bad rows if asked, and say what reading it must come to."""
    folder.mkdir()
    (folder / ORGANISATIONS).write_text("\n".join(practice.code for practice in made.practices), encoding="ascii")
    rows: Iterable[Cells] = extract_rows(made=made, practices=made.practices, advance=lambda _: None)
    planted: dict[int, str] = {}
    refused: set[str] = set()
    counted = _Counted(spoilt(rows=rows, found=planted, refused=refused) if bad else rows)
    write_table(path=folder / EXTRACT, columns=COLUMNS, rows=counted)
    values = {
        practice.code: PracticeCounts(made=made, practice=practice).by_slot()
        for practice in made.practices
        if practice.code not in refused
    }
    return Reading(rows=counted.rows, refused=planted, values=values)


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Cells]) -> None:
        self._source = rows
        self.rows = 0

    def __iter__(self) -> Iterator[Cells]:
        for row in self._source:
            self.rows += 1
            yield row
