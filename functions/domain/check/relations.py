"""How a practice's counts must stand to one another: numerators to denominators, registers to each other.

All practices are looked at together, which takes few steps; there is a sentence for those alone of whom there is
something to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from functions.domain.grid import Cohort, Grid
from functions.domain.submission import ABSENT, Submission
from schemas.problem import Code, Severity

TOGETHER = 256  # practices looked at in one step: enough to be fast, few enough to need little memory


@dataclass(frozen=True, slots=True)
class Relation:
    """Counts that do not stand to one another as they should, shown by the one of a slot."""

    slot: int
    code: Code
    severity: Severity
    message: str


def relations(*, grid: Grid, submissions: Sequence[Submission]) -> Iterator[tuple[int, Relation]]:
    """What is wrong with the counts of each of these practices, and what is only remarkable, by its place among them.

    What is said of one is in order: its numerators, the cohorts of its registers, its registers.
    """
    for start in range(0, len(submissions), TOGETHER):
        some = submissions[start : start + TOGETHER]
        together = np.frombuffer(b"".join(one.values for one in some), np.int32)
        counts = together.reshape(len(some), -1).astype(np.int64)
        for among in (_numerators, _cohorts, _registers):
            yield from ((start + number, relation) for number, relation in among(grid, counts))


def _numerators(grid: Grid, counts: NDArray[np.int64]) -> Iterator[tuple[int, Relation]]:
    numerators, denominators = grid.shares
    above = (counts[:, numerators] > counts[:, denominators]) & (counts[:, denominators] != ABSENT)
    for number, share in np.argwhere(above).tolist():
        numerator, denominator = grid.fractions[share]
        message = (
            f"The numerator is above its denominator, {counts[number, denominator]}. A patient counted in it must be "
            "in the denominator too."
        )
        yield number, Relation(numerator, Code.PRACTICE_NUMERATOR, Severity.PRACTICE, message)


def _cohorts(grid: Grid, counts: NDArray[np.int64]) -> Iterator[tuple[int, Relation]]:
    for cohort in grid.cohorts:
        people, register = counts[:, cohort.denominator], counts[:, cohort.register]
        excepted = np.maximum(counts[:, np.array(cohort.adjustments, np.int64)], 0).sum(axis=1)
        odd = (people + excepted > register) & (people != ABSENT) & (register != ABSENT)
        for number in np.flatnonzero(odd).tolist():
            yield number, _cohort(cohort, people[number], excepted[number], register[number])


def _cohort(cohort: Cohort, people: int, excepted: int, register: int) -> Relation:
    message = (
        f"The denominator of {people} and {excepted} personalised care adjustments are more than the {register} people "
        "on the register, of whom both are part. Check how they were counted."
    )
    return Relation(cohort.denominator, Code.WARNING_COHORT, Severity.WARNING, message)


def _registers(grid: Grid, counts: NDArray[np.int64]) -> Iterator[tuple[int, Relation]]:
    """Each register that differs from the first that was sent of its group."""
    for slots in grid.registers:
        held = counts[:, slots]
        sent = held != ABSENT
        firsts = sent.argmax(axis=1)
        odd = sent & (held != held[np.arange(len(held)), firsts][:, np.newaxis])
        for number, place in np.argwhere(odd).tolist():
            first, slot = slots[firsts[number]], slots[place]
            message = (
                f"The register is {counts[number, slot]} here and {counts[number, first]} for "
                f"{grid.slots[first].indicator}, which should have the same. Each indicator is paid by its own: check "
                "which is right."
            )
            yield number, Relation(slot, Code.WARNING_REGISTERS, Severity.WARNING, message)
