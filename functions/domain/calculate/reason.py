"""Why an indicator earned the points it did, in a sentence for a practice manager."""

from collections.abc import Sequence

from functions.domain.calculate.rules import Rule
from functions.domain.calculate.text import decimal_text, plain_text
from schemas.service import Kind


def points_reason(*, rule: Rule, values: Sequence[int], points: int) -> str:
    """The sentence for one indicator, given the points (hundredths) that it earned."""
    offered = plain_text(rule.points, places=2)
    if rule.kind is Kind.REGISTER:
        return f"The register counts somebody: all {offered} points." if points else "The register is empty: no points."
    if rule.kind is Kind.YES_NO:
        return f"The flag says yes: all {offered} points." if points else "The flag says no: no points."
    return _fraction_reason(rule, values, points, offered)


def _fraction_reason(rule: Rule, values: Sequence[int], points: int, offered: str) -> str:
    lower, upper = plain_text(rule.lower, places=2), plain_text(rule.upper, places=2)
    numerator, denominator = values[rule.numerator or 0], values[rule.denominator or 0]
    if denominator == 0:
        return "The denominator is empty: no points."
    if points == rule.points and 10_000 * numerator >= rule.upper * denominator:
        return f"{numerator} of {denominator} is at or above the upper threshold of {upper} %: all {offered} points."
    if 10_000 * numerator <= rule.lower * denominator:
        return f"{numerator} of {denominator} is not above the lower threshold of {lower} %: no points."
    earned = decimal_text(points, places=2)
    share = f"100 x {numerator} / {denominator}"
    return f"{offered} x ({share} - {lower}) / ({upper} - {lower}) = {earned} points, half up."
