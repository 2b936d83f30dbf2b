"""Which required values a practice still lacks: it is not calculated until every one is there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from functions.domain.grid import Grid
from functions.domain.submission import missing_slots
from schemas.file import PracticeCompleteness
from schemas.service import ServiceDocument


def missing_by_indicator(*, grid: Grid, values: Sequence[int]) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Each incomplete indicator: its code, the names of the fields it lacks, and how many it needs."""
    lacking: dict[str, list[str]] = {}
    for slot in missing_slots(grid=grid, values=values):
        lacking.setdefault(grid.slots[slot].indicator, []).append(grid.slots[slot].field)
    for indicator, fields in lacking.items():
        needed = sum(grid.slots[slot].required for slot in grid.numbers[indicator].values())
        yield indicator, tuple(fields), needed


def missing_sentence(*, fields: Sequence[str], needed: int) -> str:
    """What is missing, as the field counts it: submitted n of m."""
    return f"Submitted {needed - len(fields)} of {needed}; send also {', '.join(fields)} (0 where nobody was counted)."


class Completeness:
    """How complete each practice is, by indicator group, against a service document."""

    def __init__(self, *, document: ServiceDocument, grid: Grid) -> None:
        groups = {indicator.code: indicator.group for indicator in document.indicators}
        self._grid = grid
        self._group = tuple(groups[slot.indicator] for slot in grid.slots)
        self._required = Counter(self._group[slot] for slot in grid.required)

    def of(self, *, organisation: str, values: Sequence[int]) -> PracticeCompleteness:
        """A practice's required values that are there, submitted n of m, and the groups that lack some."""
        missing = missing_slots(grid=self._grid, values=values)
        required = len(self._grid.required)
        return PracticeCompleteness(
            organisation=organisation,
            submitted=required - len(missing),
            required=required,
            lacking=self._lacking(Counter(self._group[slot] for slot in missing)),
        )

    def _lacking(self, missing: Mapping[str, int]) -> dict[str, str]:
        needed = self._required
        return {group: f"{needed[group] - missing[group]} of {needed[group]}" for group in sorted(missing)}
