"""Points of one indicator, in hundredths of a point. Source: SFE and QOF guidance, as the service documents cite."""

from collections.abc import Sequence

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import GroupRule, Rule
from schemas.service import Kind

HUNDRED_PERCENT = 100 * 100  # in hundredths of a percent, the unit of thresholds


def indicator_points(*, rule: Rule, values: Sequence[int]) -> int:
    """The points of an indicator, in hundredths, from a practice's values by slot.

    A register earns all points when it counts anybody; a yes/no indicator when its flag is 1; a fraction earns
    nothing up to its lower threshold, everything from its upper, and in proportion between, half up to a hundredth.
    """
    if rule.kind is Kind.FRACTION:
        return _fraction_points(
            rule, numerator=_value(values, rule.numerator), denominator=_value(values, rule.denominator)
        )
    counted = rule.register if rule.kind is Kind.REGISTER else rule.flag
    return rule.points if _value(values, counted) >= 1 else 0


def available_points(*, total: int, groups: Sequence[GroupRule], values: Sequence[int]) -> int:
    """The points a practice could earn, in hundredths: all but those of groups whose register is zero."""
    return total - sum(group.points for group in groups if values[group.decided_by] == 0)


def _fraction_points(rule: Rule, *, numerator: int, denominator: int) -> int:
    if denominator == 0:
        return 0
    above_lower = HUNDRED_PERCENT * numerator - rule.lower * denominator
    span = (rule.upper - rule.lower) * denominator
    if above_lower <= 0:
        return 0
    return rule.points if above_lower >= span else half_up(numerator=rule.points * above_lower, denominator=span)


def _value(values: Sequence[int], slot: int | None) -> int:
    if slot is None:
        raise ValueError("The rule has no such row; the linter of service documents lets none through.")
    return values[slot]
