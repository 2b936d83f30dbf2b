"""Checks of the indicators: totals, codes, points, thresholds and prevalence."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from schemas.service import Indicator, Kind, Prevalence, ServiceDocument

WHOLE: Final = 100  # percent


def total_problems(document: ServiceDocument) -> Iterator[str]:
    """The indicators that carry points, and their points, are as many as the totals say."""
    count, points = len(document.scored), sum(indicator.points for indicator in document.scored)
    totals = document.totals
    if count != totals.indicators:
        yield f"totals: {count} indicators carry points, not {totals.indicators}; add, remove or correct the total."
    if points != totals.points:
        yield f"totals: the points add up to {points}, not {totals.points}; correct an indicator's, or the total."


def code_problems(document: ServiceDocument) -> Iterator[str]:
    """No two indicators share a code."""
    for code, times in Counter(indicator.code for indicator in document.indicators).items():
        if times > 1:
            yield f"{code}: {times} indicators have this code; give each its own."


def point_problems(document: ServiceDocument) -> Iterator[str]:
    """Points are above 0 and whole hundredths; management information carries none."""
    for indicator in document.indicators:
        if indicator.kind is Kind.INFORMATION:
            if indicator.points != 0:
                yield f"{indicator.code}: management information carries no points; set its points to 0."
        elif indicator.points <= 0:
            yield f"{indicator.code}: it carries {indicator.points} points; give it more, or make it information."
        yield from _decimals(indicator.code, "points", indicator.points)


def threshold_problems(document: ServiceDocument) -> Iterator[str]:
    """A share, and nothing else, has two thresholds, in order, as percentages of at most 2 decimals."""
    for indicator in document.indicators:
        given = (indicator.lower, indicator.upper, indicator.threshold_source)
        if not indicator.kind.proportional and given != (None, None, None):
            yield f"{indicator.code}: only a fraction has thresholds with a source; remove them, or change the kind."
        if indicator.kind.proportional and None in given:
            yield f"{indicator.code}: a fraction needs a lower and an upper threshold and their source; add them."
        yield from _range(indicator)


def step_problems(document: ServiceDocument) -> Iterator[str]:
    """A stepped indicator, and no other, has points on reaching its lower threshold, fewer than in all."""
    for indicator in document.indicators:
        code, step = indicator.code, indicator.step
        if indicator.kind is not Kind.STEPPED:
            if step is not None:
                yield f"{code}: only a stepped indicator has a step; remove it, or change the kind."
        elif step is None:
            yield f"{code}: a stepped indicator needs its points on reaching the lower threshold; add step."
        else:
            if not 0 < step < indicator.points:
                yield f"{code}: its step of {step} is not between 0 and its {indicator.points} points; correct one."
            yield from _decimals(code, "step", step)


def prevalence_problems(document: ServiceDocument) -> Iterator[str]:
    """An indicator paid by its own register has one."""
    for indicator in document.indicators:
        if indicator.prevalence is Prevalence.OWN_REGISTER and indicator.fields.register_name is None:
            yield f"{indicator.code}: its own register adjusts it, but it has none; name it, or set prevalence to none."


def _range(indicator: Indicator) -> Iterator[str]:
    lower, upper = indicator.lower, indicator.upper
    if lower is not None and upper is not None and lower >= upper:
        yield f"{indicator.code}: the lower threshold {lower} is not below the upper {upper}; correct one of them."
    for name, value in (("lower", lower), ("upper", upper)):
        if value is not None and not 0 <= value <= WHOLE:
            yield f"{indicator.code}: the {name} threshold {value} is not between 0 and {WHOLE} percent; correct it."
        if value is not None:
            yield from _decimals(indicator.code, f"{name} threshold", value)


def _decimals(code: str, name: str, value: Decimal) -> Iterator[str]:
    if value * 100 % 1:
        yield f"{code}: {name} {value} has more than 2 decimals; the calculation holds 2, so correct it."
