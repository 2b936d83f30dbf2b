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
BITS = 2**62  # half of what a machine integer holds
LARGEST_COUNT = 10**9  # counts have nine digits at most


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
    if counts.matrix.max(initial=0) >= LARGEST_COUNT or any(not _fits(rule) for rule in rules.rules):
        for number, values in enumerate(counts.each):
            points[number] = [score(values) for score in rules.scores]
    else:
        for number, rule in enumerate(rules.rules):
            points[:, number] = _scored(rule, counts)
    return points


def prevalence_sums_of_many(*, rules: Rules, lists: Sequence[int], counts: Counts) -> PrevalenceSums:
    """The sums that national prevalences follow from, of practices by their lists and their values by slot."""
    registers = {rule.code: rule.register for rule in rules.rules if rule.adjusted and rule.register is not None}
    slots = sorted(set(registers.values()))
    sizes = np.array(lists, np.int64)
    counted, sizes = sizes > 0, sizes[sizes > 0, np.newaxis]
    people = counts.matrix[:, slots][counted].astype(np.int64)
    most = 2 * int(people.max(initial=0)) * rules.prevalence_scale + int(sizes.max(initial=0))
    if most >= BITS:
        return prevalence_sums(rules=rules, practices=zip(lists, counts.each, strict=True))
    raw = _sums((2 * rules.prevalence_scale * people + sizes) // (2 * sizes))
    total, place = people.sum(axis=0).tolist(), {slot: number for number, slot in enumerate(slots)}
    return PrevalenceSums(
        scale=rules.prevalence_scale,
        practices=len(sizes),
        people=int(sizes.sum()),
        raw={code: raw[place[slot]] for code, slot in registers.items()},
        registers={code: total[place[slot]] for code, slot in registers.items()},
    )


def _sums(numbers: Numbers) -> list[int]:
    """The sum of each column, however long: the upper and the lower halves of the numbers are added apart."""
    upper, lower = (numbers >> HALF).sum(axis=0).tolist(), (numbers & (2**HALF - 1)).sum(axis=0).tolist()
    return [(high << HALF) + low for high, low in zip(upper, lower, strict=True)]


def _fits(rule: Rule) -> bool:
    """True where nothing on the way to a rule's points can be longer than a machine integer."""
    return 4 * max(rule.points, 1) * HUNDRED_PERCENT * LARGEST_COUNT < BITS


def _scored(rule: Rule, counts: Counts) -> Numbers:
    if rule.kind.proportional:
        return _shares(rule, counts)
    counted = rule.register if rule.kind is Kind.REGISTER else rule.flag
    if counted is None:
        raise ValueError(f"{rule.code} has no row to be scored by.")
    return np.where(counts.column(slot=counted) >= 1, rule.points, 0)


def _shares(rule: Rule, counts: Counts) -> Numbers:
    if rule.numerator is None or rule.denominator is None:
        raise ValueError(f"{rule.code} has no numerator and denominator to be scored by.")
    people, numerators = counts.column(slot=rule.denominator), counts.column(slot=rule.numerator)
    sign, edge = (-1, rule.upper) if rule.kind is Kind.LOWER_IS_BETTER else (1, rule.lower)
    earning = sign * (HUNDRED_PERCENT * numerators - edge * people)
    span = np.where(people == 0, 1, (rule.upper - rule.lower) * people)
    exact = rule.step * span + (rule.points - rule.step) * earning
    between = exact // span if rule.round_down else (2 * exact + span) // (2 * span)
    nothing = (earning < 0) | ((earning == 0) & (rule.step == 0))
    points = np.where(earning >= span, rule.points, np.where(nothing, 0, between))
    empty = _of_nobody(rule, counts)
    return np.where(people == 0, empty, points)


def _of_nobody(rule: Rule, counts: Counts) -> Numbers:
    if not rule.empty_earns or rule.register is None:
        return np.zeros(len(counts), np.int64)
    return np.where(counts.column(slot=rule.register) > 0, rule.points, 0)
