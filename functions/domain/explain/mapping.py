"""One run seen through the rules of another: what both have in common, by indicator and field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from functions.domain.submission import ABSENT


class Mapped:
    """The values, days and national figures of a later run, in the terms of an earlier one.

    What the later run does not have stays as it was, so that only a change of rules can account for it.
    """

    def __init__(self, *, before: Rules, after: Rules) -> None:
        self._before, self._after = before, after
        self._same = before.grid.slots == after.grid.slots
        numbers = after.grid.numbers
        self._slots = [numbers.get(slot.indicator, {}).get(slot.field) for slot in before.grid.slots]

    def values(self, *, before: Sequence[int], after: Sequence[int]) -> Sequence[int]:
        """The later values in the slots of the earlier run."""
        if self._same:
            return after
        found = (ABSENT if slot is None else after[slot] for slot in self._slots)
        return [old if new == ABSENT else new for new, old in zip(found, before, strict=True)]

    def days_open(self, practice: PracticeInputs) -> int | None:
        """The days that the contract was open, at most those of the earlier year; None for all of them.

        Later rules that pay a contract in full, however long it was open, do not make it open all year.
        """
        days, year = practice.days_open, self._after.days
        if days is None or self._before.days is None or (year is not None and days >= year):
            return None
        return min(days, self._before.days)

    def national(self, *, before: Mapping[str, int], after: Mapping[str, int]) -> Mapping[str, int]:
        """The later national prevalences of the indicators of the earlier run, at its scale."""
        to, of = self._before.prevalence_scale, self._after.prevalence_scale
        return {
            code: half_up(numerator=after[code] * to, denominator=of) if code in after else figure
            for code, figure in before.items()
        }

    def rules(self) -> tuple[Rules, Rules]:
        """The earlier rules with the later national average list, and then with the later value of a point too."""
        listed = replace(self._before, national_average_list=self._after.national_average_list)
        return listed, replace(listed, value_of_point=self._after.value_of_point)
