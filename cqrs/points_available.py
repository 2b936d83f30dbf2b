"""Points available against those published, and why a practice's differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cqrs.full_achievement import full_practices
from cqrs.proxies import USUAL
from cqrs.published import PublishedPractice
from functions.domain.calculate.points import available_points
from functions.domain.calculate.rules import service_rules
from functions.domain.calculate.text import plain_text
from schemas.service import ServiceDocument


@dataclass(frozen=True, slots=True)
class PointsComparison:
    """How many practices with published points available were compared, and why those that differ do, by code.

    `without_registers`: the codes of those of which no register is published, so that none is taken to be zero.
    """

    service: str
    compared: int
    without_registers: Sequence[str]
    differing: Mapping[str, str]

    @property
    def equal(self) -> int:
        """How many are equal."""
        return self.compared - len(self.differing)


def points_available(*, document: ServiceDocument, practices: Iterable[PublishedPractice]) -> dict[str, int]:
    """The points available to each practice that was calculated, in hundredths, worked out by the engine."""
    rules = service_rules(document=document)
    made = full_practices(practices=practices, document=document, grid=rules.grid, proxies=USUAL)
    nothing = (0,) * len(rules.rules)  # what was earned does not matter here
    return {
        practice.organisation: available_points(
            total=rules.total, groups=rules.zero_groups, values=practice.values, points=nothing
        )
        for practice in made
    }


def compare_points(
    *, document: ServiceDocument, practices: Iterable[PublishedPractice], available: Mapping[str, int]
) -> PointsComparison:
    """Hold points available (hundredths, by practice) against what was published."""
    published = {one.code: one for one in practices if one.maximum is not None}
    differing = {
        code: difference_reason(document=document, practice=one, available=available.get(code))
        for code, one in published.items()
        if available.get(code) != 100 * (one.maximum or 0)
    }
    without = tuple(code for code, one in published.items() if not one.registers)
    return PointsComparison(document.code, len(published), without, differing)


def difference_reason(*, document: ServiceDocument, practice: PublishedPractice, available: int | None) -> str:
    """Why a practice's points available (hundredths) are not those published, as far as the data tell."""
    if available is None:
        return "not calculated"
    lacking = available - 100 * (practice.maximum or 0)
    told = f"published {practice.maximum}, ours {plain_text(available, places=2)}"
    for group in document.groups:
        points = sum(int(100 * one.points) for one in document.scored if one.group == group.code)
        if points == lacking and group.decided_by and group.code not in practice.registers:
            return f"{told}: {group.code} has just these points, and its register is not published"
    return f"{told}: not explained"
