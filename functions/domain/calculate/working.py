"""Showing the working: the lines that add up, to the last hundredth of a penny, to what is paid."""

from collections.abc import Iterator, Mapping, Sequence

from functions.domain.calculate.achievement import Achievement, PracticeInputs
from functions.domain.calculate.payment import amount_hundredths_of_pence
from functions.domain.calculate.points import indicator_points
from functions.domain.calculate.reason import decided_reason, points_reason
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rule, Rules
from functions.domain.calculate.text import decimal_text, plain_text
from schemas.working import ROUNDING, WorkingLine

FACTOR_PLACES = 6  # shown only; the calculation never rounds a factor


def working_lines(
    *, rules: Rules, practice: PracticeInputs, achievement: Achievement, national: Mapping[str, int]
) -> Iterator[WorkingLine]:
    """A line for each indicator in the order of the rules, and the rounding line last."""
    shown = 0
    lines = zip(rules.rules, achievement.indicator_points, achievement.numerators, strict=True)
    for rule, points, numerator in lines:
        amount = amount_hundredths_of_pence(numerator=numerator, denominator=achievement.denominator)
        shown += amount
        yield _line(rules, rule, practice, points, amount, _prevalence(rules, rule, practice, national))
    yield _rounding_line(100 * achievement.payment - shown)


def _line(
    rules: Rules, rule: Rule, practice: PracticeInputs, points: int, amount: int, prevalence: tuple[str, str]
) -> WorkingLine:
    values, size = practice.values, practice.list_size
    share = rule.kind.proportional
    extracted = indicator_points(rule=rule, values=values)
    decided = rule.code in practice.fixed
    return WorkingLine(
        indicator=rule.code,
        kind=str(rule.kind),
        register=_count(values, rule.register),
        numerator=_count(values, rule.numerator),
        denominator=_count(values, rule.denominator),
        flag=_count(values, rule.flag),
        percent=_percent(rule, values),
        lower=plain_text(rule.lower, places=2) if share else "",
        upper=plain_text(rule.upper, places=2) if share else "",
        offered=plain_text(rule.points, places=2),
        extracted_points=decimal_text(extracted, places=2),
        points=decimal_text(points, places=2),
        value_of_point=decimal_text(rules.value_of_point, places=2),
        practice_list=str(size),
        national_prevalence=prevalence[0],
        prevalence_factor=prevalence[1],
        national_average_list=str(rules.national_average_list),
        list_factor=_ratio(size, rules.national_average_list),
        part_of_year=_part_of_year(rules, practice),
        amount=decimal_text(amount, places=4),
        reason=decided_reason(extracted=extracted, points=points)
        if decided
        else points_reason(rule=rule, values=values, points=points),
    )


def _rounding_line(difference: int) -> WorkingLine:
    blanks = dict.fromkeys(WorkingLine._fields, "")
    reason = "What rounding to a penny, as the document says, adds to the amounts as shown."
    return WorkingLine(
        **{**blanks, "indicator": ROUNDING, "amount": decimal_text(difference, places=4), "reason": reason}
    )


def _count(values: Sequence[int], slot: int | None) -> str:
    return "" if slot is None else str(values[slot])


def _percent(rule: Rule, values: Sequence[int]) -> str:
    if not rule.kind.proportional:
        return ""
    numerator, denominator = (values[slot] for slot in rule.share)
    if denominator == 0:
        return ""
    return decimal_text(half_up(numerator=numerator * 100 * 10**4, denominator=denominator), places=4)


def _part_of_year(rules: Rules, practice: PracticeInputs) -> str:
    return "" if practice.days_open is None or rules.days is None else f"{practice.days_open}/{rules.days}"


def _prevalence(rules: Rules, rule: Rule, practice: PracticeInputs, national: Mapping[str, int]) -> tuple[str, str]:
    """The national prevalence that an indicator's pounds follow, blank where they follow none, and their factor."""
    if not rule.adjusted or rule.register is None:
        return "", "1"
    figure, size = national[rule.code], practice.list_size
    shown = decimal_text(figure, places=len(str(rules.prevalence_scale)) - 1)
    if figure == 0 or size == 0:
        return shown, "0"
    return shown, _ratio(practice.values[rule.register] * rules.prevalence_scale, size * figure)


def _ratio(numerator: int, denominator: int) -> str:
    ratio = half_up(numerator=numerator * 10**FACTOR_PLACES, denominator=denominator)
    return decimal_text(ratio, places=FACTOR_PLACES)
