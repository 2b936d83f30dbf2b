"""An extract made ten times as long: its rows at ten times of submission, each of which the next takes the place of."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from cqrs.table_file import whole_file

TIMES = 10
CHUNK = 2**24
_DAY = re.compile(rb"\d\d/(\d\d)(/\d{4},\d\d:\d\d:\d\d),Y?N?")


def write_tenfold(*, extract: Path, path: Path) -> None:
    """Write the rows of a gzipped extract nine times as of earlier days, and then as they are."""
    with whole_file(path=path) as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        for time in range(1, TIMES + 1):
            for number, lines in enumerate(_lines(extract)):
                text = lines.partition(b"\n")[2] if time > 1 and not number else lines
                packed.write(text if time == TIMES else _earlier(text, time))


def row_count(extract: Path) -> int:
    """How many rows a gzipped extract has below its header."""
    return sum(lines.count(b"\n") for lines in _lines(extract)) - 1


def _earlier(text: bytes, day: int) -> bytes:
    """Rows as they were submitted on a day of the month before, none of them the last of its value."""
    return _DAY.sub(lambda found: b"%02d/%02d%b,N" % (day, int(found[1]) - 1, found[2]), text)


def _lines(extract: Path) -> Iterator[bytes]:
    """The text of an extract in pieces that end with a line."""
    with gzip.open(extract, "rb") as file:
        while text := file.read(CHUNK):
            yield text + file.readline()
