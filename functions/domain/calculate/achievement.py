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
    points = practice_points(rules=rules, practice=practice)
    numerators, denominator = practice_amounts(rules=rules, practice=practice, points=points, worth=worth)
    return Achievement(
        organisation=practice.organisation,
        points=sum(points),
        available=available_points(total=rules.total, groups=rules.zero_groups, values=practice.values),
        payment=payment_pence(numerators=numerators, denominator=denominator, round_each=rules.round_each),
        indicator_points=points,
        numerators=numerators,
        denominator=denominator,
    )


def practice_points(*, rules: Rules, practice: PracticeInputs) -> tuple[int, ...]:
    """The points of every indicator, in hundredths: what the values earn, or what a decision gives instead."""
    points = tuple(indicator_points(rule=rule, values=practice.values) for rule in rules.rules)
    return _decided(rules, points, practice.fixed) if practice.fixed else points


def practice_amounts(
    *, rules: Rules, practice: PracticeInputs, points: Sequence[int], worth: Valuation
) -> tuple[tuple[int, ...], int]:
    """The amounts that points (hundredths) come to, in pence over the denominator that stands beside them."""
    values, size = practice.values, practice.list_size
    numerators = tuple(
        amount_numerator(rule=rule, points=earned, values=values, list_size=size, worth=worth)
        for rule, earned in zip(rules.rules, points, strict=True)
    )
    if practice.days_open is None or rules.days is None:
        return numerators, worth.denominator
    return tuple(practice.days_open * numerator for numerator in numerators), worth.denominator * rules.days


def _decided(rules: Rules, earned: Sequence[int], fixed: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(fixed.get(rule.code, points) for rule, points in zip(rules.rules, earned, strict=True))
