"""Reading a page out of `problems.csv`, from a place in it, without reading what stands before."""

import csv
from collections.abc import Callable, Iterable, Iterator

from functions.domain.check.stream import decoded_lines
from schemas.problem import PROBLEM_COLUMNS

LINE = PROBLEM_COLUMNS.index("LINE")
Row = tuple[str, ...]


def listed_problems(
    *, chunks: Iterable[bytes], start: int, wanted: Callable[[Row], bool], limit: int
) -> tuple[list[Row], int | None]:
    """The first problems that are wanted, at most `limit`, as rows; and the byte of the file at which to go on.

    `chunks` are the bytes of the file from the byte `start` on: 0, or one that was given here before. None where
    nothing follows.
    """
    lines = _Lines(chunks, start)
    found = list[Row]()
    for row in csv.reader(lines):
        if len(row) < len(PROBLEM_COLUMNS) or not row[LINE].isdecimal():  # the header, or a place within a row
            continue
        if len(found) == limit:
            return found, lines.before
        if wanted(tuple(row)):
            found.append(tuple(row))
        lines.before = lines.at
    return found, None


class _Lines:
    """The lines of the file, and at which byte it is: after the line that was read last, and `before` its row."""

    def __init__(self, chunks: Iterable[bytes], start: int) -> None:
        self._lines = decoded_lines(chunks=chunks)
        self.before = self.at = start

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.at += len(line.encode())
            yield line
