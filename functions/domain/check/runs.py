"""Rows that were read together, cut into runs in each of which a slot stands once at most."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from functions.domain.check.columns import Columns
from functions.domain.check.octets import Numbers


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of a practice, an entry each, whose slots rise. `places` says where each stands among all of these rows."""

    columns: Columns
    places: Numbers

    @property
    def slots(self) -> "Numbers | slice":
        """The slots, as a slice where they are neighbours."""
        slots = self.columns.slots
        first, last = slots.item(0), slots.item(-1)
        return slice(first, last + 1) if last - first == len(slots) - 1 else slots


class Runs:
    """Columns, and where among them something is odd or the slots fall."""

    def __init__(self, *, columns: Columns) -> None:
        self.columns = columns
        self._odd: list[int] = np.flatnonzero(~columns.right).tolist()
        self._falls: list[int] = (np.flatnonzero(columns.slots[1:] <= columns.slots[:-1]) + 1).tolist()

    def odd(self, *, start: int, end: int) -> Sequence[int]:
        """The rows between two that are not plainly right."""
        return self._odd[bisect_left(self._odd, start) : bisect_left(self._odd, end)]

    def rows(self, *, start: int, end: int, odd: bool) -> Sequence[Run]:
        """The rows between two that are right. `odd`: some are not, or were not when they were read together."""
        if odd:
            places: Numbers = np.flatnonzero(self.columns.right[start:end])
            columns = self.columns.at(start=start, end=end, places=places)
            falls = (np.flatnonzero(columns.slots[1:] <= columns.slots[:-1]) + 1).tolist()
        else:
            places, columns = np.arange(end - start), self.columns.at(start=start, end=end, places=None)
            first, last = bisect_left(self._falls, start + 1), bisect_left(self._falls, end)
            falls = [fall - start for fall in self._falls[first:last]]
        if not len(places):
            return ()
        if not falls:
            return (Run(columns, places),)
        cuts = pairwise((0, *falls, len(places)))
        return tuple(Run(columns.at(start=low, end=high, places=None), places[low:high]) for low, high in cuts)
