"""What one practice's rows come to within a file: the values that were submitted last, and what speaks against them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from functions.domain.check.columns import Columns
from functions.domain.check.octets import Numbers
from functions.domain.check.runs import Run
from functions.domain.submission import PLACES, Submission

FEW_AGAIN = 16  # rows of one value each that are compared one by one sooner than together
MANY = 255  # rows that say the same of one value: what sends it more often is told of so many


@dataclass(slots=True)
class Noted:
    """The line that was noted of each slot, 0 where none was. There are no `lines` before the first is noted: of nearly
    every practice nothing ever is, and of a hostile file's as much as there are slots, however often it repeats itself.
    """

    lines: "array[int]" = field(default_factory=lambda: array(PLACES))

    def __bool__(self) -> bool:
        """False where nothing was ever noted."""
        return bool(self.lines)

    def note(self, slots: Numbers | int, lines: Numbers | int, *, size: int) -> None:
        """Note the line of a slot, or of each of several, unless one is noted already. There are `size` slots."""
        if not self.lines:
            self.lines = array(PLACES, [0]) * size
        noted = np.frombuffer(self.lines, np.int64)
        noted[slots] = np.where(noted[slots], noted[slots], lines)

    def take_back(self, slots: Numbers | int) -> None:
        """Forget what was noted of a slot, or of several."""
        if self.lines:
            np.frombuffer(self.lines, np.int64)[slots] = 0

    def by_line(self) -> list[tuple[int, int]]:
        """Each line with its slot, in the order of the file."""
        if not self.lines:
            return []
        slots = np.flatnonzero(np.frombuffer(self.lines, np.int64)).tolist()
        return sorted((self.lines[slot], slot) for slot in slots)

    def move(self, lines: int) -> None:
        """Say that so many more lines stand before."""
        if self.lines:
            noted = np.frombuffer(self.lines, np.int64)
            noted += lines * (noted > 0)


@dataclass(slots=True)
class PracticeReading:
    """One practice's rows for one achievement date: its values, each with its line, and what speaks against it.

    `lasts` says of each value how many rows of its time say that it is the last submission, up to `MANY`. `conflicts`
    and `duplicates` say at which line a second value of the same time stood; a later value takes both back.
    `overtaken` counts the rows that are not the last of their slot, though they say so, and `first_overtaken` is the
    line and the slot of the first of them. `refused_at` is the first line that was refused, 0 while none was.
    """

    submission: Submission
    lasts: bytearray
    first_line: int
    rows: int = 0
    refused_at: int = 0
    conflicts: Noted = field(default_factory=Noted)
    duplicates: Noted = field(default_factory=Noted)
    overtaken: int = 0
    first_overtaken: tuple[int, int] = (0, 0)

    def store(self, *, slot: int, value: int, stamp: int, last: bool, line: int) -> None:
        """Keep a value unless a later one is held. Two values of one time are noted, whichever came first."""
        submission = self.submission
        held = submission.stamps[slot]
        if stamp == held:
            if last and not self.lasts[slot]:
                submission.places[slot] = line
            self.lasts[slot] = min(MANY, self.lasts[slot] + last)
            same = value == submission.values[slot]
            (self.duplicates if same else self.conflicts).note(slot, line, size=len(submission.values))
        elif stamp < held:
            if last:
                self._overtake(line, slot)
        else:
            if held:
                self.conflicts.take_back(slot)
                self.duplicates.take_back(slot)
                if self.lasts[slot]:
                    self._overtake(submission.places[slot], slot, times=self.lasts[slot])
            submission.values[slot], submission.stamps[slot], submission.places[slot] = value, stamp, line
            self.lasts[slot] = last

    def take(self, *, runs: Sequence[Run], line: int) -> None:
        """Store rows, the first of the practice's places being this line, as `store` would store them one by one."""
        held = _Held(self)
        for run in runs:
            slots, columns, lines = run.slots, run.columns, run.places + line
            again = held.stamps[slots].nonzero()[0].tolist() if self.rows else ()
            self.rows += len(lines)
            if not again:
                held.write(slots, columns, lines)
            elif len(again) <= FEW_AGAIN:
                self._write(held, slots, columns, lines, again)
            else:
                self._compare(held, columns, lines)

    def _write(
        self, held: "_Held", slots: Numbers | slice, columns: Columns, lines: Numbers, again: Sequence[int]
    ) -> None:
        """Store rows of different slots, of few of which a value is held."""
        rows = [(columns.slots.item(row), row) for row in again]
        before = [held.of(slot) for slot, _ in rows]
        held.write(slots, columns, lines)
        for (slot, row), one in zip(rows, before, strict=True):
            held.put_back(slot, one)
            value, stamp, last = columns.counts.item(row), columns.stamps.item(row), columns.lasts.item(row)
            self.store(slot=slot, value=value, stamp=stamp, last=last, line=lines.item(row))

    def _compare(self, held: "_Held", columns: Columns, lines: Numbers) -> None:
        """Store rows of different slots, by when the value was submitted that is held of each."""
        slots = columns.slots
        times = held.stamps[slots]
        again, same = columns.stamps == times, columns.counts == held.values[slots]
        for noted, those in ((self.duplicates, again & same), (self.conflicts, again & ~same)):
            if those.any():
                noted.note(slots[those], lines[those], size=len(held.values))
        first = again & columns.lasts & (held.lasts[slots] == 0)
        held.places[slots[first]] = lines[first]
        held.lasts[slots[again]] = np.minimum(MANY, held.lasts[slots[again]] + columns.lasts[again].astype(np.int64))
        later, earlier = columns.stamps > times, columns.stamps < times
        replaced = slots[later & (held.lasts[slots] > 0)]  # what nobody sent yet is not said to be the last either
        behind = np.flatnonzero(earlier & columns.lasts)
        overtaken = [
            (held.places[replaced], replaced, int(held.lasts[replaced].sum())),
            (lines[behind], slots[behind], len(behind)),
        ]
        for places, those, count in overtaken:
            if len(those):
                foremost = int(places.argmin())
                self._overtake(int(places[foremost]), int(those[foremost]), times=count)
        kept = np.flatnonzero(later)
        self.conflicts.take_back(slots[kept])
        self.duplicates.take_back(slots[kept])
        held.write(slots[kept], columns.at(start=0, end=0, places=kept), lines[kept])

    def _overtake(self, line: int, slot: int, *, times: int = 1) -> None:
        self.first_overtaken = min(self.first_overtaken, (line, slot)) if self.overtaken else (line, slot)
        self.overtaken += times

    def move(self, *, lines: int) -> None:
        """Say that so many more lines stand before the practice's rows than was thought."""
        places = np.frombuffer(self.submission.places, np.int64)
        places += lines * (places > 0)
        self.first_line += lines
        self.refused_at = self.refused_at and self.refused_at + lines
        for noted in (self.conflicts, self.duplicates):
            noted.move(lines)
        if self.overtaken:
            line, slot = self.first_overtaken
            self.first_overtaken = (line + lines, slot)


class _Held:
    """What a practice holds, as arrays of a slot each, which are changed in place."""

    def __init__(self, practice: PracticeReading) -> None:
        submission = practice.submission
        self.values = np.frombuffer(submission.values, np.int32)
        self.stamps = np.frombuffer(submission.stamps, np.int64)
        self.places = np.frombuffer(submission.places, np.int64)
        self.lasts = np.frombuffer(practice.lasts, np.uint8)

    def of(self, slot: int) -> tuple[int, int, int, int]:
        """What is held of a slot."""
        return self.values.item(slot), self.stamps.item(slot), self.places.item(slot), self.lasts.item(slot)

    def put_back(self, slot: int, before: tuple[int, int, int, int]) -> None:
        """Hold of a slot what was held before."""
        self.values[slot], self.stamps[slot], self.places[slot], self.lasts[slot] = before

    def write(self, slots: Numbers | slice, columns: Columns, lines: Numbers) -> None:
        """Put rows into their slots, each row on its line."""
        self.values[slots], self.stamps[slots] = columns.counts, columns.stamps
        self.places[slots], self.lasts[slots] = lines, columns.lasts
