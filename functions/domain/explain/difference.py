"""Why payments changed between two runs, split exactly.

The earlier run is turned into the later one a cause at a time, in the order of `Cause`. A payment is worked out after
each step and rounded as a payment is, to a penny. A part is the difference between two neighbouring payments, so that
the parts add up to the whole difference whatever they are, and a cause that did not change is worth exactly 0.

The order is what the practice sees first: its own counts, list, contract and decisions at the rates that it was last
shown, then what changed around it, and last the rules, which alone can make a count mean something else. What the
earlier document does not know of the later one falls to the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from functions.domain.calculate.achievement import PracticeInputs, practice_amounts, practice_points
from functions.domain.calculate.payment import Valuation, payment_pence, valuation
from functions.domain.calculate.rules import Rules
from functions.domain.explain.mapping import Mapped
from schemas.difference import Cause


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs: its rules and its national prevalences by indicator."""

    rules: Rules
    national: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Split:
    """A practice's payments in pence, None where it is not in the run, and what each cause is worth, in pence."""

    organisation: str
    before: int | None
    after: int | None
    parts: Mapping[Cause, int]

    @property
    def difference(self) -> int:
        """What the practice is paid more, in pence; below 0 where it is less."""
        return (self.after or 0) - (self.before or 0)


class Comparison:
    """Two runs, and what every practice's difference between them is made of."""

    def __init__(self, *, before: Side, after: Side) -> None:
        self._before, self._after = before, after
        self._same_rules = before.rules == after.rules
        self._mapped = Mapped(before=before.rules, after=after.rules)
        national = self._mapped.national(before=before.national, after=after.national)
        listed, valued = self._mapped.rules()
        self._worths = (
            valuation(rules=before.rules, national=before.national),
            valuation(rules=before.rules, national=national),
            valuation(rules=listed, national=national),
            valuation(rules=valued, national=national),
            valuation(rules=after.rules, national=after.national),
        )

    def split(self, *, before: PracticeInputs | None, after: PracticeInputs | None) -> Split:
        """The difference of one practice. Raises ValueError where it is in neither run."""
        if before is not None and after is not None:
            return self._both(before, after)
        one = before or after
        if one is None:
            raise ValueError("A practice that is in neither run has no difference.")
        side, worth = (self._before, self._worths[0]) if before else (self._after, self._worths[-1])
        paid = _payment(side.rules, one, worth)
        parts = {**dict.fromkeys(Cause, 0), Cause.PARTICIPATION: -paid if before else paid}
        return Split(one.organisation, paid if before else None, None if before else paid, parts)

    def _both(self, before: PracticeInputs, after: PracticeInputs) -> Split:
        payments = list(self._payments(before, after))
        parts = dict.fromkeys(Cause, 0)
        for cause, earlier, later in zip(Cause, payments, payments[1:], strict=False):
            parts[cause] = later - earlier
        return Split(before.organisation, payments[0], payments[-1], parts)

    def _payments(self, before: PracticeInputs, after: PracticeInputs) -> Iterator[int]:
        """The payment of the earlier run, and that after each step: one more than there are steps.

        Nothing is worked out again that the step did not change.
        """
        rules, (first, *_, last) = self._before.rules, self._worths
        seen, points = before, practice_points(rules=rules, practice=before)
        paid = _paid(rules, seen, points, first)
        yield paid
        for step in self._own(before, after):
            if step != seen:
                same = step.values is seen.values and step.fixed == seen.fixed
                points = points if same else practice_points(rules=rules, practice=step)
                paid = _paid(rules, step, points, first)
            seen = step
            yield paid
        for earlier, worth in pairwise(self._worths[:-1]):
            paid = paid if worth == earlier else _paid(rules, seen, points, worth)
            yield paid
        yield paid if self._same_rules else _payment(self._after.rules, after, last)

    def _own(self, before: PracticeInputs, after: PracticeInputs) -> Iterator[PracticeInputs]:
        """The practice with its later counts, then with its later list, contract and decisions too."""
        values = self._mapped.values(before=before.values, after=after.values)
        counted = before if list(values) == list(before.values) else replace(before, values=values)
        listed = replace(counted, list_size=after.list_size)
        opened = replace(listed, days_open=self._mapped.days_open(after))
        yield from (counted, listed, opened, replace(opened, fixed=after.fixed))


def _payment(rules: Rules, practice: PracticeInputs, worth: Valuation) -> int:
    return _paid(rules, practice, practice_points(rules=rules, practice=practice), worth)


def _paid(rules: Rules, practice: PracticeInputs, points: tuple[int, ...], worth: Valuation) -> int:
    numerators, denominator = practice_amounts(rules=rules, practice=practice, points=points, worth=worth)
    return payment_pence(numerators=numerators, denominator=denominator, round_each=rules.round_each)
