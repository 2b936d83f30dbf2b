"""Passing what was read of practices from one process to another: their columns as bytes, which is much cheaper than as
objects, and a few at a time, so that they are not held twice.
"""

from array import array
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from functions.domain.check.stored import PracticeReading
from functions.domain.submission import PLACES, VALUES, Submission

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Practices: TypeAlias = Mapping[str, PracticeReading]

TOGETHER = 200  # practices passed at a time
ONE, LONG = array(VALUES).itemsize, array(PLACES).itemsize
ROW = ONE + 2 * LONG + 1  # bytes of a slot: its value, its time, its line, and whether it is the last
NOTHING = Submission(values=array(VALUES), stamps=array(PLACES), places=array(PLACES))


def send_practices(*, there: "Connection", day: str, practices: MutableMapping[str, PracticeReading]) -> None:
    """Send the practices of an achievement date, and let go of each that is sent."""
    while some := {code: practices.pop(code) for code in tuple(islice(practices, TOGETHER))}:
        there.send((day, {code: replace(one, submission=NOTHING, lasts=bytearray()) for code, one in some.items()}))
        there.send_bytes(b"".join(column for one in some.values() for column in _columns(one)))


def received_practices(*, practices: Practices, columns: bytes) -> Iterator[tuple[str, PracticeReading]]:
    """The practices that were sent together, as they were before."""
    size = len(columns) // max(1, len(practices))
    whole = memoryview(columns)
    for number, (code, practice) in enumerate(practices.items()):
        own = whole[number * size : (number + 1) * size]
        slots, lines = size // ROW * ONE, size // ROW * LONG
        counts = own[:slots], own[slots : slots + lines], own[slots + lines : slots + 2 * lines]
        submission = Submission(
            *(_array(kind, each) for kind, each in zip((VALUES, PLACES, PLACES), counts, strict=True))
        )
        yield code, replace(practice, submission=submission, lasts=bytearray(own[slots + 2 * lines :]))


def _columns(practice: PracticeReading) -> "tuple[array[int] | bytearray, ...]":
    submission = practice.submission
    return submission.values, submission.stamps, submission.places, practice.lasts


def _array(kind: str, held: memoryview) -> "array[int]":
    column = array(kind)
    column.frombytes(held)
    return column
