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
LARGEST_COUNT = 10**9 - 1  # counts have nine digits at most
MOST_POINTS = 100_000  # hundredths; twice as many, times 100 % of the largest count, fit into a machine integer
TOO_LONG = 2**62  # twice this does not fit


def points_of_many(*, rules: Rules, values: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The points of every indicator, in hundredths and in the order of the rules, for the values by slot of each."""
    if not values:
        return []
    counts = _matrix(values)
    if counts.max() > LARGEST_COUNT or any(rule.points > MOST_POINTS for rule in rules.rules):
        return [tuple(score(one) for score in rules.scores) for one in values]
    columns = [_scored(rule, counts) for rule in rules.rules]
    return list(map(tuple, np.stack(columns, axis=1).tolist()))


def prevalence_sums_of_many(*, rules: Rules, lists: Sequence[int], values: Sequence[Sequence[int]]) -> PrevalenceSums:
    """The sums that national prevalences follow from, of practices by their lists and their values by slot."""
    practices = [(size, one) for size, one in zip(lists, values, strict=True) if size > 0]
    if not practices:
        return prevalence_sums(rules=rules, practices=practices)
    people = np.array([size for size, _ in practices], np.int64)
    counts, scale = _matrix([one for _, one in practices]), rules.prevalence_scale
    if scale * int(counts.max()) + int(people.max()) >= TOO_LONG:
        return prevalence_sums(rules=rules, practices=practices)
    registers = {
        rule.code: counts[:, rule.register] for rule in rules.rules if rule.adjusted and rule.register is not None
    }
    return PrevalenceSums(
        scale=scale,
        practices=len(practices),
        people=_sum(people),
        raw={code: _sum((2 * scale * count + people) // (2 * people)) for code, count in registers.items()},
        registers={code: _sum(count) for code, count in registers.items()},
    )


def _matrix(values: Sequence[Sequence[int]]) -> Numbers:
    """The values of each practice as a row; arrays are taken as they are, which is much faster than one by one."""
    rows = [np.frombuffer(one, np.int32) if isinstance(one, array) else one for one in values]
    return np.array(rows, np.int64)


def _sum(numbers: Numbers) -> int:
    """The sum of a column, however long: the upper and the lower halves of the numbers are added apart."""
    return (int((numbers >> HALF).sum()) << HALF) + int((numbers & (2**HALF - 1)).sum())


def _scored(rule: Rule, counts: Numbers) -> Numbers:
    return _shares(rule, counts) if rule.kind.proportional else np.where(counts[:, rule.counted] >= 1, rule.points, 0)


def _shares(rule: Rule, counts: Numbers) -> Numbers:
    numerator, denominator = rule.share
    people = counts[:, denominator]
    sign, edge = (-1, rule.upper) if rule.kind is Kind.LOWER_IS_BETTER else (1, rule.lower)
    earning = sign * (HUNDRED_PERCENT * counts[:, numerator] - edge * people)
    span = (rule.upper - rule.lower) * people
    exact, divisor = rule.step * span + (rule.points - rule.step) * earning, np.maximum(span, 1)
    between = exact // divisor if rule.round_down else (2 * exact + span) // (2 * divisor)
    points = np.where(earning >= span, rule.points, np.where(earning < 0, 0, between))
    return np.where(people == 0, _of_nobody(rule, counts), points)


def _of_nobody(rule: Rule, counts: Numbers) -> Numbers:
    if not rule.empty_earns or rule.register is None:
        return np.zeros(len(counts), np.int64)
    return np.where(counts[:, rule.register] > 0, rule.points, 0)
