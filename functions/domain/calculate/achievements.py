"""The achievements of many practices at once; `achievement.py` says how one practice's is worked out.

Points times people are numbers that a machine integer holds. What they are worth is not: weights have hundreds of
digits. So points times people are added up by weight, a column of practices at a time, and only these few sums are
multiplied, practice by practice, in whole numbers without an end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

import numpy as np

from functions.domain.calculate.achievement import Achievement, PracticeInputs, practice_achievement
from functions.domain.calculate.payment import Valuation
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from functions.domain.calculate.together import TOO_LONG, Counts, Numbers, points_of_many


class Total(NamedTuple):
    """What an achievement comes to: points, those available (both hundredths), and the payment (pence)."""

    organisation: str
    points: int
    available: int
    payment: int


@dataclass(frozen=True, slots=True)
class Achievements:
    """The achievements of practices, in their order: what each comes to, and each in full when it is asked for.

    `points` (hundredths) and `paid` (points times the people they are paid for) have a row a practice and a column an
    indicator. `alone` are those, by their places, that were not worked out together; what they are paid for stands
    there, and 0 in `paid`.
    """

    totals: Sequence[Total]
    points: Numbers
    paid: Numbers
    alone: Mapping[int, Achievement]
    worth: Valuation

    def __iter__(self) -> Iterator[Achievement]:
        """Each achievement in full, one at a time."""
        for place, total in enumerate(self.totals):
            yield self.alone.get(place) or Achievement(
                organisation=total.organisation,
                points=total.points,
                available=total.available,
                payment=total.payment,
                indicator_points=tuple(self.points[place].tolist()),
                paid=tuple(self.paid[place].tolist()),
                weights=self.worth.weights,
                denominator=self.worth.denominator,
            )


def achievements_of_many(
    *, rules: Rules, practices: Sequence[PracticeInputs], counts: Counts, worth: Valuation
) -> Achievements:
    """The achievement of each practice; `counts` are their values, and required ones are all there.

    A practice with points that are decided, or with a contract for a part of the year, is taken by itself, and so is
    one whose counts or list are too long for a machine; all are where each amount is rounded.
    """
    points, people = points_of_many(rules=rules, counts=counts), _people(rules, practices, counts)
    alone = {
        place: practice_achievement(rules=rules, practice=one, worth=worth, earned=tuple(points[place].tolist()))
        for place, (one, most) in enumerate(zip(practices, counts.matrix.max(axis=1).tolist(), strict=True))
        if rules.round_each
        or one.fixed
        or one.days_open is not None
        or rules.total * max(one.list_size, most) >= TOO_LONG
    }
    paid = points * people
    paid[list(alone)] = 0  # any number may stand where one was too long
    columns = points.sum(axis=1).tolist(), _available(rules, counts, points), _payments(paid, worth)
    codes = [practice.organisation for practice in practices]
    totals = list(map(Total, codes, *columns))
    for place, one in alone.items():
        totals[place] = Total(one.organisation, one.points, one.available, one.payment)
    return Achievements(totals=totals, points=points, paid=paid, alone=alone, worth=worth)


def _people(rules: Rules, practices: Sequence[PracticeInputs], counts: Counts) -> Numbers:
    """How many people each practice's points are multiplied by, a row a practice, a column an indicator."""
    lists = np.array([practice.list_size for practice in practices], np.int64)
    people = np.zeros((len(lists), len(rules.paid_by)), np.int64)
    for number, register in enumerate(rules.paid_by):
        people[:, number] = lists if register is None else counts.column(slot=register)
    people[lists == 0] = 0
    return people


def _available(rules: Rules, counts: Counts, points: Numbers) -> list[int]:
    """The points each practice could have, in hundredths."""
    available = np.full(len(counts), rules.total, np.int64)
    for group in rules.zero_groups:
        closed = np.flatnonzero(counts.column(slot=group.decided_by) == 0)
        available[closed] -= group.points - points[closed][:, group.places].sum(axis=1)
    found: list[int] = available.tolist()
    return found


def _payments(paid: Numbers, worth: Valuation) -> list[int]:
    """Each practice's payment in pence, of points times people."""
    weights = list(dict.fromkeys(worth.weights))
    sums = np.zeros((len(weights), len(paid)), np.int64)
    for number, weight in enumerate(worth.weights):
        sums[weights.index(weight)] += paid[:, number]
    numerators = (sum(map(mul, amounts, weights)) for amounts in sums.T.tolist())
    return [half_up(numerator=numerator, denominator=worth.denominator) for numerator in numerators]
