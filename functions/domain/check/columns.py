"""Many rows at once: where each is plainly right, which slot it is of, what it counts and when it was submitted.

A row is plainly right here when it is known byte for byte: it begins as the row before does (whose beginning is known),
names a slot, counts in plain digits, goes on as is known to be harmless, and ends with a time. Whatever is not is left
to be read alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from functions.domain.check import moments
from functions.domain.check.labels import Labels
from functions.domain.check.octets import (
    COMMAS,
    ONES,
    TOPS,
    WORD,
    ZEROS,
    Numbers,
    Octets,
    Truths,
    Words,
    begins,
    digits,
    numbers,
)

_LONGEST_COUNT = WORD - 1  # digits: longer ones are read alone


@dataclass(frozen=True, slots=True)
class Columns:
    """What neighbouring rows say, an entry a row. Where `right` is not true, the others mean nothing."""

    right: Truths
    slots: Numbers
    counts: Numbers
    stamps: Numbers
    lasts: Truths

    def at(self, *, start: int, end: int, places: Numbers | None) -> "Columns":
        """The rows from `start` to `end`, or those at some places counted from `start`."""
        chosen = slice(start, end) if places is None else start + places
        return Columns(
            self.right[chosen], self.slots[chosen], self.counts[chosen], self.stamps[chosen], self.lasts[chosen]
        )

    def hold(self, *, row: int, said: tuple[int, int, int, bool]) -> None:
        """Hold what was found out of a row in another way: its slot, count and time, and whether it is the last."""
        self.right[row] = True
        self.slots[row], self.counts[row], self.stamps[row], self.lasts[row] = said


class RowEnds:
    """Where the rows of a text begin and end. They stand one after another, a line break before each."""

    def __init__(self, *, text: bytes, end: int) -> None:
        self.octets = Octets(text=text)
        breaks = self.octets.breaks(end=end)
        self.starts, self.ends = breaks + 1, np.append(breaks[1:], end)
        self._texts: Numbers | None = None
        if b"\r" in text:
            returns = np.frombuffer(text, np.uint8)[self.ends - 1] == ord("\r")
            self.ends = self.ends - (returns & (self.ends > self.starts))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> bytes:
        return self.octets.text[int(self.starts[row]) : int(self.ends[row])]

    def blank(self, *, first: int) -> int:
        """How many lines without any text follow one another from this row on."""
        if self.ends[first] > self.starts[first]:
            return 0
        if self._texts is None:
            self._texts = np.flatnonzero(self.ends > self.starts)
        after = np.searchsorted(self._texts, first)
        return (int(self._texts[after]) if after < len(self._texts) else len(self)) - first

    def alike(self, *, first: int, front: int) -> Truths:
        """Whether each row from `first` on begins with the same bytes as the one before it, `front` of them."""
        words = -(-front // WORD)
        starts, last = self.starts[first:], self.octets.last_start(words=words)
        same = (self.ends[first:] - starts > front) & (starts <= last)
        pieces = self.octets.pieces(starts=np.minimum(starts, last), words=words)
        spare = np.uint64(8 * (words * WORD - front))
        pieces[:, -1] &= np.uint64(2**64 - 1) >> spare
        for number in range(words):
            same[1:] &= pieces[1:, number] == pieces[:-1, number]
        same[:1] = True
        return same


def read_columns(*, rows: RowEnds, first: int, front: int, middles: Sequence[bytes], labels: Labels) -> Columns:
    """Read the rows from `first` on, whose first four columns take `front` bytes, if one of `middles` stands in each
    between its count and its time, the commas included.
    """
    octets, ends = rows.octets, rows.ends[first:]
    starts, last = rows.starts[first:] + front, octets.last_start(words=labels.words)
    right = (starts <= last) & (ends >= starts + moments.WORDS * WORD)
    ends = np.where(right, ends, moments.WORDS * WORD)
    stamps, lasts, moment = moments.moments(
        pieces=octets.pieces(starts=ends - moments.WORDS * WORD, words=moments.WORDS)
    )
    behind, known = _behind(octets, ends - moments.END, middles)
    lengths, counts, plain = _counts(octets.pieces(starts=behind - WORD, words=1)[:, 0])
    pieces = octets.pieces(starts=np.minimum(starts, last), words=labels.words)
    slots, found = labels.find(pieces=pieces, lengths=behind - lengths - starts)
    return Columns(right & moment & known & plain & found, slots, counts, stamps, lasts)


def _behind(octets: Octets, ends: Numbers, middles: Sequence[bytes]) -> tuple[Numbers, Truths]:
    """Where the middle that ends at each place begins, and where there is one."""
    behind, known = np.full(len(ends), WORD), np.zeros(len(ends), np.bool_)
    left: Numbers | slice = slice(None)
    for middle in middles:
        words = -(-len(middle) // WORD)
        starts = np.minimum(np.maximum(ends[left] - len(middle), WORD), octets.last_start(words=words))
        same = begins(octets.pieces(starts=starts, words=words), pattern=middle) & (starts == ends[left] - len(middle))
        behind[left], known[left] = np.where(same, starts, WORD), same
        left = np.flatnonzero(~known)
        if not len(left):
            break
    return behind, known


def _counts(words: Words) -> tuple[Numbers, Numbers, Truths]:
    """How long the count is that ends with each word, what it is, and where it is plainly right."""
    marked = words ^ COMMAS
    commas = (marked - ONES) & ~marked & TOPS  # a mark above a comma may be wrong; then no label ends there
    below = commas
    for shift in (8, 16, 32):
        below = below | below >> np.uint64(shift)  # marks every byte up to the last comma
    others = np.bitwise_count(below)
    lengths, spare = WORD - others.astype(np.int64), others.astype(np.uint64) * np.uint64(WORD)
    kept = (np.uint64(2**64 - 1) >> spare) << spare
    zeroed = (words & kept) | (ZEROS & ~kept)
    leading = (words >> spare) & np.uint64(255) == ord("0")
    right = (lengths > 0) & (lengths <= _LONGEST_COUNT) & digits(zeroed) & ~(leading & (lengths > 1))
    return lengths, numbers(zeroed), right
