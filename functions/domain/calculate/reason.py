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
    return _share_reason(rule, values, points, offered)


def decided_reason(*, extracted: int, points: int) -> str:
    """The sentence for an indicator whose points (hundredths) a decision has fixed, beside what its counts earn."""
    decided, earned = decimal_text(points, places=2), decimal_text(extracted, places=2)
    return f"A decision fixes {decided} points; the counts sent would earn {earned}."


def _share_reason(rule: Rule, values: Sequence[int], points: int, offered: str) -> str:
    numerator, denominator = (values[slot] for slot in rule.share)
    if denominator == 0 and points:
        return f"The denominator is empty but the register counts somebody: all {offered} points."
    if denominator == 0:
        return "The denominator is empty: no points."
    share, turned = 10_000 * numerator, rule.kind is Kind.LOWER_IS_BETTER
    lower, upper = rule.lower * denominator, rule.upper * denominator
    if share <= lower if turned else share >= upper:
        return f"{numerator} of {denominator} is {_beyond(rule, best=True)}: all {offered} points."
    if share >= upper if turned else share < lower or (share == lower and not rule.step):
        return f"{numerator} of {denominator} is {_beyond(rule, best=False)}: no points."
    return _slope(rule, f"100 x {numerator} / {denominator}", points)


def _beyond(rule: Rule, *, best: bool) -> str:
    lower, upper = (f"threshold of {plain_text(figure, places=2)} %" for figure in (rule.lower, rule.upper))
    if rule.kind is Kind.LOWER_IS_BETTER:
        return f"at or below the lower {lower}" if best else f"not below the upper {upper}"
    if best:
        return f"at or above the upper {upper}"
    return f"below the lower {lower}" if rule.step else f"not above the lower {lower}"


def _slope(rule: Rule, share: str, points: int) -> str:
    lower, upper = plain_text(rule.lower, places=2), plain_text(rule.upper, places=2)
    first = f"{plain_text(rule.step, places=2)} + " if rule.step else ""
    rest = plain_text(rule.points - rule.step, places=2)
    above = f"({upper} - {share})" if rule.kind is Kind.LOWER_IS_BETTER else f"({share} - {lower})"
    rounded = "cut to 2 decimals" if rule.round_down else "half up"
    return f"{first}{rest} x {above} / ({upper} - {lower}) = {decimal_text(points, places=2)} points, {rounded}."
