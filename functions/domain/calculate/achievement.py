"""What a practice achieved: its points, what it could have had, its payment, and the amounts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from functions.domain.calculate.payment import Valuation, amount_numerator, payment_pence
from functions.domain.calculate.points import available_points, indicator_points
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

    `indicator_points` (hundredths) and `numerators` (amounts over `denominator`, pence) follow the order of the
    rules; the amounts add up, unrounded, to the payment.
    """

    organisation: str
    points: int
    available: int
    payment: int
    indicator_points: tuple[int, ...]
    numerators: tuple[int, ...]
    denominator: int


def practice_achievement(*, rules: Rules, practice: PracticeInputs, worth: Valuation) -> Achievement:
    """The achievement of one practice whose required values are all there."""
    values, size = practice.values, practice.list_size
    points = tuple(indicator_points(rule=rule, values=values) for rule in rules.rules)
    if practice.fixed:
        points = _decided(rules, points, practice.fixed)
    numerators = tuple(
        amount_numerator(rule=rule, points=earned, values=values, list_size=size, worth=worth)
        for rule, earned in zip(rules.rules, points, strict=True)
    )
    denominator = worth.denominator
    if practice.days_open is not None and rules.days is not None:
        numerators = tuple(practice.days_open * numerator for numerator in numerators)
        denominator *= rules.days
    return Achievement(
        organisation=practice.organisation,
        points=sum(points),
        available=available_points(total=rules.total, groups=rules.zero_groups, values=values),
        payment=payment_pence(numerators=numerators, denominator=denominator, round_each=rules.round_each),
        indicator_points=points,
        numerators=numerators,
        denominator=denominator,
    )


def _decided(rules: Rules, earned: Sequence[int], fixed: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(fixed.get(rule.code, points) for rule, points in zip(rules.rules, earned, strict=True))
