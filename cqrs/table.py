"""Tables on the command line: drawn for a person at a terminal, tab-separated for anything that reads them."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as DrawnTable
from rich.text import Text


class Row(NamedTuple):
    """The cells of one line; `marked` where a reader should look twice."""

    cells: tuple[str, ...]
    marked: bool = False


class Table(NamedTuple):
    """A titled table (the title may be empty). `figures` are the columns of numbers, aligned to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: frozenset[str] = frozenset()


def print_table(*, console: Console, table: Table) -> None:
    """Print a table, and an empty line after it when it has a title."""
    if console.is_terminal:
        console.print(_drawn(table))
    else:
        console.file.write("".join(f"{line}\n" for line in _plain(table)))


def _drawn(table: Table) -> DrawnTable:
    drawn = DrawnTable(title=table.title or None, title_justify="left", box=SIMPLE_HEAD)
    for column in table.columns:
        drawn.add_column(column, justify="right" if column in table.figures else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(cell) for cell in row.cells), style="yellow" if row.marked else None)
    return drawn


def _plain(table: Table) -> Iterator[str]:
    if table.title:
        yield f"# {table.title}"
    yield "\t".join(table.columns)
    for row in table.rows:
        yield "\t".join(row.cells)
    if table.title:
        yield ""
