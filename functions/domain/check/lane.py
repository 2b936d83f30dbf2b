"""The fast lane of reading: the neighbouring rows of a practice at once, where they are plainly all right.

The row-by-row reader is the specification. Whatever this lane does not recognise at a glance it hands to that reader,
row for row, so that both accept the same rows and report the same problems; tests hold them equal on mutated files.
A template is tried only where its first and its last row would fit, and no more once it keeps missing, so that a
hostile file costs little more than reading it row by row.
"""

import csv
from collections.abc import Sequence

from functions.domain.check.known import Unclear, counts, labels, stamps
from functions.domain.check.reader import ExtractReader
from functions.domain.check.reading import Expectation, PracticeReading
from functions.domain.check.template import Template

TEMPLATES = 4  # shapes tried, the last that fitted first
CREDIT = 32  # misses more than hits after which no template is tried any more
LONGEST = 2**12  # bytes of a row that this lane takes; csv has an opinion on longer ones
FRONT = 4  # columns of a row that say whose it is: service, name, organisation and date


class FastLane:
    """Reads ASCII text without quotes or carriage returns into a reader. `line` is the last line that was read."""

    def __init__(self, *, reader: ExtractReader, expectation: Expectation, line: int) -> None:
        self.line = line
        self._reader = reader
        self._service = expectation.service
        self._size = len(expectation.grid.slots)
        self._flags = frozenset(number for number, slot in enumerate(expectation.grid.slots) if slot.flag)
        self._labels = labels(grid=expectation.grid)
        self._counts, self._stamps = counts(), stamps()
        self._templates: list[Template] = []
        self._credit = CREDIT

    def read(self, *, text: bytes, last: bool) -> int:
        """Read the rows of a text that begins with a line break, and return where the rest begins, at a line break.

        The rest is a row that is cut off, and the rows of its practice; none where this is the `last` text.
        """
        rows = text.split(b"\n")
        rest = rows.pop()
        if last and rest:
            rows.append(rest)
        at, row = 0, 1  # in front of the first line break stands nothing
        while row < len(rows):
            front = _front(rows[row])
            template = self._fitting(text, at, rows, row, front) if front and self._credit else None
            if template is not None:
                row, at = row + template[0], template[1]
                continue
            end = _end_of_practice(rows, row, front)
            if end == len(rows) and row > 1 and not last:
                break
            end = self._next_start(rows, row, end, front)
            self._one_by_one(rows[row:end], front)
            at += sum(map(len, rows[row:end])) + end - row
            row = end
        return at

    def _fitting(self, text: bytes, at: int, rows: list[bytes], row: int, front: bytes) -> tuple[int, int] | None:
        """How many rows a template has read and where they end, or None."""
        for template in self._templates:
            last = row + template.rows - 1
            if last < len(rows) and rows[last].startswith(front) and rows[row].startswith(template.first, len(front)):
                end = self._tried(template, text, at, rows[row : last + 1], front)
                if end is not None:
                    return template.rows, end
        return None

    def _tried(self, template: Template, text: bytes, at: int, rows: list[bytes], front: bytes) -> int | None:
        practice = self._practice(front)
        if practice is None:
            return None
        line, counts, stamps = self.line + 1, self._counts, self._stamps
        try:
            submission, end = template.read(
                text=text, at=at, rows=rows, front=front, line=line, counts=counts, stamps=stamps
            )
        except Unclear:
            self._credit -= 1
            return None
        practice.take(submission, rows=template.rows)
        self.line += template.rows
        self._reader.found.rows += template.rows
        self._credit = min(CREDIT, self._credit + 1)
        self._templates.sort(key=lambda one: one is not template)
        return end

    def _next_start(self, rows: Sequence[bytes], row: int, end: int, front: bytes) -> int:
        """Where among a practice's rows a template may begin to fit, behind superseded ones perhaps; else their end."""
        if not (self._templates and self._credit and front):
            return end
        first = front + self._templates[0].first
        return next((later for later in range(row + 1, end) if rows[later].startswith(first)), end)

    def _one_by_one(self, rows: Sequence[bytes], front: bytes) -> None:
        """Read rows of one front, and learn their shape if it is that of a whole practice."""
        practice = self._practice(front) if front else None
        slots, whole = list[int](), practice is not None and practice.rows == 0
        for row in rows:
            self.line += 1
            slot = None if practice is None else self._stored(practice, row, len(front))
            if slot is None:
                self._reader.read(line=self.line, row=_columns(row))
            else:
                slots.append(slot)
        if whole and len(rows) == len(slots) == len(set(slots)):
            self._learn(rows, slots, len(front))

    def _stored(self, practice: PracticeReading, row: bytes, start: int) -> int | None:
        """Store the value of a row and say its slot; None where anything about the row is not plainly right."""
        value = row.find(b",", row.find(b",", start) + 1) + 1
        tail = row.find(b",", value)
        slot = self._labels.get(row[start:value]) if tail > 0 else None
        if slot is None:
            return None
        try:
            count, stamp = self._counts[row[value:tail]], self._stamps[row[tail:]]
        except Unclear:
            return None
        if count > 1 and slot in self._flags:
            return None
        self._reader.found.rows += 1
        practice.rows += 1
        practice.store(slot=slot, value=count, stamp=stamp, line=self.line)
        return slot

    def _learn(self, rows: Sequence[bytes], slots: Sequence[int], start: int) -> None:
        names = {number: label for label, number in self._labels.items()}
        labels = [names[slot] for slot in slots]
        ends = (row.index(b",", start + len(label)) for row, label in zip(rows, labels, strict=True))
        tails = [len(row) - end for row, end in zip(rows, ends, strict=True)]
        learned = Template(labels=labels, slots=slots, tails=tails, size=self._size, flags=self._flags)
        self._templates = [learned, *self._templates][:TEMPLATES]

    def _practice(self, front: bytes) -> PracticeReading | None:
        """The practice of a front; None, and nothing noted, where its rows have to be looked at one by one."""
        service, _, organisation, day, _ = front.decode("ascii").split(",")
        if service != self._service or not self._reader.expects(organisation=organisation, day=day):
            return None
        return self._reader.practice(line=self.line + 1, organisation=organisation, day=day)


def _columns(row: bytes) -> Sequence[str]:
    """The columns of a row as csv gives them. Raises csv.Error where it would."""
    columns = row.decode("ascii").split(",") if row else ()
    if len(row) > csv.field_size_limit() and max(map(len, columns)) > csv.field_size_limit():
        raise csv.Error(f"field larger than field limit ({csv.field_size_limit()})")
    return columns


def _front(row: bytes) -> bytes:
    """The first four columns of a row with their commas; nothing where there are not so many, or the row is long."""
    parts = row.split(b",", FRONT)
    return row[: len(row) - len(parts[FRONT])] if len(parts) > FRONT and len(row) <= LONGEST else b""


def _end_of_practice(rows: Sequence[bytes], row: int, front: bytes) -> int:
    end = row + 1
    while front and end < len(rows) and rows[end].startswith(front):
        end += 1
    return end
