"""Text in columns, for a page that is read in a plain letter of one width."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

WIDTH = 100


def table(*, heads: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> Iterator[str]:
    """A head, a rule and the rows; columns stand to the right but for those numbered in `left`."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    yield _row(heads, widths, left)
    yield "  ".join("-" * width for width in widths)
    for row in rows:
        yield _row(row, widths, left)


def paragraph(text: str, *, indent: int = 0, hang: int = 0) -> Iterator[str]:
    """Text in lines that are not wider than the page; lines after the first are indented by `hang` more."""
    first, later = " " * indent, " " * (indent + hang)
    yield from wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def heading(text: str) -> Iterator[str]:
    """A heading with a blank line before it and a rule beneath."""
    yield from ("", text, "=" * len(text), "")


def named(name: str, text: str, *, width: int = 13) -> Iterator[str]:
    """A name, and beside it what belongs to it in as many lines as it takes."""
    lines = wrap(text, WIDTH - width - 2, break_on_hyphens=False) or [""]
    yield f"{name:<{width}}  {lines[0]}"
    yield from (f"{'':<{width}}  {line}" for line in lines[1:])


def grouped(figure: str) -> str:
    """A figure with a comma at every thousand: 106806.77 is 106,806.77."""
    sign, whole = ("-", figure[1:]) if figure.startswith("-") else ("", figure)
    digits, point, decimals = whole.partition(".")
    return f"{sign}{int(digits):,}{point}{decimals}" if digits.isdigit() else figure


def day(moment: object) -> str:
    """A date as people write it: 31 March 2024."""
    return f"{moment:%d %B %Y}".lstrip("0")


def _row(cells: Sequence[str], widths: Sequence[int], left: Sequence[int]) -> str:
    placed = (
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(placed).rstrip()
