"""The fast lane of reading: all rows of a text at once, as far as they are plainly right.

The row-by-row reader is the specification. Whatever this lane does not recognise at a glance it hands to that reader,
row for row, so that both accept the same rows and report the same problems; tests hold them equal on mutated files.
Few neighbouring rows of a practice are read one by one too, so that a shuffled file costs little more than that.
"""

import csv
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from functions.domain.check.columns import RowEnds, read_columns
from functions.domain.check.known import BEHIND_FRONT, Unclear, columns_of, counts, end_of_lines, names, plain, tails
from functions.domain.check.labels import Labels
from functions.domain.check.moments import END
from functions.domain.check.personal import holds_a_number
from functions.domain.check.reader import ExtractReader, Fault, Said
from functions.domain.check.reading import Expectation
from functions.domain.check.runs import Runs
from functions.domain.check.stored import PracticeReading

FEW = 16  # neighbouring rows of a practice, up to which they are read one by one
LENGTHS = 8  # of fronts in one text, up to which its rows are looked at together again for each
FRONT = 4  # columns of a row that say whose it is: service, name, organisation and date
LONGEST = 2**12  # bytes of a row that this lane takes; csv has an opinion on longer ones
MIDDLES = 4  # ways in which rows go on between count and time: by extract, by hand
Refused: TypeAlias = tuple[int, Fault, list[str]]  # a row that cannot be taken, and its columns
Place: TypeAlias = tuple[str, str]  # an organisation and an achievement date
REMEMBERED = 2**14  # fronts kept: more than there are practices, fewer than a hostile file may invent


class FastLane:
    """Reads plain text into a reader. `line` is the last line that was read."""

    def __init__(self, *, reader: ExtractReader, expectation: Expectation, line: int) -> None:
        self.line = line
        self._reader = reader
        self._service, self._latest = expectation.service, expectation.latest
        self._flags = np.array([slot.flag for slot in expectation.grid.slots], np.bool_)
        self._slots = names(grid=expectation.grid)
        self._labels = Labels(labels=[b"%b,%b," % name for name in self._slots])
        self._counts, self._tails = counts(), tails()
        self._places: dict[bytes, Place] = {}
        self._middles: list[bytes] = []

    def read(self, *, text: bytes, last: bool) -> tuple[int, bool]:
        """Read the rows of a text that begins with a line break. Where the rest begins, at a line break, and whether
        this lane can go on there.

        The rest is a row that is cut off; none where this is the `last` text. A row that goes on in the next line or is
        not text, and all that follows it, is left to the csv module.
        """
        whole = len(text) - text.endswith(b"\n") if last else text.rfind(b"\n")
        end = end_of_lines(text, end=whole)
        if end > 0:
            self._read_rows(RowEnds(text=text, end=end))
        return end, end == whole

    def _read_rows(self, rows: RowEnds) -> None:
        row, lengths = 0, 0
        while row < len(rows):
            blank = rows.blank(first=row)
            if blank:
                row, self.line = row + blank, self.line + blank
                continue
            front = _front(rows[row])
            if len(rows) - row > FEW and lengths < LENGTHS and self._place(front) is not None:
                lengths += 1
                row += self._read_alike(rows, row, front)
            else:
                self._read_alone(rows[row], front)
                row += 1

    def _read_alike(self, rows: RowEnds, first: int, front: bytes) -> int:
        """Read rows from `first` on whose fronts are as long as `front`; how many they were."""
        self._learn_from(rows, first, len(front))
        columns = read_columns(rows=rows, first=first, front=len(front), middles=self._middles, labels=self._labels)
        columns.right[self._flags[columns.slots] & (columns.counts > 1)] = False
        columns.right[columns.stamps > self._latest] = False
        read = Runs(columns=columns)
        starts = np.flatnonzero(~rows.alike(first=first, front=len(front))).tolist()
        for start, end in pairwise((0, *starts, len(columns.right))):
            found = _front(rows[first + start])
            if len(found) != len(front):
                return start
            self._read_practice(rows, read, first, start, end, found)
        return len(columns.right)

    def _read_practice(self, rows: RowEnds, read: Runs, first: int, start: int, end: int, front: bytes) -> None:
        """Read the rows from `start` to `end` of the columns, which are of one front."""
        place = self._place(front) if end - start > FEW else None
        if place is None:
            for row in range(first + start, first + end):
                self._read_alone(rows[row], front)
            return
        before, odd = self.line, read.odd(start=start, end=end)
        refused, stop = self._judge_all(rows, read, first, odd, len(front), end)
        ahead = start
        for row, fault, _ in refused:
            if row > ahead or fault is Fault.SAYING:
                break
            ahead += 1
        early = ahead - start  # of the refused: what is no row of anybody brings nobody into the file
        self._settle(refused[:early], before + 1 - start)
        if ahead < stop:
            some = read.rows(start=start, end=stop, odd=bool(odd))
            self._practice(place, line=before + 1 + ahead - start).take(runs=some, line=before + 1)
        self._reader.found.rows += stop - start - len(refused)
        self._settle(refused[early:], before + 1 - start)
        self.line = before + stop - start
        if stop < end:
            self._explain(rows[first + stop])

    def _settle(self, refused: Sequence[Refused], first: int) -> None:
        """Explain why rows are refused; `first` is the line of row 0."""
        for row, fault, columns in refused:
            self.line = first + row
            self._reader.settle(line=self.line, row=columns, judged=fault)

    def _judge_all(  # where rows are, and where they end
        self, rows: RowEnds, read: Runs, first: int, odd: Sequence[int], front: int, end: int
    ) -> tuple[list[Refused], int]:
        """Judge the odd rows of a known practice: those that cannot be taken, and where its rows end, which is the
        `end` or the first row to which csv objects, behind which nothing is read. What the others say is held.
        """
        refused = list[Refused]()
        for row in odd:
            judged = self._judge(rows[first + row], front)
            if judged is None:
                return refused, row
            said, columns = judged
            if isinstance(said, Fault):
                refused.append((row, said, columns))
            else:
                read.columns.hold(row=row, said=said)
        return refused, end

    def _judge(self, row: bytes, front: int) -> tuple[Said | Fault, list[str]] | None:
        """What a row of a known practice says, or why it cannot be taken, and its columns then; None where csv objects
        to it.

        The specification is asked where it is not plain: a row that it takes has its turn among the others.
        """
        try:
            slot, count, tail = self._parsed(row, front)
        except Unclear:
            pass
        else:
            return (slot, count, tail // 2, tail % 2 == 1), []
        try:
            columns = columns_of(row)
        except csv.Error:
            return None
        return self._reader.judge(row=columns), columns

    def _read_alone(self, row: bytes, front: bytes) -> None:
        place = self._place(front)
        try:
            slot, count, tail = self._parsed(row, len(front))
        except Unclear:
            place = None
        if place is None:
            self._explain(row)
            return
        self.line += 1
        self._reader.found.rows += 1
        practice = self._practice(place, line=self.line)
        practice.rows += 1
        stamp, last = divmod(tail, 2)
        practice.store(slot=slot, value=count, stamp=stamp, last=bool(last), line=self.line)

    def _parsed(self, row: bytes, front: int) -> tuple[int, int, int]:
        """The slot of a row, what it counts, and what its end says. Raises Unclear where not all is plainly right."""
        try:
            indicator, field, value, tail = row[front:].split(b",", BEHIND_FRONT)
            slot = self._slots[indicator, field]
        except (ValueError, KeyError):
            raise Unclear from None
        count = self._counts[value]
        if count > 1 and self._flags[slot]:
            raise Unclear
        end = self._tails[tail]
        if end // 2 > self._latest:
            raise Unclear
        self._learn(tail)
        return slot, count, end

    def _learn_from(self, rows: RowEnds, first: int, front: int) -> None:
        """Learn from the first row; where nothing is known yet and that one is bad, from one of those that follow."""
        for row in range(first, min(first + FEW, len(rows))):
            with suppress(Unclear):
                self._parsed(rows[row], front)
            if self._middles:
                return

    def _learn(self, tail: bytes) -> None:
        """Expect more rows to go on behind their count as this one does, whose tail is plainly right."""
        middle = b"," + tail[:-END]
        if len(self._middles) < MIDDLES and middle not in self._middles:
            self._middles.append(middle)

    def _explain(self, row: bytes) -> None:
        """Have the specification read a row."""
        self.line += 1
        self._reader.read(line=self.line, row=columns_of(row))

    def _practice(self, place: Place, *, line: int) -> PracticeReading:
        """The reading of a practice, of which a row stands on this line."""
        organisation, day = place
        self._reader.found.note_beside(organisation)
        practice = self._reader.practice(line=line, organisation=organisation, day=day)
        if practice is None:
            raise LookupError(f"{organisation} was expected at {day}, and is not.")
        return practice

    def _place(self, front: bytes) -> Place | None:
        """Whose rows begin like this, and of which date; None where they have to be looked at one by one."""
        found = self._places.get(front)
        if found is None and front:
            service, _, organisation, day, _ = front.decode("ascii").split(",")
            expected = service == self._service and self._reader.expects(organisation=organisation, day=day)
            if not expected or holds_a_number(front.decode("ascii")):
                return None
            if len(self._places) == REMEMBERED:
                self._places.clear()
            found = self._places[front] = (organisation, day)
        return found


def _front(row: bytes) -> bytes:
    """The first four columns of a row with their commas; nothing where there are not so many, or the row is long."""
    end = -1
    for _ in range(FRONT):
        end = row.find(b",", end + 1)
        if end < 0:
            return b""
    front = row[: end + 1]
    return front if len(row) <= LONGEST and plain(front) else b""
