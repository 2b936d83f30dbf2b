"""Passing what was read of a file from one process to another, through a file in memory.

Columns pass as bytes, which is much cheaper than as objects, and neither process waits for the other meanwhile.
"""

import os
import pickle
from array import array
from dataclasses import replace
from typing import IO

from functions.domain.check.extract import Part
from functions.domain.check.stored import PracticeReading
from functions.domain.submission import PLACES, VALUES, Submission

NOTHING = Submission(values=array(VALUES), stamps=array(PLACES), places=array(PLACES))


def memory_file() -> IO[bytes]:
    """A file in memory, which a process that begins as a copy of this one shares. Linux alone has such."""
    return os.fdopen(os.memfd_create("part"), "w+b", buffering=2**20)


def leave_part(*, part: Part | None, file: IO[bytes]) -> None:
    """Write a part for `left_part`. Its practices are let go of one by one: their columns are not held twice."""
    days = {} if part is None else part.found.days
    bare = {day: {code: _bare(one) for code, one in practices.items()} for day, practices in days.items()}
    pickle.dump(None if part is None else replace(part, found=replace(part.found, days=bare)), file)
    for practices in days.values():
        for code in tuple(practices):
            one = practices.pop(code)
            for column in (one.submission.values, one.submission.stamps, one.submission.places, one.lasts):
                file.write(column)
    file.flush()


def left_part(*, file: IO[bytes], slots: int) -> Part | None:
    """The part that was written, with so many slots a practice."""
    file.seek(0)
    part: Part | None = pickle.load(file)  # noqa: S301  # a copy of this process wrote it
    for practices in () if part is None else part.found.days.values():
        for one in practices.values():
            columns = (_column(file, kind, slots) for kind in (VALUES, PLACES, PLACES))
            one.submission, one.lasts = Submission(*columns), bytearray(file.read(slots))
    return part


def _bare(practice: PracticeReading) -> PracticeReading:
    return replace(practice, submission=NOTHING, lasts=bytearray())


def _column(file: IO[bytes], kind: str, slots: int) -> "array[int]":
    column = array(kind)
    column.frombytes(file.read(slots * column.itemsize))
    return column
