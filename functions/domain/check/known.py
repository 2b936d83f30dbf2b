"""What the fast lane knows at a glance, by the bytes of a row: names, counts and times that were checked before."""

import csv
from collections.abc import Callable

from functions.domain.check.personal import holds_a_number, names_a_person
from functions.domain.check.row import plain_number, submission_stamp
from functions.domain.grid import Grid

REMEMBERED = 2**14  # counts and times kept of each: a hostile file cannot fill the memory
BEHIND_FRONT = 3  # commas behind the first four columns of a row, up to the end of its value
PARTS_OF_TAIL = 5  # default, user, date, time, last submission
LONGEST_TAIL = 2**9  # bytes
PIECE = 2**14  # bytes of a text that are looked at together, up to a line break


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


def plain(text: bytes) -> bool:
    """True where a row is simply a line and a column simply a word: ASCII without quotes or lone carriage returns."""
    if b'"' in text or not text.isascii():
        return False
    return b"\r" not in text or text.count(b"\r") == text.count(b"\r\n") + text.endswith(b"\r")


def end_of_lines(text: bytes, *, end: int) -> int:
    """Up to where, before `end`, each line of a text is a row by itself; at a line break where that is not the end."""
    if b"\r" in text and text.count(b"\r", 0, end) != text.count(b"\r\n", 0, end + 1):
        return 0  # csv ends a row at a carriage return alone
    if not text.isascii():
        end = _end_of_text(text, end)
    quote = text.find(b'"', 0, end)
    while quote >= 0:
        start, stop = text.rfind(b"\n", 0, quote), text.find(b"\n", quote, end)
        line = text[start + 1 : stop if stop >= 0 else end]
        try:
            columns_of(line)
        except csv.Error:
            return start
        quote = text.find(b'"', start + 1 + len(line), end)
    return end


def _end_of_text(text: bytes, end: int) -> int:
    """Up to where a text is UTF-8, at a line break where that is not the end. ASCII, which nearly all of it is, is not
    decoded for that.
    """
    start = 0
    while start < end:
        stop = text.find(b"\n", start + PIECE, end)
        piece = text[start : stop if stop >= 0 else end]
        try:
            if not piece.isascii():
                piece.decode()
        except UnicodeDecodeError as error:
            return text.rfind(b"\n", 0, start + error.start)
        start += len(piece)
    return end


def columns_of(row: bytes) -> list[str]:
    """The columns of a row as csv gives them, without its line end. Raises csv.Error where it would."""
    row = row.removesuffix(b"\r")
    if b'"' in row:
        (columns,) = csv.reader([row.decode()], strict=True)
        return columns
    columns, limit = row.decode().split(",") if row else [], csv.field_size_limit()
    if len(row) > limit and max(map(len, columns)) > limit:
        raise csv.Error(f"field larger than field limit ({limit})")
    return columns


def counts() -> Known:
    """What the text of a value counts."""
    return Known(meaning=_count)


def tails() -> Known:
    """When a row was submitted, by what stands behind its value and a comma: twice the time, and 1 more where the row
    is said to be the last.
    """
    return Known(meaning=_tail)


def names(*, grid: Grid) -> dict[tuple[bytes, bytes], int]:
    """The slot of each indicator and field."""
    return {(slot.indicator.encode(), slot.field.encode()): number for number, slot in enumerate(grid.slots)}


def _count(text: bytes) -> int | None:
    if not text.isascii() or names_a_person(text.decode("ascii")):
        return None
    return plain_number(text.decode("ascii"))


def _tail(tail: bytes) -> int | None:
    if len(tail) > LONGEST_TAIL or not plain(tail):
        return None
    text = tail.decode("ascii")
    if holds_a_number(text):
        return None
    parts = text.split(",")
    stamp = submission_stamp(parts[2], parts[3]) if len(parts) == PARTS_OF_TAIL else None
    return None if stamp is None else 2 * stamp + (parts[4] == "Y")
