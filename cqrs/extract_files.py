"""Reading extracts as fast as the machine can: one large file on two processors, a half on each.

What a file says does not depend on how it was read: where its halves cannot be understood apart, it is read whole.
"""

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from os import cpu_count
from pathlib import Path
from typing import IO, TypeAlias

from cqrs.passing import leave_part, left_part, memory_file
from functions.domain.check.extract import join_parts, read_extract, read_part
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.stream import LONGEST_LINE, UNPACKED_LIMIT

Feed: TypeAlias = Callable[[bytes], object]  # a digest's `update`, for one

_CHUNK = 2**20  # bytes at a time
LARGE = 2**26  # bytes: below, starting a process costs more than it saves
_NEIGHBOURHOOD = 2**18  # bytes in which a practice ends, which has some 70,000
_PRACTICE = 3  # commas before the end of what says whose a row is: service, name, organisation


def read_extract_file(
    *,
    path: Path,
    name: str,
    expected: Expectation,
    advance: Callable[[int], None],
    feed: Feed | None = None,
    large: int = LARGE,
    most: int = UNPACKED_LIMIT,
) -> ExtractReading:
    """Read an extract, plain or gzip, in halves where it has `large` bytes or more and no more than a plain file may
    have, which are `most`; `advance` is told of each piece.

    `name` is what its problems call it. `feed` is given all of its bytes in their order, whether they could be read or
    not. Raises OSError where it cannot be opened or read.
    """
    cut = practice_break(path) if large <= path.stat().st_size <= most and _two_processors() else 0
    if cut:
        read = _read_halves(path, name, cut, expected, advance, feed)
        if read is not None:
            return read
        feed = None  # it was given all of them
    chunks = _chunks(path, advance, feed)
    reading = read_extract(file=name, chunks=chunks, expectation=expected)
    if feed:
        deque(chunks, maxlen=0)
    return reading


def _two_processors() -> bool:
    return (cpu_count() or 1) > 1 and sys.platform == "linux"  # elsewhere no process begins as a copy of this


def _read_halves(  # one call's arguments, passed on
    path: Path, name: str, cut: int, expected: Expectation, advance: Callable[[int], None], feed: Feed | None
) -> ExtractReading | None:
    """What the two halves say together; None where the file has to be read whole."""
    from multiprocessing import get_context  # noqa: PLC0415  # only large files are worth what it takes to import

    with memory_file() as file, without_collection():
        context = get_context("fork")  # the other process begins with all that this one has made ready
        other = context.Process(target=_leave_half, args=(file, path, name, cut, expected))
        other.start()
        chunks = _chunks(path, advance, feed, end=cut)
        first = read_part(file=name, chunks=chunks, expectation=expected, first=True)
        if feed:
            deque(chain(chunks, _chunks(path, _nobody, feed, start=cut)), maxlen=0)
        other.join()
        second = None if other.exitcode else left_part(file=file, slots=len(expected.grid.slots))
    if second is not None:
        advance(path.stat().st_size - cut)
    return join_parts(file=name, parts=(first, second), expectation=expected)


@contextmanager
def without_collection() -> Iterator[None]:
    """Look for no cycles of objects: reading makes none, and hundreds of thousands of objects that would be looked at.

    It would also copy, in the other process, what both share.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _nobody(_: int) -> None:
    """Tell nobody of a piece."""


def _leave_half(file: IO[bytes], path: Path, name: str, cut: int, expected: Expectation) -> None:
    chunks = _chunks(path, _nobody, start=cut)
    part = read_part(file=name, chunks=chunks, expectation=expected, first=False)
    leave_part(part=part, file=file)


def practice_break(path: Path) -> int:
    """Where near its middle a plain file goes on to another practice; 0 where it does not, or is no plain file."""
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return 0
        file.seek(path.stat().st_size // 2)
        if not file.readline(LONGEST_LINE).endswith(b"\n"):
            return 0
        place = file.tell()
        before = _whose(file.readline(LONGEST_LINE))
        while file.tell() - place < _NEIGHBOURHOOD:
            found = file.tell()
            now = _whose(row := file.readline(LONGEST_LINE))
            if not row:
                return 0
            if now != before:
                return found
    return 0


def _whose(row: bytes) -> list[bytes]:
    return row.split(b",", _PRACTICE)[:_PRACTICE]


def _chunks(
    path: Path, advance: Callable[[int], None], feed: Feed | None = None, *, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end if end is not None else path.stat().st_size
        left -= start
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            if feed:
                feed(chunk)
            yield chunk
            advance(len(chunk))
