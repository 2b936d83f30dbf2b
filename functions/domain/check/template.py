"""The shape of a practice's rows as a supplier's system writes them, learned from one practice and tried on the next.

Systems write every practice alike: the same rows in the same order, with another code, other counts and other times.
Given that, a practice is read by cutting each row where its value must stand, putting the rows together again from
what was cut, and comparing the result with the file. Only where every byte agrees is anything accepted: a template
may be wrong about a practice, but it cannot accept what the rows do not say.
"""

from collections.abc import Sequence

from functions.domain.check.known import Known, Unclear
from functions.domain.submission import ABSENT, Submission


class Template:
    """`labels` are the bytes between the front of a row (service, name, organisation and date) and its value, a row
    each; `slots` where each value belongs; `tails` how many bytes stand behind the value. `size` counts the slots of
    the grid, and `flags` are those that may be 1 at most.
    """

    def __init__(
        self,
        *,
        labels: Sequence[bytes],
        slots: Sequence[int],
        tails: Sequence[int],
        size: int,
        flags: frozenset[int],
    ) -> None:
        self.rows = len(labels)
        self.first = labels[0]
        self._labels = labels
        self._tails = tails
        self._tail_cuts = [slice(-tail, None) for tail in tails]
        self._value_cuts: dict[int, list[slice]] = {}
        self._parts: list[bytes] = [b""] * (4 * self.rows)
        self._flags = [row for row, slot in enumerate(slots) if slot in flags]
        row_of = {slot: row for row, slot in enumerate(slots)}
        self._order = [row_of.get(slot, self.rows) for slot in range(size)]
        self._in_order = self._order == list(range(self.rows))

    def read(  # all that a try needs
        self,
        *,
        text: bytes,
        at: int,
        rows: Sequence[bytes],
        front: bytes,
        line: int,
        counts: Known,
        stamps: Known,
    ) -> tuple[Submission, int]:
        """The submission that `rows` are, and where in `text` they end; they stand there from `at`, a line break first.

        Raises Unclear where they are not of this shape, or anything about them is not plainly right.
        """
        values = [row[cut] for row, cut in zip(rows, self._cuts(len(front)), strict=True)]
        tails = [row[cut] for row, cut in zip(rows, self._tail_cuts, strict=True)]
        end = self._end(text, at, front, values, tails)
        found = [counts[value] for value in values]
        if any(found[row] > 1 for row in self._flags):
            raise Unclear
        return self._submission(found, [stamps[tail] for tail in tails], range(line, line + self.rows)), end

    def _cuts(self, front: int) -> list[slice]:
        if front not in self._value_cuts:
            if len(self._value_cuts) > self.rows:  # a hostile file's fronts are all of another length
                self._value_cuts.clear()
            cuts = zip(self._labels, self._tails, strict=True)
            self._value_cuts[front] = [slice(front + len(label), -tail) for label, tail in cuts]
        return self._value_cuts[front]

    def _end(self, text: bytes, at: int, front: bytes, values: Sequence[bytes], tails: Sequence[bytes]) -> int:
        parts = self._parts
        parts[0::4] = [b"\n" + front] * self.rows
        parts[1::4], parts[2::4], parts[3::4] = self._labels, values, tails
        built = b"".join(parts)
        end = at + len(built)
        if not text.startswith(built, at) or text[end : end + 1] not in (b"\n", b""):
            raise Unclear
        return end

    def _submission(self, values: list[int], stamps: list[int], lines: range) -> Submission:
        if self._in_order:
            return Submission(values=values, stamps=stamps, places=lines)
        known, times, places = (*values, ABSENT), (*stamps, 0), (*lines, 0)
        return Submission(
            values=[known[row] for row in self._order],
            stamps=[times[row] for row in self._order],
            places=[places[row] for row in self._order],
        )
