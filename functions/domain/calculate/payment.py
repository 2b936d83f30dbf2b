"""From points to pounds, exactly: one sum over a common denominator, one rounding at the end.

    amount of an indicator = points x value of a point x prevalence factor x list factor
    payment                = the sum of the amounts, rounded once, half up, to a penny

The prevalence factor is (register / list) / national prevalence and the list factor list / national average list, so
the practice's own list cancels where an indicator is adjusted. Every amount of a run can then be written over one
denominator, and a practice's payment is a sum of products of whole numbers: nothing is ever divided before the end.
A contract that was open for part of the year is paid its share of the days, by a denominator of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules


@dataclass(frozen=True, slots=True)
class Valuation:
    """What a hundredth of a point is worth in a run, per person counted, as `weight / denominator` pence.

    `weights` follow the order of the rules: those of indicators that follow prevalence are to be multiplied by the
    register, all others by the practice's list.
    """

    weights: tuple[int, ...]
    denominator: int


def valuation(*, rules: Rules, national: Mapping[str, int]) -> Valuation:
    """The valuation of a run from its national prevalences. Where a national figure is 0 the factor is 0."""
    common = lcm(*(figure for figure in national.values() if figure))
    pence = rules.value_of_point
    scaled = pence * rules.prevalence_scale * common
    adjusted = {code: scaled // figure if figure else 0 for code, figure in national.items()}
    return Valuation(
        weights=tuple(adjusted[rule.code] if rule.follows_prevalence else pence * common for rule in rules.rules),
        denominator=100 * rules.national_average_list * common,
    )


def people_paid_for(*, rules: Rules, values: Sequence[int], list_size: int) -> list[int]:
    """How many people each indicator's points are multiplied by: its register where it follows prevalence, else the
    practice's list. A practice with no list is paid 0.
    """
    if list_size == 0:
        return [0] * len(rules.paid_by)
    return [list_size if register is None else values[register] for register in rules.paid_by]


def payment_pence(*, numerators: Iterable[int], denominator: int, round_each: bool) -> int:
    """The payment in pence: the sum of the amounts, rounded once, or each rounded where the document says so."""
    if round_each:
        return sum(half_up(numerator=numerator, denominator=denominator) for numerator in numerators)
    return half_up(numerator=sum(numerators), denominator=denominator)


def payment_with(
    *, achievement_pence: int, total: int, before: int, after: int, denominator: int, round_each: bool
) -> int:
    """The payment in pence if one indicator's amount were `after` instead of `before`, the amounts adding to `total`.

    It is what `payment_pence` gives for the amounts changed so, without adding all of them again.
    """
    if round_each:
        changed = half_up(numerator=after, denominator=denominator) - half_up(numerator=before, denominator=denominator)
        return achievement_pence + changed
    return half_up(numerator=total - before + after, denominator=denominator)


def amount_hundredths_of_pence(*, numerator: int, denominator: int) -> int:
    """One indicator's amount as the working shows it: pounds to four decimals, half up, as a whole number."""
    return half_up(numerator=100 * numerator, denominator=denominator)
