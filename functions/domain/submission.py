"""A practice's values from one file, and how those of several files become the ones that count.

Every file's submission is kept. What counts is worked out from all of them: per slot the value submitted last, so
that neither the order of arrival nor a second delivery can change it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from functions.domain.grid import Grid

ABSENT = -1  # the value of a slot that was not sent; counts are never negative


def _absent() -> "array[int]":
    return array("q")


@dataclass(slots=True)
class Submission:
    """Values by slot (`ABSENT` where none) and when each was submitted, as a whole number 20240402111950."""

    values: "array[int]" = field(default_factory=_absent)
    stamps: "array[int]" = field(default_factory=_absent)


def empty_submission(*, size: int) -> Submission:
    """A submission of no values for a grid of `size` slots."""
    return Submission(values=array("q", [ABSENT]) * size, stamps=array("q", [0]) * size)


def merge_submissions(*, submissions: Sequence[Submission]) -> tuple[Submission, tuple[int, ...]]:
    """The values that count, and the slots at which two different values were submitted at the same, latest time.

    The order of the submissions does not matter. A practice with such a slot cannot be calculated.
    """
    if len(submissions) == 1:
        return submissions[0], ()
    merged = empty_submission(size=len(submissions[0].values))
    conflicts: set[int] = set()
    for submission in submissions:
        _overlay(merged, submission, conflicts)
    return merged, tuple(sorted(conflicts))


def _overlay(merged: Submission, later: Submission, conflicts: set[int]) -> None:
    for slot, (value, stamp) in enumerate(zip(later.values, later.stamps, strict=True)):
        if value == ABSENT or stamp < merged.stamps[slot]:
            continue
        if stamp > merged.stamps[slot]:
            conflicts.discard(slot)
            merged.values[slot], merged.stamps[slot] = value, stamp
        elif value != merged.values[slot]:
            conflicts.add(slot)
            merged.values[slot] = max(value, merged.values[slot])  # so that the order cannot matter


def missing_slots(*, grid: Grid, values: Sequence[int]) -> tuple[int, ...]:
    """The required slots without a value."""
    return tuple(slot for slot in grid.required if values[slot] == ABSENT)


def numerators_above(*, grid: Grid, values: Sequence[int]) -> tuple[int, ...]:
    """The slots of numerators larger than their denominator, where both were sent: bad input, never points."""
    return tuple(n for n, d in grid.fractions if values[n] > values[d] != ABSENT)


def encode_submission(*, grid: Grid, submission: Submission) -> tuple[tuple[int, ...], dict[str, str]]:
    """A submission as it is stored: its distinct times, and one short string per indicator that has a value.

    The string lists the indicator's values in the grid's order, `-` where there is none, after the number of the
    time that they share; a value submitted at another time carries that time's number: `0|12 34 - 3@1`.
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
    return times, encoded


def decode_submission(*, grid: Grid, times: Sequence[int], encoded: Mapping[str, str]) -> Submission:
    """The submission that `encode_submission` made the strings from."""
    submission = empty_submission(size=len(grid.slots))
    for indicator, text in encoded.items():
        main, _, words = text.partition("|")
        for slot, word in zip(grid.numbers[indicator].values(), words.split(" "), strict=True):
            if word != "-":
                value, _, own = word.partition("@")
                submission.values[slot] = int(value)
                submission.stamps[slot] = times[int(own or main)]
    return submission


def _word(submission: Submission, slot: int, order: Mapping[int, int], main: int) -> str:
    value = submission.values[slot]
    if value == ABSENT:
        return "-"
    own = order[submission.stamps[slot]]
    return str(value) if own == main else f"{value}@{own}"
