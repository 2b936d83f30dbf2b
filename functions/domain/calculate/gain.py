"""What more would earn: one more patient in a numerator, and the points that are left, in points and in pounds.

Nobody else's payment depends on a numerator, so that the national figures stay as they are, and the answer is exact.
"""

from collections.abc import Iterator

from functions.domain.calculate.achievement import Achievement, PracticeInputs, practice_amounts
from functions.domain.calculate.payment import Valuation, payment_pence, payment_with
from functions.domain.calculate.points import indicator_points
from functions.domain.calculate.rules import Rule, Rules
from functions.domain.calculate.text import decimal_text, plain_text
from schemas.service import Kind
from schemas.working import EVERYTHING, Gain


def practice_gains(
    *, rules: Rules, practice: PracticeInputs, achievement: Achievement, worth: Valuation
) -> Iterator[Gain]:
    """What more would earn on each indicator, in the order of the rules, and last what everything left would."""
    return _Gains(rules, practice, achievement, worth).gains()


class _Gains:
    def __init__(self, rules: Rules, practice: PracticeInputs, achievement: Achievement, worth: Valuation) -> None:
        self._rules, self._practice, self._achievement = rules, practice, achievement
        self._values = list(practice.values)
        self._total = sum(achievement.numerators)
        ones = (1,) * len(rules.rules)  # what a hundredth of a point is worth here, by indicator
        self._worths, _ = practice_amounts(rules=rules, practice=practice, points=ones, worth=worth)
        closed = {group.code for group in rules.zero_groups if practice.values[group.decided_by] == 0}
        self._closed = frozenset(rule.code for rule in rules.rules if rule.group in closed)

    def gains(self) -> Iterator[Gain]:
        points, numerators = self._achievement.indicator_points, self._achievement.numerators
        for rule, earned, numerator, each in zip(self._rules.rules, points, numerators, self._worths, strict=True):
            yield self._gain(rule, earned, numerator, each)
        yield self._everything()

    def _gain(self, rule: Rule, earned: int, numerator: int, each: int) -> Gain:
        reason = self._no_next(rule, earned)
        following, left = ("", ""), ("", "")
        if not reason:
            points = self._next_points(rule)
            following = decimal_text(points - earned, places=2), self._pounds(numerator, points * each)
        if not self._nothing_left(rule):
            left = decimal_text(rule.points - earned, places=2), self._pounds(numerator, rule.points * each)
        return Gain(rule.code, *following, reason, *left)

    def _everything(self) -> Gain:
        """All points that are left, and the payment with them, rounded as the payment is."""
        achievement = self._achievement
        points, numerators = achievement.indicator_points, list(achievement.numerators)
        left = 0
        for place, (rule, earned) in enumerate(zip(self._rules.rules, points, strict=True)):
            if not self._nothing_left(rule):
                left += rule.points - earned
                numerators[place] = rule.points * self._worths[place]
        paid = payment_pence(
            numerators=numerators, denominator=achievement.denominator, round_each=self._rules.round_each
        )
        more = decimal_text(paid - achievement.payment, places=2)
        return Gain(EVERYTHING, "", "", "", decimal_text(left, places=2), more)

    def _nothing_left(self, rule: Rule) -> bool:
        return rule.code in self._closed or rule.code in self._practice.fixed

    def _no_next(self, rule: Rule, earned: int) -> str:
        """Why one more patient earns nothing to be told; blank where they may."""
        if rule.code in self._practice.fixed:
            return "A decision fixes these points, whatever is counted."
        if not rule.kind.proportional:
            return "It has no numerator: it is earned as a whole or not at all."
        _, denominator = rule.share
        if self._values[denominator] == 0:
            return "The denominator is empty: there is no patient to count."
        if earned == rule.points:
            return f"All {plain_text(rule.points, places=2)} points are earned already."
        return ""  # and a patient is left: with everybody counted, or nobody where lower is better, all are earned

    def _next_points(self, rule: Rule) -> int:
        """The points with one more patient in the numerator, or one fewer where lower is better."""
        (slot, _), step = rule.share, -1 if rule.kind is Kind.LOWER_IS_BETTER else 1
        self._values[slot] += step
        points = indicator_points(rule=rule, values=self._values)
        self._values[slot] -= step
        return points

    def _pounds(self, before: int, after: int) -> str:
        """How much more is paid, to the penny, with one amount `after` instead of `before`."""
        paid = payment_with(
            achievement_pence=self._achievement.payment,
            total=self._total,
            before=before,
            after=after,
            denominator=self._achievement.denominator,
            round_each=self._rules.round_each,
        )
        return decimal_text(paid - self._achievement.payment, places=2)
