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


def practice_achievement(*, rules: Rules, practice: PracticeInputs, worth: Valuation) -> Achievement:
    """The achievement of one practice whose required values are all there."""
    values, size = practice.values, practice.list_size
    points = tuple([score(values) for score in rules.scores])
    if practice.fixed:
        points = _decided(rules, points, practice.fixed)
    people = people_paid_for(rules=rules, values=values, list_size=size)
    paid, denominator = tuple(map(mul, points, people)), worth.denominator
    if practice.days_open is not None and rules.days is not None:
        paid = tuple(practice.days_open * one for one in paid)
        denominator *= rules.days
    numerators = map(mul, paid, worth.weights)
    return Achievement(
        organisation=practice.organisation,
        points=sum(points),
        available=available_points(total=rules.total, groups=rules.zero_groups, values=values),
        payment=payment_pence(numerators=numerators, denominator=denominator, round_each=rules.round_each),
        indicator_points=points,
        paid=paid,
        weights=worth.weights,
        denominator=denominator,
    )


def _decided(rules: Rules, earned: Sequence[int], fixed: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(fixed.get(rule.code, points) for rule, points in zip(rules.rules, earned, strict=True))
