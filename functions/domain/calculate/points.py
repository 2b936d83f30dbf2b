"""Points of one indicator, in hundredths of a point. Source: SFE and QOF guidance, as the service documents cite.

A register earns all points when it counts anybody; a yes/no indicator when its flag is 1. A fraction earns nothing up
to its lower threshold, everything from its upper, and in proportion between. A stepped indicator earns its step on
reaching the lower threshold and the rest in proportion. Where lower is better, a fraction's points are turned round.
Points in proportion are rounded to a hundredth, half up or down as the document says.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from functions.domain.calculate.rounding import half_up
from schemas.service import Kind

if TYPE_CHECKING:
    from functions.domain.calculate.rules import GroupRule, Rule

HUNDRED_PERCENT = 100 * 100  # in hundredths of a percent, the unit of thresholds
Score: TypeAlias = Callable[[Sequence[int]], int]


def indicator_points(*, rule: "Rule", values: Sequence[int]) -> int:
    """The points of an indicator, in hundredths, from a practice's values by slot."""
    return scored_by(rule=rule)(values)


def available_points(*, total: int, groups: Sequence["GroupRule"], values: Sequence[int], points: Sequence[int]) -> int:
    """The points a practice could have, in hundredths: all but those of groups whose register is zero, of which only
    what it has all the same was to be had. `points` are those that it has, by indicator.
    """
    closed = [group for group in groups if values[group.decided_by] == 0]
    return total - sum([group.points - sum([points[place] for place in group.places]) for group in closed])


def scored_by(*, rule: "Rule") -> Score:
    """What gives the points of an indicator, in hundredths, from values by slot: a nation is scored by it.

    Raises ValueError for a rule without the rows that its kind needs; the linter of documents lets none through.
    """
    if rule.kind.proportional:
        return _share(rule)
    counted, points = rule.counted, rule.points
    return lambda values: points if values[counted] >= 1 else 0


def _share(rule: "Rule") -> Score:
    (numerator, denominator), points, step = rule.share, rule.points, rule.step
    slope, width = points - step, rule.upper - rule.lower
    sign, edge = (-1, rule.upper) if rule.kind is Kind.LOWER_IS_BETTER else (1, rule.lower)

    def score(values: Sequence[int]) -> int:
        people = values[denominator]
        if people == 0:
            return _of_nobody(rule, values)
        earning = sign * (HUNDRED_PERCENT * values[numerator] - edge * people)  # beyond the threshold, times people
        span = width * people
        if earning >= span:
            return points
        if earning < 0:
            return 0
        exact = step * span + slope * earning
        return exact // span if rule.round_down else half_up(numerator=exact, denominator=span)

    return score


def _of_nobody(rule: "Rule", values: Sequence[int]) -> int:
    return rule.points if rule.empty_earns and rule.register is not None and values[rule.register] > 0 else 0
