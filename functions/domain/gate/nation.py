"""A nation as sums of its practices' stakes: what its national figures are, and what it is paid by any others.

    paid = value of a point x (sum of weight / national prevalence + flat weight) / national average list

All of it is whole numbers or fractions. Amounts are not rounded practice by practice here but once, at the end, so
what a report says may differ from the sum of payments by half a penny for each practice.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import add, sub

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from functions.domain.gate.stake import Stake
from schemas.inspection import Effect
from schemas.policy import NationalPrevalence

Figures = tuple[int, ...]  # national prevalences, in the order of the rules that follow them


@dataclass(frozen=True, slots=True)
class Nation:
    """Sums over practices. `practices` and `people` count those with a list; the rest is as in `Stake`."""

    practices: int
    people: int
    raw: tuple[int, ...]
    registers: tuple[int, ...]
    weights: tuple[int, ...]
    flat: int

    def __add__(self, other: "Nation") -> "Nation":
        """Both nations together."""
        return _combined(self, other, add)

    def __sub__(self, other: "Nation") -> "Nation":
        """What is left of the nation without the practices of the other, which must be in it."""
        return _combined(self, other, sub)


def nation(stakes: Iterable[Stake], *, size: int) -> Nation:
    """The nation of these practices, of whose rules `size` follow prevalence."""
    counted = people = flat = 0
    raw, registers, weights = [0] * size, [0] * size, [0] * size
    for one in stakes:
        if one.list_size > 0:
            counted, people, flat = counted + 1, people + one.list_size, flat + one.flat
            raw = list(map(add, raw, one.raw))
            registers = list(map(add, registers, one.registers))
            weights = list(map(add, weights, one.weights))
    return Nation(counted, people, tuple(raw), tuple(registers), tuple(weights), flat)


def only(of: Nation, *, numbers: Collection[int]) -> Nation:
    """What these adjusted rules bring into a nation and nothing else, so that they alone can be put in its place."""
    raw, registers, weights = (
        tuple(value if number in numbers else 0 for number, value in enumerate(values))
        for values in (of.raw, of.registers, of.weights)
    )
    return Nation(0, 0, raw, registers, weights, 0)


def national_figures(*, rules: Rules, of: Nation) -> Figures:
    """The national prevalences of a nation, as `national_prevalence` works them out; 0 where nobody is counted."""
    if of.practices == 0:
        return (0,) * len(of.raw)
    if rules.national_prevalence is NationalPrevalence.POOLED:
        scale = rules.prevalence_scale
        return tuple(half_up(numerator=count * scale, denominator=of.people) for count in of.registers)
    return tuple(half_up(numerator=total, denominator=of.practices) for total in of.raw)


def paid(*, rules: Rules, to: Nation, by: Figures) -> Fraction:
    """What a nation is paid by these national figures, in pence."""
    scale = rules.prevalence_scale
    common = lcm(*(figure for figure in by if figure))
    parts = (weight * (common // figure) for weight, figure in zip(to.weights, by, strict=True) if figure)
    amount = sum(parts) * scale + to.flat * common
    return Fraction(amount * rules.value_of_point, common * unit(rules=rules))


def unit(*, rules: Rules) -> int:
    """What divides a weight times the value of a point: hundredths of a point, the average list, days of the year."""
    return 100 * rules.national_average_list * (rules.days or 1)


def effect(
    *, rules: Rules, now: Nation, then: Nation, others: Nation, paid_then: Nation, against: str
) -> Effect | None:
    """What it is worth that the national figures are those of `now` and not those of `then`.

    `others` are paid by both, and nothing where there are none; everybody is `now` as it is, and `paid_then` by the
    figures of `then`. None where that one has no practice with a list: then there is nothing to compare with.
    """
    if not then.practices:
        return None
    before, after = national_figures(rules=rules, of=then), national_figures(rules=rules, of=now)
    to_others = paid(rules=rules, to=others, by=after) - paid(rules=rules, to=others, by=before)
    to_all = paid(rules=rules, to=now, by=after) - paid(rules=rules, to=paid_then, by=before)
    return Effect(others=pence(to_others), everybody=pence(to_all), against=against)


def pence(exact: Fraction) -> int:
    """An exact amount to a whole penny; a tie goes away from nought, whatever the sign."""
    whole = half_up(numerator=abs(exact.numerator), denominator=exact.denominator)
    return whole if exact >= 0 else -whole


def _combined(one: Nation, other: Nation, how: Callable[[int, int], int]) -> Nation:
    return Nation(
        practices=how(one.practices, other.practices),
        people=how(one.people, other.people),
        raw=tuple(map(how, one.raw, other.raw)),
        registers=tuple(map(how, one.registers, other.registers)),
        weights=tuple(map(how, one.weights, other.weights)),
        flat=how(one.flat, other.flat),
    )
