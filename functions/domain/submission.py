"""A practice's values from one file, and how those of several files become the ones that count.

Every file's submission is kept. What counts is worked out from all of them: per slot the value submitted last, so
that neither the order of arrival nor a second delivery can change it. Each value keeps the place that it came from.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from functions.domain.grid import Grid

ABSENT = -1  # the value of a slot that was not sent; counts are never negative
VALUES, PLACES = "i", "q"  # how arrays hold them: counts have nine digits at most, times fourteen
FILE = 2**40  # a place is a line, plus this for every file before its own: no file has so many lines


@dataclass(slots=True)
class Submission:
    """Values by slot (`ABSENT` where none) and when each was submitted, as a whole number 20240402111950.

    `places` says where each stood: the line of its file and, times `FILE`, which of several files that was. Two
    submissions are the same whatever their places.
    """

    values: "array[int]"
    stamps: "array[int]"
    places: "array[int]" = field(compare=False)


def submitted_at(*, stamp: int) -> datetime:
    """When a value was submitted, from its stamp. The extract names no zone."""
    text = f"{stamp:014}"
    return datetime.fromisoformat(f"{text[:8]}T{text[8:]}")


def submission_of(*, values: Iterable[int], stamps: Iterable[int], places: Iterable[int]) -> Submission:
    """A submission of what each slot holds."""
    return Submission(values=array(VALUES, values), stamps=array(PLACES, stamps), places=array(PLACES, places))


def empty_submission(*, size: int) -> Submission:
    """A submission of no values for a grid of `size` slots."""
    nothing = array(PLACES, [0]) * size
    return Submission(values=array(VALUES, [ABSENT]) * size, stamps=nothing[:], places=nothing)


def merge_submissions(*, submissions: Sequence[Submission]) -> tuple[Submission, tuple[int, ...]]:
    """The values that count, and the slots at which two different values were submitted at the same, latest time.

    The order of the submissions does not matter, but for the file number in the places: files count from 0 in that
    order. A practice with such a slot cannot be calculated.
    """
    if len(submissions) == 1:
        return submissions[0], ()
    merged = empty_submission(size=len(submissions[0].values))
    conflicts = set[int]()
    for number, submission in enumerate(submissions):
        _overlay(merged, submission, number * FILE, conflicts)
    return merged, tuple(sorted(conflicts))


def _overlay(merged: Submission, later: Submission, file: int, conflicts: set[int]) -> None:
    for slot, (value, stamp) in enumerate(zip(later.values, later.stamps, strict=True)):
        if value == ABSENT or stamp < merged.stamps[slot]:
            continue
        if stamp > merged.stamps[slot]:
            conflicts.discard(slot)
            merged.values[slot], merged.stamps[slot] = value, stamp
            merged.places[slot] = file + later.places[slot]
        elif value != merged.values[slot]:
            conflicts.add(slot)
            merged.values[slot] = max(value, merged.values[slot])  # so that the order cannot matter


def missing_slots(*, grid: Grid, values: Sequence[int]) -> tuple[int, ...]:
    """The required slots without a value."""
    if isinstance(values, array) and (_counts(values)[grid.needed] != ABSENT).all():
        return ()
    return tuple(slot for slot in grid.required if values[slot] == ABSENT)


def numerators_above(*, grid: Grid, values: Sequence[int]) -> tuple[int, ...]:
    """The slots of numerators larger than their denominator, where both were sent: bad input, never points."""
    if isinstance(values, array):
        counts, (numerators, denominators) = _counts(values), grid.shares
        if not ((counts[numerators] > counts[denominators]) & (counts[denominators] != ABSENT)).any():
            return ()
    return tuple(n for n, d in grid.fractions if values[n] > values[d] != ABSENT)


def _counts(values: "array[int]") -> NDArray[np.int32]:
    """An array of values, to look at many of them at once: nearly always there is nothing to say of any."""
    return np.frombuffer(values, np.int32)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A submission as it is stored: its distinct `times`, a short string of `values` by indicator, and its `places`."""

    times: tuple[int, ...]
    values: Mapping[str, str]
    places: str


def encode_submission(*, grid: Grid, submission: Submission) -> Encoded:
    """A submission as it is stored.

    The string lists the indicator's values in the grid's order, `-` where there is none, after the number of the
    time that they share; a value submitted at another time carries that time's number: `0|12 34 - 3@1`. Places are
    runs of neighbouring lines in the grid's order, as first line and how many: `2+552`, or `1:2+552` in file 1.
    """
    times = tuple(sorted({stamp for stamp in submission.stamps if stamp}))
    order = {stamp: number for number, stamp in enumerate(times)}
    encoded = {}
    for indicator, slots in grid.numbers.items():
        present = [slot for slot in slots.values() if submission.values[slot] != ABSENT]
        if present:
            main = order[submission.stamps[present[0]]]
            words = (_word(submission, slot, order, main) for slot in slots.values())
            encoded[indicator] = f"{main}|{' '.join(words)}"
    return Encoded(times=times, values=encoded, places=_runs(submission))


def decode_submission(*, grid: Grid, encoded: Encoded) -> Submission:
    """The submission that `encode_submission` made the strings from."""
    submission, times = empty_submission(size=len(grid.slots)), encoded.times
    for indicator, text in encoded.values.items():
        main, _, words = text.partition("|")
        for slot, word in zip(grid.numbers[indicator].values(), words.split(" "), strict=True):
            if word != "-":
                value, _, own = word.partition("@")
                submission.values[slot] = int(value)
                submission.stamps[slot] = times[int(own or main)]
    present = (slot for slot, value in enumerate(submission.values) if value != ABSENT)
    for slot, place in zip(present, _places(encoded.places), strict=True):
        submission.places[slot] = place
    return submission


def decode_values(*, grid: Grid, encoded: Mapping[str, str]) -> list[int]:
    """The values alone of an encoded submission, by slot, for those who do not ask when or where they were sent."""
    values = [ABSENT] * len(grid.slots)
    for indicator, text in encoded.items():
        for slot, word in zip(grid.numbers[indicator].values(), text.partition("|")[2].split(" "), strict=True):
            if word != "-":
                values[slot] = int(word.partition("@")[0])
    return values


def _runs(submission: Submission) -> str:
    runs: list[tuple[int, int]] = []
    for place in (place for value, place in zip(submission.values, submission.places, strict=True) if value != ABSENT):
        start, count = runs[-1] if runs else (0, 0)
        if count and place == start + count:
            runs[-1] = (start, count + 1)
        else:
            runs.append((place, 1))
    return " ".join(_run(start, count) for start, count in runs)


def _run(place: int, count: int) -> str:
    file, line = divmod(place, FILE)
    return f"{file}:{line}+{count}" if file else f"{line}+{count}"


def _places(runs: str) -> Iterator[int]:
    for run in runs.split():
        file, _, lines = run.rpartition(":")
        start, _, count = lines.partition("+")
        first = int(file or 0) * FILE + int(start)
        yield from range(first, first + int(count))


def _word(submission: Submission, slot: int, order: Mapping[int, int], main: int) -> str:
    value = submission.values[slot]
    if value == ABSENT:
        return "-"
    own = order[submission.stamps[slot]]
    return str(value) if own == main else f"{value}@{own}"
