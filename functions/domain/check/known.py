"""What the fast lane knows at a glance, by the bytes of a row: names, counts and times that were checked before."""

from collections.abc import Callable

from functions.domain.check.row import plain_number, submission_stamp
from functions.domain.grid import Grid

REMEMBERED = 2**14  # counts and times kept of each: a hostile file cannot fill the memory
PARTS_OF_TAIL = 6  # nothing, default, user, date, time, last submission
LONGEST_TAIL = 2**9  # bytes


class Unclear(Exception):  # noqa: N818  # an answer: these rows are read one by one
    """Something about these rows is not plainly right."""


class Known(dict[bytes, int]):
    """What each text means, worked out once. Looking up one that means nothing raises Unclear."""

    def __init__(self, *, meaning: Callable[[bytes], int | None]) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, text: bytes) -> int:
        found = self._meaning(text)
        if found is None:
            raise Unclear
        if len(self) == REMEMBERED:
            self.clear()
        self[text] = found
        return found


def counts() -> Known:
    """What the text of a value counts."""
    return Known(meaning=lambda text: plain_number(text.decode("ascii")))


def stamps() -> Known:
    """When a row was submitted, by what stands behind its value."""
    return Known(meaning=_stamp)


def labels(*, grid: Grid) -> dict[bytes, int]:
    """The slot of each indicator and field, as they stand in a row, each with its comma."""
    return {f"{slot.indicator},{slot.field},".encode(): number for number, slot in enumerate(grid.slots)}


def _stamp(tail: bytes) -> int | None:
    parts = tail.decode("ascii").split(",") if len(tail) <= LONGEST_TAIL else []
    return submission_stamp(parts[3], parts[4]) if len(parts) == PARTS_OF_TAIL else None
