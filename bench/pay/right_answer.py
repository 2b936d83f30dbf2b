"""What every practice should get, by the oracle in exact fractions, which shares nothing with any contender."""

from multiprocessing import get_context
from pathlib import Path

from bench.pay.layout import EXTRACT, ORGANISATIONS, RIGHT
from cqrs.table_file import write_table
from tests.oracle import calculation, definition, files

COLUMNS = ("ORG_CODE", "POINTS", "MAX_POINTS", "AMOUNT")


def write_right_answer(*, folder: Path, service: str) -> None:
    """Write right.csv, in a process of its own: the oracle holds every row in memory, and gives it back so."""
    process = get_context("spawn").Process(target=_write, args=(folder, service))
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"The oracle stopped with exit status {process.exitcode}.")


def _write(folder: Path, service: str) -> None:
    values = files.values([folder / EXTRACT])
    lists = files.lists(folder / ORGANISATIONS)
    found = calculation.expected(definition.definition(service), values, lists)
    rows = (
        (code, *(str(figure) for figure in (right.points, right.available, right.amount)))
        for code, right in sorted(found.items())
    )
    write_table(path=folder / RIGHT, columns=COLUMNS, rows=rows)
