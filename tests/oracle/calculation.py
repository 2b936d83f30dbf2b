"""Points and pounds in exact fractions, section by section as the rules are written down.

Points: a register and a yes/no indicator earn all or nothing; a fraction earns nothing up to its lower threshold,
everything from its upper one, and between them points x (pct - lower) / (upper - lower), half up to 2 decimals.
Pounds: points x value of a point x prevalence factor x list factor, summed and rounded once, half up, to a penny.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from tests.oracle.definition import Definition, Scored
from tests.oracle.files import Values

PREVALENCE_PLACES = 12  # decimals to which a practice's raw prevalence and the national mean are held


@dataclass(frozen=True)
class Expected:
    """What a practice should get: points by indicator and in all, points available, and pounds."""

    indicators: Mapping[str, Fraction]
    points: Fraction
    available: Fraction
    amount: Fraction


def half_up(value: Fraction, places: int) -> Fraction:
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def expected(service: Definition, practices: Mapping[str, Values], lists: Mapping[str, int]) -> dict[str, Expected]:
    """The results of a nation: the practices that submitted, each with its list."""
    national = {
        indicator.code: national_prevalence(service, indicator, practices, lists)
        for indicator in service.indicators
        if indicator.adjusted
    }
    return {code: _practice(service, values, Fraction(lists[code]), national) for code, values in practices.items()}


def national_prevalence(
    service: Definition, indicator: Scored, practices: Mapping[str, Values], lists: Mapping[str, int]
) -> Fraction:
    """Over the practices with a list above 0."""
    registers = {code: _own(indicator, "register", values) for code, values in practices.items() if lists[code] > 0}
    if not registers:
        return Fraction(0)
    if service.pooled:
        people = sum(lists[code] for code in registers)
        return half_up(Fraction(sum(registers.values()), people), PREVALENCE_PLACES)
    raw = [half_up(Fraction(count, lists[code]), PREVALENCE_PLACES) for code, count in registers.items()]
    return half_up(sum(raw, Fraction(0)) / len(raw), PREVALENCE_PLACES)


def indicator_points(indicator: Scored, values: Values) -> Fraction:
    if indicator.kind == "register":
        return indicator.points if _own(indicator, "register", values) >= 1 else Fraction(0)
    if indicator.kind == "yes_no":
        return indicator.points if _own(indicator, "flag", values) == 1 else Fraction(0)
    numerator, denominator = (_own(indicator, name, values) for name in ("numerator", "denominator"))
    if denominator == 0:
        return Fraction(0)
    percent = Fraction(100 * numerator, denominator)
    if percent <= indicator.lower:
        return Fraction(0)
    if percent >= indicator.upper:
        return indicator.points
    return half_up(indicator.points * (percent - indicator.lower) / (indicator.upper - indicator.lower), 2)


def _practice(service: Definition, values: Values, registered: Fraction, national: Mapping[str, Fraction]) -> Expected:
    points = {indicator.code: indicator_points(indicator, values) for indicator in service.indicators}
    amounts = (
        points[indicator.code]
        * service.value_of_point
        * _prevalence_factor(indicator, values, registered, national)
        * (registered / service.national_average_list)
        for indicator in service.indicators
    )
    return Expected(
        indicators=points,
        points=sum(points.values(), Fraction(0)),
        available=sum((i.points for i in service.indicators if _is_available(service, i, values)), Fraction(0)),
        amount=half_up(sum(amounts, Fraction(0)), 2),
    )


def _prevalence_factor(
    indicator: Scored, values: Values, registered: Fraction, national: Mapping[str, Fraction]
) -> Fraction:
    if not indicator.adjusted:
        return Fraction(1)
    if registered == 0 or national[indicator.code] == 0:
        return Fraction(0)
    return _own(indicator, "register", values) / registered / national[indicator.code]


def _is_available(service: Definition, indicator: Scored, values: Values) -> bool:
    decider = service.decided_by.get(indicator.group)
    if decider is None:
        return True
    deciding = next(entry for entry in service.indicators if entry.code == decider)
    return _own(deciding, "register", values) != 0


def _own(indicator: Scored, name: str, values: Values) -> int:
    """A value on the indicator's own rows."""
    return values[indicator.code, indicator.fields[name]]
