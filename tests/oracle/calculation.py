"""Points and pounds in exact fractions, section by section as the rules are written down.

Points: a register and a yes/no indicator earn all or nothing; a fraction earns nothing up to its lower threshold,
everything from its upper one, and between them points x (pct - lower) / (upper - lower), half up to 2 decimals. A
stepped indicator earns its step on reaching the lower threshold, and the rest in proportion; where lower is better, the
same holds with the direction reversed.
Pounds: points x value of a point x prevalence factor x list factor, summed and rounded once, half up, to a penny.
Where a document names another policy, the rule of that name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from types import MappingProxyType

from tests.oracle.definition import Definition, Scored
from tests.oracle.files import Values

# Decimals to which a practice's raw prevalence and the national figure are held.
PREVALENCE_PLACES = {"half_up_12_decimals": 12, "half_up_4_decimals": 4}


@dataclass(frozen=True)
class Expected:
    """What a practice should get: points by indicator and in all, points available, and pounds."""

    indicators: Mapping[str, Fraction]
    points: Fraction
    available: Fraction
    amount: Fraction


def half_up(value: Fraction, places: int) -> Fraction:
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def down(value: Fraction, places: int) -> Fraction:
    return Fraction(floor(value * 10**places), 10**places)


WHOLE_YEAR = Fraction(1)


def expected(
    service: Definition,
    practices: Mapping[str, Values],
    lists: Mapping[str, int],
    *,
    open_for: Mapping[str, Fraction] = MappingProxyType({}),
    fixed: Mapping[str, Mapping[str, Fraction]] = MappingProxyType({}),
) -> dict[str, Expected]:
    """The results of a nation: the practices that submitted, each with its list, and the share of the year that it was
    open for where that was not all of it; `fixed` are the points that were decided, by practice and indicator.
    """
    national = {
        indicator.code: national_prevalence(service, indicator, practices, lists)
        for indicator in service.indicators
        if indicator.adjusted
    }
    found = {}
    for code, values in practices.items():
        earned = {indicator.code: indicator_points(service, indicator, values) for indicator in service.indicators}
        points = {**earned, **fixed.get(code, {})}
        share = open_for.get(code, WHOLE_YEAR)
        found[code] = _practice(service, values, points, Fraction(lists[code]), national, share)
    return found


def national_prevalence(
    service: Definition, indicator: Scored, practices: Mapping[str, Values], lists: Mapping[str, int]
) -> Fraction:
    """Over the practices with a list above 0."""
    registers = {code: _own(indicator, "register", values) for code, values in practices.items() if lists[code] > 0}
    if not registers:
        return Fraction(0)
    places = PREVALENCE_PLACES[service.policies["prevalence_rounding"]]
    if service.policies["national_prevalence"] == "pooled":
        people = sum(lists[code] for code in registers)
        return half_up(Fraction(sum(registers.values()), people), places)
    raw = [half_up(Fraction(count, lists[code]), places) for code, count in registers.items()]
    return half_up(sum(raw, Fraction(0)) / len(raw), places)


def indicator_points(service: Definition, indicator: Scored, values: Values) -> Fraction:
    if indicator.kind == "register":
        return indicator.points if _own(indicator, "register", values) >= 1 else Fraction(0)
    if indicator.kind == "yes_no":
        return indicator.points if _own(indicator, "flag", values) == 1 else Fraction(0)
    numerator, denominator = (_own(indicator, name, values) for name in ("numerator", "denominator"))
    if denominator == 0:
        kept = service.policies["empty_denominator"] == "all_points_with_register"
        register = _own(indicator, "register", values) if "register" in indicator.fields else 0
        return indicator.points if kept and register > 0 else Fraction(0)
    exact = _in_proportion(indicator, Fraction(100 * numerator, denominator))
    return down(exact, 2) if service.policies["points_rounding"] == "down_2_decimals" else half_up(exact, 2)


def _in_proportion(indicator: Scored, percent: Fraction) -> Fraction:
    worst, best = indicator.lower, indicator.upper
    if indicator.kind == "lower_is_better":
        worst, best = -indicator.upper, -indicator.lower
        percent = -percent
    if percent >= best:
        return indicator.points
    if percent < worst or (percent == worst and indicator.kind != "stepped"):
        return Fraction(0)
    return indicator.step + (indicator.points - indicator.step) * (percent - worst) / (best - worst)


def _practice(
    service: Definition,
    values: Values,
    points: Mapping[str, Fraction],
    registered: Fraction,
    national: Mapping[str, Fraction],
    share: Fraction,
) -> Expected:
    amounts = [
        points[indicator.code]
        * service.value_of_point
        * _prevalence_factor(indicator, values, registered, national)
        * (registered / service.national_average_list)
        * share
        for indicator in service.indicators
    ]
    return Expected(
        indicators=points,
        points=sum(points.values(), Fraction(0)),
        available=sum(
            (i.points if _is_available(service, i, values) else points[i.code] for i in service.indicators),
            Fraction(0),
        ),
        amount=_payment(service, amounts),
    )


def _payment(service: Definition, amounts: Sequence[Fraction]) -> Fraction:
    if service.policies["payment_rounding"] == "half_up_penny_each_indicator":
        return sum((half_up(amount, 2) for amount in amounts), Fraction(0))
    return half_up(sum(amounts, Fraction(0)), 2)


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
    if decider is None or service.policies["zero_register"] == "points_kept":
        return True
    deciding = next(entry for entry in service.indicators if entry.code == decider)
    return _own(deciding, "register", values) != 0


def _own(indicator: Scored, name: str, values: Values) -> int:
    """A value on the indicator's own rows."""
    return values[indicator.code, indicator.fields[name]]
