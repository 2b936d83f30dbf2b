"""Checks of the thresholds of the gates: a gate out of its bounds holds every run, or none."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from schemas.gates import Threshold
from schemas.service import ServiceDocument


class Bounds(NamedTuple):
    """From where to where a threshold may be, both included, in words, and whether it counts in whole units."""

    least: int
    most: int | None
    words: str
    whole: bool


PERCENT: Final = Bounds(0, 100, "between 0 and 100 percent", whole=False)
FACTOR: Final = Bounds(1, None, "a factor of at least 1", whole=False)
NUMBER: Final = Bounds(1, None, "a whole number of at least 1", whole=True)
POUNDS: Final = Bounds(0, None, "at least 0 pounds", whole=False)
BOUNDS: Final[Mapping[str, Bounds]] = MappingProxyType(
    {
        "coverage": PERCENT,
        "supplier_coverage": PERCENT,
        "early_submissions": PERCENT,
        "unchanged_values": PERCENT,
        "practice_movement": FACTOR,
        "supplier_movement": FACTOR,
        "register_movement": FACTOR,
        "supplier_register_movement": FACTOR,
        "peer_distance": FACTOR,
        "smallest_register": NUMBER,
        "smallest_supplier": NUMBER,
        "same_counts": NUMBER,
        "register_worth": POUNDS,
        "influence": POUNDS,
        "influence_listed": NUMBER,
    }
)


def gate_problems(document: ServiceDocument) -> Iterator[str]:
    """Every threshold is within its bounds."""
    for name, threshold in document.gates:
        if isinstance(threshold, Threshold) and not _within(threshold.value, BOUNDS[name]):
            yield f"gate {name}: {threshold.value} is not {BOUNDS[name].words}; correct it."


def _within(value: Decimal, bounds: Bounds) -> bool:
    below = bounds.most is None or value <= bounds.most
    return bounds.least <= value and below and not (bounds.whole and value % 1)
