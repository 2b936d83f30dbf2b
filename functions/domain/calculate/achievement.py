"""What a practice achieved: its points, what it could have had, its payment, and the amounts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

from functions.domain.calculate.payment import Valuation, payment_pence, people_paid_for
from functions.domain.calculate.points import available_points
from functions.domain.calculate.rules import Rules


@dataclass(frozen=True, slots=True)
class PracticeInputs:
    """All that a practice brings into a run: its list (people) and its values by slot, -1 where none was sent.

    `fixed`: points (hundredths) that a decision gives it, by indicator, whatever its values say. `days_open`: how many
    days of the year its contract was open, None for all of them.
    """

    organisation: str
    list_size: int
    values: Sequence[int]
    fixed: Mapping[str, int] = field(default_factory=dict)
    days_open: int | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """A practice's result. `points` and `available`: hundredths of a point. `payment`: pence.

    `indicator_points` (hundredths), `paid` (these points times the people they are paid for, and times the days that
    a part-year contract was open) and `weights` follow the order of the rules.
    """

    organisation: str
    points: int
    available: int
    payment: int
    indicator_points: tuple[int, ...]
    paid: tuple[int, ...]
    weights: tuple[int, ...]
    denominator: int

    @property
    def numerators(self) -> tuple[int, ...]:
        """The amount of each indicator in pence, over `denominator`; they add up, unrounded, to the payment."""
        return tuple(map(mul, self.paid, self.weights))


def practice_achievement(
    *, rules: Rules, practice: PracticeInputs, worth: Valuation, earned: tuple[int, ...] | None = None
) -> Achievement:
    """The achievement of one practice whose required values are all there.

    `earned`: the points (hundredths) that its values earn, where they were worked out together with others'.
    """
    points = practice_points(rules=rules, practice=practice, earned=earned)
    paid, denominator = practice_paid(rules=rules, practice=practice, points=points, worth=worth)
    numerators = map(mul, paid, worth.weights)
    return Achievement(
        organisation=practice.organisation,
        points=sum(points),
        available=available_points(total=rules.total, groups=rules.zero_groups, values=practice.values, points=points),
        payment=payment_pence(numerators=numerators, denominator=denominator, round_each=rules.round_each),
        indicator_points=points,
        paid=paid,
        weights=worth.weights,
        denominator=denominator,
    )


def practice_points(
    *, rules: Rules, practice: PracticeInputs, earned: tuple[int, ...] | None = None
) -> tuple[int, ...]:
    """The points of every indicator, in hundredths: what the values earn, or what a decision gives instead."""
    values = practice.values
    points = tuple([score(values) for score in rules.scores]) if earned is None else earned
    return _decided(rules, points, practice.fixed) if practice.fixed else points


def practice_paid(
    *, rules: Rules, practice: PracticeInputs, points: Sequence[int], worth: Valuation
) -> tuple[tuple[int, ...], int]:
    """Points (hundredths) times the people, and the days, that each indicator is paid for, and what the amounts made
    of them with the valuation's weights stand over.
    """
    people = people_paid_for(rules=rules, values=practice.values, list_size=practice.list_size)
    paid = tuple(map(mul, points, people))
    if practice.days_open is None or rules.days is None:
        return paid, worth.denominator
    return tuple(practice.days_open * one for one in paid), worth.denominator * rules.days


def practice_amounts(
    *, rules: Rules, practice: PracticeInputs, points: Sequence[int], worth: Valuation
) -> tuple[tuple[int, ...], int]:
    """The amounts that points (hundredths) come to, in pence over the denominator that stands beside them."""
    paid, denominator = practice_paid(rules=rules, practice=practice, points=points, worth=worth)
    return tuple(map(mul, paid, worth.weights)), denominator


def _decided(rules: Rules, earned: Sequence[int], fixed: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(fixed.get(rule.code, points) for rule, points in zip(rules.rules, earned, strict=True))
