"""Points of one indicator, in hundredths of a point. Source: SFE and QOF guidance, as the service documents cite."""

from collections.abc import Sequence

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import GroupRule, Rule
from schemas.service import Kind

HUNDRED_PERCENT = 100 * 100  # in hundredths of a percent, the unit of thresholds


def indicator_points(*, rule: Rule, values: Sequence[int]) -> int:
    """The points of an indicator, in hundredths, from a practice's values by slot.

    A register earns all points when it counts anybody; a yes/no indicator when its flag is 1. A fraction earns
    nothing up to its lower threshold, everything from its upper, and in proportion between. A stepped indicator earns
    its step on reaching the lower threshold and the rest in proportion. Where lower is better, a fraction's points
    are turned round. Points in proportion are rounded to a hundredth, half up or down as the document says.
    """
    if not rule.kind.proportional:
        counted = rule.register if rule.kind is Kind.REGISTER else rule.flag
        return rule.points if _value(values, counted) >= 1 else 0
    denominator = _value(values, rule.denominator)
    if denominator == 0:
        return rule.points if rule.empty_earns and rule.register is not None and values[rule.register] > 0 else 0
    return _share_points(rule, numerator=_value(values, rule.numerator), denominator=denominator)


def available_points(*, total: int, groups: Sequence[GroupRule], values: Sequence[int]) -> int:
    """The points a practice could earn, in hundredths: all but those of groups whose register is zero."""
    return total - sum(group.points for group in groups if values[group.decided_by] == 0)


def _share_points(rule: Rule, *, numerator: int, denominator: int) -> int:
    share = HUNDRED_PERCENT * numerator  # over the denominator, as are the thresholds below
    lower, upper = rule.lower * denominator, rule.upper * denominator
    if rule.kind is Kind.LOWER_IS_BETTER:
        above, span = upper - share, upper - lower
    else:
        above, span = share - lower, upper - lower
    if above >= span:
        return rule.points
    if above < 0 or (above == 0 and rule.kind is not Kind.STEPPED):
        return 0
    earned = rule.step * span + (rule.points - rule.step) * above
    return earned // span if rule.round_down else half_up(numerator=earned, denominator=span)


def _value(values: Sequence[int], slot: int | None) -> int:
    if slot is None:
        raise ValueError("The rule has no such row; the linter of service documents lets none through.")
    return values[slot]
