"""Which required values a practice still lacks: it is not calculated until every one is there."""

from collections.abc import Iterator, Sequence

from functions.domain.grid import Grid
from functions.domain.submission import missing_slots


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
