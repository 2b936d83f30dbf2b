"""A benchmark's tables as Markdown, to be pasted into docs/performance.md as they are."""

from collections.abc import Iterator

from cqrs.table import Table


def markdown(*, table: Table) -> str:
    """The title in bold, then the table."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: Table) -> Iterator[str]:
    yield f"**{table.title}**"
    yield ""
    yield _line(table.columns)
    yield _line("---:" if column in table.figures else "---" for column in table.columns)
    yield from (_line(row.cells) for row in table.rows)


def _line(cells: "Iterator[str] | tuple[str, ...]") -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
