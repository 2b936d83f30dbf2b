"""The points and prevalences of many practices at once: the same whole numbers, a column of them at a time.

`points.py` and `prevalence.py` say how one practice's are worked out; tests hold this to them. Machine integers have
63 bits: where a figure might not fit, the practices are taken one by one, in whole numbers without an end.
"""

from array import array
from collections.abc import Sequence

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


def points_of_many(*, rules: Rules, values: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The points of every indicator, in hundredths and in the order of the rules, for the values by slot of each."""
    if not values:
        return []
    counts = _matrix(values, slots=len(rules.grid.slots))
    if counts.max() >= LARGEST_COUNT or any(not _fits(rule) for rule in rules.rules):
        return [tuple(score(one) for score in rules.scores) for one in values]
    columns = [_scored(rule, counts) for rule in rules.rules]
    return list(map(tuple, np.stack(columns, axis=1).tolist()))


def prevalence_sums_of_many(*, rules: Rules, lists: Sequence[int], values: Sequence[Sequence[int]]) -> PrevalenceSums:
    """The sums that national prevalences follow from, of practices by their lists and their values by slot."""
    registers = {rule.code: rule.register for rule in rules.rules if rule.adjusted and rule.register is not None}
    slots = sorted(set(registers.values()))
    counted = [number for number, size in enumerate(lists) if size > 0]
    people = np.array([lists[number] for number in counted], np.int64)
    counts = _matrix([values[number] for number in counted], slots=len(rules.grid.slots))[:, slots]
    most = 2 * int(counts.max(initial=0)) * rules.prevalence_scale + int(people.max(initial=0))
    if most >= BITS:
        return prevalence_sums(rules=rules, practices=zip(lists, values, strict=True))
    sizes = people[:, np.newaxis]
    raw = _sums((2 * rules.prevalence_scale * counts + sizes) // (2 * sizes))
    total, place = counts.sum(axis=0).tolist(), {slot: number for number, slot in enumerate(slots)}
    return PrevalenceSums(
        scale=rules.prevalence_scale,
        practices=len(counted),
        people=int(people.sum()),
        raw={code: raw[place[slot]] for code, slot in registers.items()},
        registers={code: total[place[slot]] for code, slot in registers.items()},
    )


def _matrix(values: Sequence[Sequence[int]], *, slots: int) -> Numbers:
    """The values of each practice as a row; arrays are taken as they are, which is much faster than one by one."""
    rows = [np.frombuffer(one, np.int32) if isinstance(one, array) else one for one in values]
    return np.array(rows, np.int64).reshape(len(values), slots)


def _sums(numbers: Numbers) -> list[int]:
    """The sum of each column, however long: the upper and the lower halves of the numbers are added apart."""
    upper, lower = (numbers >> HALF).sum(axis=0).tolist(), (numbers & (2**HALF - 1)).sum(axis=0).tolist()
    return [(high << HALF) + low for high, low in zip(upper, lower, strict=True)]


def _fits(rule: Rule) -> bool:
    """True where nothing on the way to a rule's points can be longer than a machine integer."""
    return 4 * max(rule.points, 1) * HUNDRED_PERCENT * LARGEST_COUNT < BITS


def _scored(rule: Rule, counts: Numbers) -> Numbers:
    if rule.kind.proportional:
        return _shares(rule, counts)
    counted = rule.register if rule.kind is Kind.REGISTER else rule.flag
    if counted is None:
        raise ValueError(f"{rule.code} has no row to be scored by.")
    return np.where(counts[:, counted] >= 1, rule.points, 0)


def _shares(rule: Rule, counts: Numbers) -> Numbers:
    if rule.numerator is None or rule.denominator is None:
        raise ValueError(f"{rule.code} has no numerator and denominator to be scored by.")
    people, numerators = counts[:, rule.denominator], counts[:, rule.numerator]
    sign, edge = (-1, rule.upper) if rule.kind is Kind.LOWER_IS_BETTER else (1, rule.lower)
    earning = sign * (HUNDRED_PERCENT * numerators - edge * people)
    span = np.where(people == 0, 1, (rule.upper - rule.lower) * people)
    exact = rule.step * span + (rule.points - rule.step) * earning
    between = exact // span if rule.round_down else (2 * exact + span) // (2 * span)
    nothing = (earning < 0) | ((earning == 0) & (rule.step == 0))
    points = np.where(earning >= span, rule.points, np.where(nothing, 0, between))
    empty = _of_nobody(rule, counts)
    return np.where(people == 0, empty, points)


def _of_nobody(rule: Rule, counts: Numbers) -> Numbers:
    if not rule.empty_earns or rule.register is None:
        return np.zeros(len(counts), np.int64)
    return np.where(counts[:, rule.register] > 0, rule.points, 0)
