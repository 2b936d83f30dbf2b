"""From the bytes of an extract to its rows: through the fast lane while the text is plain, then by the csv module.

From the first practice on whose rows are not plain, everything that follows is read as csv.
"""

import csv
from collections.abc import Iterator
from itertools import chain

from functions.domain.check.known import columns_of, plain
from functions.domain.check.lane import FastLane
from functions.domain.check.reader import ExtractReader
from functions.domain.check.reading import Expectation
from functions.domain.check.row import COLUMNS
from functions.domain.check.stream import BOM, LONGEST_LINE, UnreadableFile, decoded_lines, too_long
from schemas.problem import Code


class RowSource:
    """Feeds the rows of one file, or of a part of it, to a reader. `line` is the last line that was read.

    `plain` stays true while no chunk needed the csv module: only then does every line break end a row.
    `ends_within_a_row`: no line break follows the last row that was read.
    """

    def __init__(self, *, chunks: Iterator[bytes], reader: ExtractReader, expectation: Expectation) -> None:
        self._chunks = self._watched(chunks)
        self._reader = reader
        self._expectation = expectation
        self._before = 0
        self._csv_lines = 0
        self._unreadable: UnreadableFile | None = None
        self.plain = True
        self.ends_within_a_row = False

    @property
    def line(self) -> int:
        """The last line that was read, counted from 1."""
        return self._before + self._csv_lines

    def read_file(self, *, one_by_one: bool = False) -> None:
        """Read a whole file, its header first. Raises UnreadableFile, and csv.Error where it is not well-formed."""
        start = b""
        for chunk in () if one_by_one else self._chunks:
            start += chunk
            if b"\n" in start or len(start) > LONGEST_LINE:
                break
        header, end, rest = start.removeprefix(BOM).partition(b"\n")
        if not end or not plain(header + end):
            self._read_csv(start, header=True)
            return
        self._before = 1
        check_header(columns_of(header.removesuffix(b"\r")))
        self.read_rows(rest)

    def read_rows(self, start: bytes = b"") -> None:
        """Read rows, the first of them beginning with `start`. Raises as `read_file` does."""
        lane = FastLane(reader=self._reader, expectation=self._expectation, line=self._before)
        text = b"\n" + start
        for chunk in self._until_unreadable():
            text += chunk
            text = text[self._read_plain(lane, text) :]
            if not self.plain:
                self._read_csv(text[1:])
                return
            if len(text) - text.rfind(b"\n") > LONGEST_LINE:
                self._read_plain(lane, text[: text.rfind(b"\n") + 1], last=True)
                raise too_long()
        cut = text.rfind(b"\n") + 1 if self._unreadable else len(text)
        text = text[self._read_plain(lane, text[:cut], last=True) : cut]
        self._chunks = self._to_the_end()
        if not self.plain:
            self._read_csv(text[1:])
        for _ in self._chunks:
            pass

    def _read_plain(self, lane: FastLane, text: bytes, *, last: bool = False) -> int:
        try:
            at, self.plain = lane.read(text=text, last=last)
        finally:
            self._before = lane.line
        return at

    def _watched(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, and whether the last of them left a row without its end."""
        for chunk in chunks:
            if chunk:
                self.ends_within_a_row = not chunk.endswith(b"\n")
            yield chunk

    def _until_unreadable(self) -> Iterator[bytes]:
        """The chunks up to where the file cannot be read any further: the rows before that are read all the same."""
        try:
            yield from self._chunks
        except UnreadableFile as unreadable:
            self._unreadable = unreadable

    def _to_the_end(self) -> Iterator[bytes]:
        """Nothing more, or why there is nothing more."""
        if self._unreadable is not None:
            raise self._unreadable
        yield from ()

    def _read_csv(self, start: bytes, *, header: bool = False) -> None:
        self.plain = False
        rows = csv.reader(decoded_lines(chunks=chain((start,), self._chunks)), strict=True)
        try:
            if header:
                check_header(next(rows, None))
            for row in rows:
                self._reader.read(line=self._before + rows.line_num, row=row)
        finally:
            self._csv_lines = rows.line_num


def check_header(header: list[str] | None) -> None:
    """Raises UnreadableFile where a header is not that of an extract; None is an empty file."""
    if header is None:
        raise UnreadableFile(code=Code.FILE_EMPTY, message="The file is empty. Send the header and at least one row.")
    if header != COLUMNS:
        lacking = [name for name in COLUMNS if name not in header]
        what = f"lacks {', '.join(lacking)}" if lacking else "has other columns, or has them in another order"
        message = f"The header {what}. It must be exactly: {','.join(COLUMNS)}"
        raise UnreadableFile(code=Code.FILE_HEADER, message=message)
