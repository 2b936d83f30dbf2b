"""How a practice's counts must stand to one another: numerators to denominators, registers to each other.

Every practice is looked at twice: together with others, which finds in few steps those of whom anything can be said,
and then these alone, which says it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, Submission, numerators_above
from schemas.problem import Code, Severity

TOGETHER = 256  # practices looked at in one step: enough to be fast, few enough to need little memory


@dataclass(frozen=True, slots=True)
class Relation:
    """Counts that do not stand to one another as they should, shown by the one of a slot."""

    slot: int
    code: Code
    severity: Severity
    message: str


def relations(*, grid: Grid, values: Sequence[int]) -> Iterator[Relation]:
    """What is wrong with the counts of one practice, given by slot, and what is only remarkable."""
    denominators = dict(grid.fractions)
    for slot in numerators_above(grid=grid, values=values):
        message = (
            f"The numerator is above its denominator, {values[denominators[slot]]}. A patient counted in it must be in "
            "the denominator too."
        )
        yield Relation(slot, Code.PRACTICE_NUMERATOR, Severity.PRACTICE, message)
    for cohort in grid.cohorts:
        register, people = values[cohort.register], values[cohort.denominator]
        excepted = sum(max(values[slot], 0) for slot in cohort.adjustments)
        if ABSENT not in (register, people) and people + excepted > register:
            message = (
                f"The denominator of {people} and {excepted} personalised care adjustments are more than the "
                f"{register} people on the register, of whom both are part. Check how they were counted."
            )
            yield Relation(cohort.denominator, Code.WARNING_COHORT, Severity.WARNING, message)
    for slots in grid.registers:
        sent = [slot for slot in slots if values[slot] != ABSENT]
        for slot in sent[1:]:
            if values[slot] != values[sent[0]]:
                message = (
                    f"The register is {values[slot]} here and {values[sent[0]]} for {grid.slots[sent[0]].indicator}, "
                    "which should have the same. Each indicator is paid by its own: check which is right."
                )
                yield Relation(slot, Code.WARNING_REGISTERS, Severity.WARNING, message)


class Remarkable:
    """Finds, among many practices, those with a relation that is not as it should be."""

    def __init__(self, *, grid: Grid) -> None:
        self._numerators, self._denominators = grid.shares
        self._cohorts = [(cohort.register, cohort.denominator, list(cohort.adjustments)) for cohort in grid.cohorts]
        self._pairs = [(slots[0], other) for slots in grid.registers for other in slots[1:]]
        self._first, self._other = (np.array([pair[side] for pair in self._pairs], np.int64) for side in (0, 1))

    def among(self, *, submissions: Sequence[Submission]) -> Iterator[int]:
        """The numbers of the submissions of which `relations` says anything, and maybe of some others."""
        for start in range(0, len(submissions), TOGETHER):
            some = submissions[start : start + TOGETHER]
            counts = np.array([np.frombuffer(one.values, np.int32) for one in some], np.int64)
            yield from (start + np.flatnonzero(self._odd(counts))).tolist()

    def _odd(self, counts: NDArray[np.int64]) -> NDArray[np.bool_]:
        numerators, denominators = counts[:, self._numerators], counts[:, self._denominators]
        odd: NDArray[np.bool_] = ((numerators > denominators) & (denominators != ABSENT)).any(axis=1)
        for register, denominator, adjustments in self._cohorts:
            excepted = np.maximum(counts[:, adjustments], 0).sum(axis=1)
            odd |= counts[:, denominator] + excepted > counts[:, register]
        first, other = counts[:, self._first], counts[:, self._other]
        odd |= (first != other).any(axis=1)
        return odd
