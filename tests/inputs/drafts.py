"""A practice's rows before they are a file: they can be spoilt, and each keeps what its report must then say."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from functions.domain.check.row import FIELD, INDICATOR, LAST, VALUE
from functions.domain.grid import Grid
from schemas.problem import Code

LAST_SUBMISSION = 11


class Planted(NamedTuple):
    """What a report must say of one problem, in the order of its columns."""

    line: int
    organisation: str
    indicator: str
    field: str
    value: str
    code: Code


@dataclass(eq=False, slots=True)
class Line:
    """A row, and the line on which it came to stand: 0 until the file is written."""

    cells: list[str]
    line: int = 0

    @property
    def counts(self) -> bool:
        """True where no later submission takes the place of the row."""
        return self.cells[LAST_SUBMISSION] == LAST


@dataclass(slots=True)
class Draft:
    """One practice's rows. `touched` are the slots that somebody has spoilt: nobody spoils them twice."""

    organisation: str
    grid: Grid
    lines: list[Line]
    touched: set[int] = field(default_factory=set)
    refused: bool = False
    expected: list[Callable[[], Iterable[Planted]]] = field(default_factory=list)

    def of(self, slot: int) -> list[Line]:
        """The rows of a slot."""
        place = [self.grid.slots[slot].indicator, self.grid.slots[slot].field]
        return [line for line in self.lines if line.cells[INDICATOR : FIELD + 1] == place]

    def singles(self) -> set[int]:
        """The slots with one row, which nobody has touched."""
        numbers = (self.grid.numbers.get(line.cells[INDICATOR], {}).get(line.cells[FIELD]) for line in self.lines)
        rows = Counter(number for number in numbers if number is not None)
        return {slot for slot, count in rows.items() if count == 1} - self.touched

    def count(self, slot: int) -> int:
        """What is counted for a slot with a single row."""
        return int(self.of(slot)[0].cells[VALUE])

    def say(self, slot: int, line: Line, value: str, code: Code) -> None:
        """Have the report say this of a slot at a line, wherever that will be."""
        place = self.grid.slots[slot]
        self.expected.append(lambda: [Planted(line.line, self.organisation, place.indicator, place.field, value, code)])

    def behind(self, line: Line, cells: Sequence[str], steps: int) -> Line:
        """Send another row, some steps behind a line."""
        added = Line(list(cells))
        self.lines.insert(self.lines.index(line) + 1 + steps, added)
        return added


def number_lines(lines: Iterable[Line]) -> None:
    """Say on which line each row stands, behind a header."""
    for number, line in enumerate(lines, start=2):
        line.line = number


def said(drafts: Iterable[Draft]) -> Iterator[Planted]:
    """Everything that the report must say, once the lines are known."""
    for draft in drafts:
        for expected in draft.expected:
            yield from expected()
