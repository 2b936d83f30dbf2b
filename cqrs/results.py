"""What a calculation came to, as the rows of the files that it is handed out in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cqrs.progress import Advance
from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.achievements import Achievements, achievements_of_many
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.prevalence import national_prevalence
from functions.domain.calculate.rules import Rules
from functions.domain.calculate.text import decimal_text
from functions.domain.calculate.together import counts_of, prevalence_sums_of_many
from functions.domain.calculate.working import working_lines
from schemas.working import WorkingLine

PRACTICE_COLUMNS = ("QUALITY_SERVICE", "ORG_CODE", "ACH_DATE")
POINT_COLUMNS = (*PRACTICE_COLUMNS, "IND_CODE", "POINTS", "APPROVED")
PAYMENT_COLUMNS = (*PRACTICE_COLUMNS, "POINTS", "MAX_POINTS", "AMOUNT")
WORKING_COLUMNS = (*PRACTICE_COLUMNS, *(name.upper() for name in WorkingLine._fields))
FOLDER, LATEST = "evidence", "run.json"  # what is kept of runs, and which of them is this folder's
NOT_APPROVED = ""  # nobody has approved what was only calculated


@dataclass(frozen=True, slots=True)
class Calculated:
    """The achievements of a set of practices, in their order, and the national figures behind them."""

    rules: Rules
    achievement_date: str
    practices: Sequence[PracticeInputs]
    national: Mapping[str, int]
    worth: Valuation
    achievements: Achievements

    @property
    def payment(self) -> int:
        """The payments of all practices together, in pence."""
        return sum(total.payment for total in self.achievements.totals)


def calculate_practices(*, rules: Rules, achievement_date: str, practices: Sequence[PracticeInputs]) -> Calculated:
    """Calculate practices as one nation: its prevalences are worked out from these practices alone."""
    counts = counts_of(values=[practice.values for practice in practices], slots=len(rules.grid.slots))
    sums = prevalence_sums_of_many(rules=rules, lists=[one.list_size for one in practices], counts=counts)
    national = national_prevalence(policy=rules.national_prevalence, sums=sums)
    worth = valuation(rules=rules, national=national)
    achievements = achievements_of_many(rules=rules, practices=practices, counts=counts, worth=worth)
    return Calculated(rules, achievement_date, practices, national, worth, achievements)


def payment_rows(*, calculated: Calculated) -> Iterator[tuple[str, ...]]:
    """A row a practice: points, points available, and pounds."""
    for organisation, *figures in calculated.achievements.totals:
        practice = _practice(calculated, organisation)
        yield (*practice, *(decimal_text(figure, places=2) for figure in figures))


def point_rows(*, calculated: Calculated) -> Iterator[tuple[str, ...]]:
    """A row an indicator and practice."""
    codes = [rule.code for rule in calculated.rules.rules]
    for achievement in calculated.achievements:
        practice = _practice(calculated, achievement.organisation)
        for code, points in zip(codes, achievement.indicator_points, strict=True):
            yield (*practice, code, decimal_text(points, places=2), NOT_APPROVED)


def working_rows(*, calculated: Calculated, advance: Advance) -> Iterator[tuple[str, ...]]:
    """A row an indicator and practice, and a last one a practice for the rounding; `advance` counts the practices."""
    for inputs, achievement in zip(calculated.practices, calculated.achievements, strict=True):
        practice = _practice(calculated, achievement.organisation)
        lines = working_lines(
            rules=calculated.rules,
            practice=inputs,
            achievement=achievement,
            national=calculated.national,
        )
        for line in lines:
            yield (*practice, *line)
        advance(1)


def _practice(calculated: Calculated, organisation: str) -> tuple[str, str, str]:
    return calculated.rules.service, organisation, calculated.achievement_date
