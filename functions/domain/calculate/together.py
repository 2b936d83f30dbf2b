"""The points and prevalences of many practices at once: the same whole numbers, a column of them at a time.

`points.py` and `prevalence.py` say how one practice's are worked out; tests hold this to them. Machine integers have
63 bits: where a figure might not fit, the practices are taken one by one, in whole numbers without an end.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from functions.domain.calculate.points import HUNDRED_PERCENT
from functions.domain.calculate.prevalence import PrevalenceSums, prevalence_sums
from functions.domain.calculate.rules import Rule, Rules
from schemas.service import Kind

Numbers = NDArray[np.int64]
HALF = 31  # bits
LARGEST_COUNT = 10**9 - 1  # counts have nine digits at most
MOST_POINTS = 100_000  # hundredths; twice as many, times 100 % of the largest count, fit into a machine integer
TOO_LONG = 2**62  # twice this does not fit


@dataclass(frozen=True, slots=True)
class Counts:
    """The values by slot of many practices: of `each` as it was given, and all of them, a row a practice."""

    each: Sequence[Sequence[int]]
    matrix: NDArray[np.signedinteger]

    def __len__(self) -> int:
        return len(self.each)

    def column(self, *, slot: int) -> Numbers:
        """What every practice has in a slot."""
        return self.matrix[:, slot].astype(np.int64)


def counts_of(*, values: Sequence[Sequence[int]], slots: int) -> Counts:
    """The counts of practices, each with so many slots; arrays are taken as they are, much faster than one by one."""
    arrays = [np.frombuffer(one, np.int32) for one in values if isinstance(one, array)]
    matrix = np.array(arrays, np.int32) if len(arrays) == len(values) else np.array(values, np.int64)
    return Counts(each=values, matrix=matrix.reshape(len(values), slots))


def points_of_many(*, rules: Rules, counts: Counts) -> Numbers:
    """The points of every indicator, in hundredths: a row a practice, a column an indicator as in the rules."""
    points = np.zeros((len(counts), len(rules.rules)), np.int64)
    if (counts.matrix > LARGEST_COUNT).any() or any(rule.points > MOST_POINTS for rule in rules.rules):
        for number, values in enumerate(counts.each):
            points[number] = [score(values) for score in rules.scores]
    else:
        for number, rule in enumerate(rules.rules):
            points[:, number] = _scored(rule, counts)
    return points


def prevalence_sums_of_many(*, rules: Rules, lists: Sequence[int], counts: Counts) -> PrevalenceSums:
    """The sums that national prevalences follow from, of practices by their lists and their values by slot."""
    practices, scale = list(zip(lists, counts.each, strict=True)), rules.prevalence_scale
    sizes = np.array(lists, np.int64)
    counted = sizes > 0
    if not counted.any() or scale * int(counts.matrix.max()) + int(sizes.max()) >= TOO_LONG:
        return prevalence_sums(rules=rules, practices=practices)
    people = sizes[counted]
    registers = {
        rule.code: counts.column(slot=rule.register)[counted]
        for rule in rules.rules
        if rule.adjusted and rule.register is not None
    }
    return PrevalenceSums(
        scale=scale,
        practices=len(people),
        people=_sum(people),
        raw={code: _sum((2 * scale * count + people) // (2 * people)) for code, count in registers.items()},
        registers={code: _sum(count) for code, count in registers.items()},
    )


def _sum(numbers: Numbers) -> int:
    """The sum of a column, however long: the upper and the lower halves of the numbers are added apart."""
    return (int((numbers >> HALF).sum()) << HALF) + int((numbers & (2**HALF - 1)).sum())


def _scored(rule: Rule, counts: Counts) -> Numbers:
    if rule.kind.proportional:
        return _shares(rule, counts)
    return np.where(counts.column(slot=rule.counted) >= 1, rule.points, 0)


def _shares(rule: Rule, counts: Counts) -> Numbers:
    numerators, people = (counts.column(slot=slot) for slot in rule.share)
    sign, edge = (-1, rule.upper) if rule.kind is Kind.LOWER_IS_BETTER else (1, rule.lower)
    earning = sign * (HUNDRED_PERCENT * numerators - edge * people)
    span = (rule.upper - rule.lower) * people
    exact, divisor = rule.step * span + (rule.points - rule.step) * earning, np.maximum(span, 1)
    between = exact // divisor if rule.round_down else (2 * exact + span) // (2 * divisor)
    points = np.where(earning >= span, rule.points, np.where(earning < 0, 0, between))
    return np.where(people == 0, _of_nobody(rule, counts), points)


def _of_nobody(rule: Rule, counts: Counts) -> Numbers:
    if not rule.empty_earns or rule.register is None:
        return np.zeros(len(counts), np.int64)
    return np.where(counts.column(slot=rule.register) > 0, rule.points, 0)
