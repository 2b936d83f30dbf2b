"""From the bytes of an extract to its rows: through the fast lane while the text is plain, then by the csv module.

From the first practice on whose rows are not plain, everything that follows is read as csv.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from functions.domain.check.known import columns_of, plain
from functions.domain.check.lane import FastLane
from functions.domain.check.reader import ExtractReader
from functions.domain.check.reading import Expectation
from functions.domain.check.row import COLUMNS
from functions.domain.check.stream import BOM, LONGEST_LINE, UnreadableFile, decoded_lines, too_long
from schemas.problem import Code


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the reading of a file stands: how many bytes of its text and how many lines were read, whether all of it
    was `plain` so far, and whether it ended `within_a_row` as far as it had come.
    """

    offset: int = 0
    lines: int = 0
    plain: bool = True
    within_a_row: bool = False


START = Bookmark()


def always() -> bool:
    """Nothing bounds the reading."""
    return True


class RowSource:
    """Feeds the rows of one file, or of a part of it, to a reader. `line` is the last line that was read.

    `plain` stays true while no chunk needed the csv module: only then does every line break end a row.
    `ends_within_a_row`: no line break follows the last row that was read. The chunks are those from the bookmark on.
    `paused` is where the reading stopped, once it has come further than that and was not to `go_on`.
    """

    def __init__(
        self,
        *,
        chunks: Iterator[bytes],
        reader: ExtractReader,
        expectation: Expectation,
        bookmark: Bookmark = START,
        go_on: Callable[[], bool] = always,
    ) -> None:
        self._chunks = self._watched(chunks)
        self._reader = reader
        self._expectation = expectation
        self._bookmark, self._go_on = bookmark, go_on
        self._seen = bookmark.offset
        self._before = bookmark.lines
        self._csv_lines = 0
        self._unreadable: UnreadableFile | None = None
        self.plain = bookmark.plain
        self.ends_within_a_row = bookmark.within_a_row
        self.paused: Bookmark | None = None

    @property
    def line(self) -> int:
        """The last line that was read, counted from 1."""
        return self._before + self._csv_lines

    def read_on(self) -> None:
        """Read from the bookmark to the end, or until it is paused. Raises as `read_file` does."""
        if not self._bookmark.offset:
            self.read_file()
        elif self.plain:
            self.read_rows()
        else:
            self._read_csv(b"")

    def read_file(self, *, one_by_one: bool = False) -> None:
        """Read a whole file, its header first. Raises UnreadableFile, and csv.Error where it is not well-formed."""
        start = b""
        for chunk in () if one_by_one else self._chunks:
            start += chunk
            if b"\n" in start or len(start) > LONGEST_LINE:
                break
        header, end, rest = start.removeprefix(BOM).partition(b"\n")
        if not end or not plain(header + end):
            self._read_csv(start, first=True)
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
            if self._pauses(offset=self._seen - len(text) + 1, lines=self._before):
                return
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

    def _pauses(self, *, offset: int, lines: int) -> bool:
        """Whether the reading stops here. It never does before it has come further, so that it comes to an end."""
        if offset > self._bookmark.offset and not self._go_on():
            self.paused = Bookmark(offset, lines, plain=self.plain, within_a_row=self.ends_within_a_row)
        return self.paused is not None

    def _watched(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, how many bytes there were, and whether the last of them left a row without its end."""
        for chunk in chunks:
            self._seen += len(chunk)
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

    def _read_csv(self, start: bytes, *, first: bool = False) -> None:
        """Read what is left as csv; `first`: from the start of the file, with its header."""
        self.plain, looked = False, self._seen
        lines = _CountedLines(decoded_lines(chunks=chain((start,), self._chunks), first=first))
        lines.bytes = self._seen - len(start) + len(BOM) * (first and start.startswith(BOM))
        rows = csv.reader(lines, strict=True)
        try:
            if first:
                check_header(next(rows, None))
            for row in rows:
                self._reader.read(line=self._before + rows.line_num, row=row)
                if self._seen > looked:
                    looked = self._seen
                    if self._pauses(offset=lines.bytes, lines=self._before + rows.line_num):
                        return
        finally:
            self._csv_lines = rows.line_num


class _CountedLines:
    """Lines of text on their way through. `bytes` counts theirs."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.bytes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.bytes += len(line.encode())
            yield line


def check_header(header: list[str] | None) -> None:
    """Raises UnreadableFile where a header is not that of an extract; None is an empty file."""
    if header is None:
        raise UnreadableFile(code=Code.FILE_EMPTY, message="The file is empty. Send the header and at least one row.")
    if header != COLUMNS:
        separators = {"semicolons": ";", "tabs": "\t", "bars": "|"} if len(header) == 1 else {}
        for name, separator in separators.items():
            if header[0].count(separator) == len(COLUMNS) - 1:
                message = f"The columns are separated by {name}. Separate them by commas, in every row."
                raise UnreadableFile(code=Code.FILE_HEADER, message=message)
        lacking = [name for name in COLUMNS if name not in header]
        what = f"lacks {', '.join(lacking)}" if lacking else "has other columns, or has them in another order"
        message = f"The header {what}. It must be exactly: {','.join(COLUMNS)}"
        raise UnreadableFile(code=Code.FILE_HEADER, message=message)
