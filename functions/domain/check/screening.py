"""Looking for what may identify people through files whose rows cannot all be read: only their bytes are known."""

import csv
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress

from functions.domain.check.personal import holds_a_number, names_a_person
from functions.domain.check.stream import GZIP_MAGIC, UnreadableFile, unpacked

_OVERLAP = 24  # bytes kept from one piece of a file to the next: an NHS number may be cut in two
_LONGEST_LINE = 2**12  # bytes of a line that are kept from one piece to the next
_SEPARATORS = (b",", b";", b"\t", b"|")
_DATE_DIGITS = 8
_HEAD = 2**17  # bytes of a gzip file before its content, at most: its name, a comment and what else programs put there


def holds_a_person(
    *, chunks: Iterable[bytes], column: str = "", usual: int = 0, names: Container[str] = frozenset()
) -> bool:
    """True where the bytes of a file hold what may be an NHS number, as they are or unpacked as far as they can be; or
    where a birth date or a name stands in the `column` of a table, by its header or, if that has none, where it is
    `usual`, that is none of `names`.
    """
    packed = _Watched(chunks)
    table = _Table(column=column, usual=usual, names=names) if column else None
    rest = b""
    for piece in _as_far_as_readable(packed):
        text = rest + piece.replace(b"\0", b"")  # UTF-16 writes a zero beside every digit
        if _number_in(text) or (table is not None and table.names_a_person(text)):
            return True
        rest = text[-_OVERLAP:] if table is None else b""
    for _ in packed:
        pass
    return packed.number or (table is not None and table.ends_with_a_person())


def head_holds_a_number(*, chunks: Iterable[bytes]) -> bool:
    """True where what a gzip file says of itself, its name for one, may be an NHS number. Its content is not read."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= _HEAD or not head.startswith(GZIP_MAGIC[: len(head)]):
            break
    return head.startswith(GZIP_MAGIC) and _number_in(head[:_HEAD])


class _Watched:
    """The bytes of a file as they were sent, on their way through; whether a `number` stood in them."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""
        self.number = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.number = self.number or _number_in(self._rest + chunk)
            self._rest = chunk[-_OVERLAP:]
            yield chunk


class _Table:
    """The lines of a table, piece by piece, of which one column is looked at."""

    def __init__(self, *, column: str, usual: int, names: Container[str]) -> None:
        self._column, self._usual, self._names = column, usual, names
        self._place: int | None = None
        self._separator = b","
        self._rest = b""

    def names_a_person(self, piece: bytes) -> bool:
        """True where a line that ends in this piece names a person."""
        text = self._rest + piece.replace(b"\r", b"\n")
        whole, _, rest = text.rpartition(b"\n")
        self._rest = rest[-_LONGEST_LINE:]
        lines = whole.split(b"\n") if whole else []
        if lines and self._place is None:
            self._learn(lines[0])
        return any(map(self._at, lines))

    def ends_with_a_person(self) -> bool:
        """True where the last line, which has no end, names a person."""
        if self._place is None and self._rest:
            self._learn(self._rest)
        return self._at(self._rest)

    def _learn(self, header: bytes) -> None:
        self._separator = max(_SEPARATORS, key=header.count)
        named = [name.strip() for name in self._columns(header.upper())]
        self._place = named.index(self._column) if self._column in named else self._usual

    def _at(self, line: bytes) -> bool:
        place = self._place or 0
        columns = line.split(self._separator, place + 1)
        if len(columns) <= place:
            return False
        if b'"' not in line and columns[place].isdigit() and len(columns[place]) < _DATE_DIGITS:
            return False
        found = self._columns(line)
        return len(found) > place and found[place] not in self._names and names_a_person(found[place])

    def _columns(self, line: bytes) -> list[str]:
        text = line.decode("utf-8", "replace")
        with suppress(csv.Error):
            return next(csv.reader([text], delimiter=self._separator.decode()), [])
        return text.split(self._separator.decode())


def _number_in(text: bytes) -> bool:
    return holds_a_number(text.decode("utf-8", "replace"))


def _as_far_as_readable(chunks: Iterable[bytes]) -> Iterator[bytes]:
    with suppress(UnreadableFile):
        yield from unpacked(chunks=chunks)
