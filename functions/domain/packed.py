"""A submission as it is stored: some 600 bytes for the 552 values of a practice, so that writing it is one unit.

DynamoDB charges a write by the kilobyte. The packed bytes hold numbers only; which slot each is of says the layout, the
names of the slots by which they were packed, which is kept once for all submissions that share it.
"""

import zlib
from array import array

import numpy as np
import numpy.typing as npt

from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, PLACES, Submission, empty_submission

FORM = b"\x01"  # what packed bytes begin with: the first form that there was
ESCAPE = 255  # a number that is not below this has its eight bytes in a row of their own
WORD = 8

Numbers = npt.NDArray[np.int64]


class Packing:
    """How submissions of one grid are packed. `layout` names its slots in their order, a line each."""

    def __init__(self, *, grid: Grid) -> None:
        self._size = len(grid.slots)
        self._numbers = {f"{slot.indicator},{slot.field}": number for number, slot in enumerate(grid.slots)}
        self.layout = "\n".join(self._numbers)

    def pack(self, *, submission: Submission) -> bytes:
        """A submission as bytes: its distinct times, then by slot the value, the number of its time, and its place.

        A value is 0 where there is none, else one more. A place is told by how far it is from the one after the last.
        """
        values, stamps, places = (np.array(part, np.int64) for part in _parts(submission))
        present = values != ABSENT
        times, order = np.unique(stamps[present], return_inverse=True)
        steps = np.diff(places[present], prepend=0) - 1
        told = (_packed(values + 1), _packed(order), _packed((steps << 1) ^ (steps >> 63)))
        return FORM + zlib.compress(b"".join((len(times).to_bytes(2, "big"), _planes(times), *told)), 9)

    def unpack(self, *, layout: str, packed: bytes) -> Submission:
        """The submission that was packed by a grid of this layout.

        Raises LookupError where this grid lacks a slot that it holds a value of, ValueError where the bytes are none.
        """
        if not packed.startswith(FORM):
            raise ValueError(f"A submission is stored in form {packed[:1]!r}, which this release does not know.")
        source = _Source(zlib.decompress(packed[len(FORM) :]))
        times = source.words(count=source.count())
        values = source.numbers(count=layout.count("\n") + 1) - 1
        present = np.flatnonzero(values != ABSENT)
        order, steps = source.numbers(count=len(present)), source.numbers(count=len(present))
        places = np.cumsum(((steps >> 1) ^ -(steps & 1)) + 1)
        slots = present if layout == self.layout else self._slots(layout)[present]
        if (slots < 0).any():
            raise LookupError("A submission holds values of rows that its service has no more.")
        submission = empty_submission(size=self._size)
        for held, found in zip(_parts(submission), (values[present], times[order], places), strict=True):
            np.frombuffer(held, np.int64 if held.typecode == PLACES else np.int32)[slots] = found
        return submission

    def _slots(self, layout: str) -> Numbers:
        """Where each slot of another layout is in this grid; -1 where it is not."""
        return np.array([self._numbers.get(name, -1) for name in layout.split("\n")], np.int64)


class _Source:
    """Packed bytes on their way out."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def count(self) -> int:
        return int.from_bytes(self._taken(2), "big")

    def words(self, *, count: int) -> Numbers:
        planes = np.frombuffer(self._taken(WORD * count), np.uint8).reshape(WORD, count)
        return np.ascontiguousarray(planes.T).view("<i8").reshape(count).astype(np.int64)

    def numbers(self, *, count: int) -> Numbers:
        found = np.frombuffer(self._taken(count), np.uint8).astype(np.int64)
        large = np.flatnonzero(found == ESCAPE)
        found[large] = self.words(count=len(large))
        return found

    def _taken(self, length: int) -> bytes:
        taken, self._data = self._data[:length], self._data[length:]
        return taken


def _parts(submission: Submission) -> "tuple[array[int], array[int], array[int]]":
    return submission.values, submission.stamps, submission.places


def _packed(numbers: Numbers) -> bytes:
    return np.minimum(numbers, ESCAPE).astype(np.uint8).tobytes() + _planes(numbers[numbers >= ESCAPE])


def _planes(numbers: Numbers) -> bytes:
    """The first bytes of all, then the second ones, and so on: most of them are alike, and pack to nothing."""
    return np.ascontiguousarray(numbers.astype("<i8").view(np.uint8).reshape(-1, WORD).T).tobytes()
