"""Mistakes planted in an extract: those of single rows, and those that only other rows or lists show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from bench.check.blemishes import BLEMISHES, SPOILT_PRACTICES, SPOILT_ROWS, Cells
from functions.domain.check.row import COLUMNS, DATE, FIELD, ORGANISATION, VALUE
from schemas.problem import Code

LAST_SUBMISSION = COLUMNS.index("LAST_SUBMISSION")
STRANGE_LETTERS = "TUVWXZ"  # no practice of the sample, and none in England, has a code that begins so
STRANGE_CODES = 100_000  # of each letter
ANOTHER_DATE = "20230331"  # the service expects it of nobody
ABOVE = "999999"  # more patients than any list of the sample counts
Change: TypeAlias = Callable[[Cells, int], tuple[Cells, ...]]  # from a row and its line to the rows to write


class Plant(NamedTuple):
    """A line, counted as a report counts, the code that it is to be reported with, and whose row it was."""

    line: int
    code: str
    organisation: str


class Planter:
    """Spoils one row in a hundred, and notes each in `plants`.

    They stand in one practice of four, or `everywhere`: then no practice is without one.
    """

    def __init__(self, *, everywhere: bool) -> None:
        self.plants: list[Plant] = []
        self.line = 1  # the last that was written: the header
        self._practices = 1 if everywhere else SPOILT_PRACTICES
        self._rows = SPOILT_ROWS * SPOILT_PRACTICES // self._practices
        self._dated: set[str] = set()  # practices with a row of another date, which is reported once of each

    def spoilt(self, *, rows: Iterable[Cells]) -> Iterator[Cells]:
        """The rows with some of them spoilt. Some mistakes take one row more."""
        places: dict[str, int] = {}
        for number, row in enumerate(rows):
            place = places.setdefault(row[ORGANISATION], len(places))
            written: tuple[Cells, ...] = (row,)
            if not (place % self._practices or number % self._rows):
                code, change = self._mistake(row)
                written = change(row, self.line + 1)
                self.plants.append(Plant(self.line + len(written), code, row[ORGANISATION]))
            self.line += len(written)
            yield from written

    def _mistake(self, row: Cells) -> tuple[Code, Change]:
        """A mistake that can be made in this row: of a flag or a numerator its own, else the next in turn."""
        counts = row[LAST_SUBMISSION] == "Y"  # what a superseded value was matters to nobody
        if row[FIELD] == "Yes/No Flag":
            return FLAG
        if counts and row[FIELD] == "Numerator":
            return NUMERATOR
        turn = len(self.plants) % len(MISTAKES)
        in_turn = (*MISTAKES[turn:], *MISTAKES[:turn])
        return next(mistake for mistake in in_turn if self._possible(mistake[0], row[ORGANISATION], counts=counts))

    def _possible(self, code: Code, organisation: str, *, counts: bool) -> bool:
        if code is Code.PRACTICE_DATE:
            seen = organisation in self._dated
            self._dated.add(organisation)
            return not seen
        return counts or code not in OF_WHAT_COUNTS


def _cell(column: int, change: Callable[[str], str]) -> Change:
    return lambda row, _: ((*row[:column], change(row[column]), *row[column + 1 :]),)


def _of_a_row(spoil: Callable[[Cells], Cells]) -> Change:
    return lambda row, _: (spoil(row),)


def _strange(row: Cells, line: int) -> tuple[Cells, ...]:
    code = f"{STRANGE_LETTERS[line // STRANGE_CODES]}{line % STRANGE_CODES:05d}"
    return ((*row[:ORGANISATION], code, *row[ORGANISATION + 1 :]),)


def _contradicted(row: Cells, _: int) -> tuple[Cells, ...]:
    return row, (*row[:VALUE], str(int(row[VALUE]) + 1), *row[VALUE + 1 :])


FLAG: tuple[Code, Change] = (Code.ROW_FLAG, _cell(VALUE, lambda _: "2"))
NUMERATOR: tuple[Code, Change] = (Code.PRACTICE_NUMERATOR, _cell(VALUE, lambda _: ABOVE))
OF_WHAT_COUNTS = frozenset({Code.WARNING_DUPLICATE, Code.PRACTICE_CONFLICT})
MISTAKES: Sequence[tuple[Code, Change]] = (
    *((code, _of_a_row(spoil)) for code, spoil in BLEMISHES),
    (Code.PRACTICE_UNKNOWN, _strange),
    (Code.PRACTICE_DATE, _cell(DATE, lambda _: ANOTHER_DATE)),
    (Code.WARNING_DUPLICATE, lambda row, _: (row, row)),
    (Code.PRACTICE_CONFLICT, _contradicted),
)
