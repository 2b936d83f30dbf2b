"""Ratios of now to last, as whole numbers of millionths, and their medians. In 2010 registers were halved unseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from functions.domain.calculate.rounding import half_up
from functions.domain.gate.stake import Stake
from functions.domain.gate.words import MILLION


@dataclass(frozen=True, slots=True)
class Movement:
    """How a practice moved since the run before, in millionths: `prevalence` and `registers` are medians over its
    registers, of which `judged` were large enough; None where none was.
    """

    organisation: str
    prevalence: int | None
    registers: int | None
    list_size: int
    judged: int


def movement(*, now: Stake, then: Stake, smallest: int) -> Movement | None:
    """The movement of a practice; None where it has no list now or had none then.

    A register of 0 counts as one person, so that one which appeared or vanished has a ratio.
    """
    if not (now.list_size and then.list_size):
        return None
    pairs = [
        (max(count, 1), max(then.counts[name], 1))
        for name, count in now.counts.items()
        if max(count, then.counts.get(name, -1)) >= smallest and name in then.counts
    ]
    lists = now.list_size, then.list_size
    return Movement(
        organisation=now.organisation,
        prevalence=median(ratio_of(count * lists[1], last * lists[0]) for count, last in pairs),
        registers=median(ratio_of(count, last) for count, last in pairs),
        list_size=ratio_of(*lists),
        judged=len(pairs),
    )


def median(ratios: Iterable[int]) -> int | None:
    """The middle one, or the mean of the two in the middle; None of none."""
    ordered = sorted(ratios)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return half_up(numerator=ordered[middle - 1] + ordered[middle], denominator=2)


def beyond(*, ratio: int | None, factor: Decimal) -> bool:
    """True when a ratio is above a factor, or below one over it."""
    if ratio is None:
        return False
    exact = Fraction(factor)
    return ratio > exact * MILLION or ratio * exact < MILLION


def ratio_of(now: int, then: int) -> int:
    """Now over then in millionths; then is not 0."""
    return half_up(numerator=now * MILLION, denominator=then)
