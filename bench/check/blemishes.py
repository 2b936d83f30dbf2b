"""Rows spoilt on purpose: one in a hundred, each with one mistake that a supplier could make."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from functions.domain.check.row import FIELD, INDICATOR, ORGANISATION, SERVICE, SUBMIT_DATE, VALUE
from schemas.problem import Code

Cells: TypeAlias = tuple[str, ...]
SPOILT_PRACTICES = 4  # one practice in so many has bad rows, so that there are practices to accept beside it
SPOILT_ROWS = 25  # one row in so many of theirs is bad: 4 % of a quarter of the practices


def _cell(column: int, change: Callable[[str], str]) -> Callable[[Cells], Cells]:
    return lambda row: (*row[:column], change(row[column]), *row[column + 1 :])


BLEMISHES: Sequence[tuple[Code, Callable[[Cells], Cells]]] = (
    (Code.ROW_NUMBER, _cell(VALUE, lambda value: f"{value}.0")),
    (Code.ROW_NUMBER, _cell(VALUE, lambda value: f"-{value}")),
    (Code.ROW_NUMBER, _cell(VALUE, lambda value: f"+{value}")),  # int() takes this one,
    (Code.ROW_NUMBER, _cell(VALUE, lambda value: f"1_{value}")),  # this one,
    (Code.ROW_NUMBER, _cell(VALUE, lambda _: "\N{ARABIC-INDIC DIGIT SEVEN}")),  # and this one
    (Code.ROW_NUMBER, _cell(VALUE, lambda _: "")),
    (Code.ROW_INDICATOR, _cell(INDICATOR, lambda code: f"{code}X")),
    (Code.ROW_FIELD, _cell(FIELD, lambda name: f"{name} (old)")),
    (Code.ROW_SERVICE, _cell(SERVICE, lambda _: "QOF1819")),
    (Code.ROW_SUBMITTED, _cell(SUBMIT_DATE, lambda _: "31/02/2024")),
    (Code.ROW_COLUMNS, lambda row: row[:-1]),
)


def spoilt(*, rows: Iterable[Cells], found: dict[int, str], refused: set[str]) -> Iterator[Cells]:
    """The rows with some of them spoilt. Notes the line and code of each in `found`, its practice in `refused`."""
    practices: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):  # line 1 is the header
        place = practices.setdefault(row[ORGANISATION], len(practices))
        if place % SPOILT_PRACTICES or line % SPOILT_ROWS:
            yield row
        else:
            code, spoil = BLEMISHES[len(found) % len(BLEMISHES)]
            found[line] = code
            refused.add(row[ORGANISATION])
            yield spoil(row)
