"""Points that a decision fixes, whatever a practice's counts earn.

There are two ways. A decision is an event: points for one practice or everybody, by an author, with a reason and a
source. Protection is a rule of the year: the service document names indicators that keep the points of an earlier one.
Where both speak about a practice, its own decision counts before everybody's, and any decision before protection.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.digest import canonical_json, digest
from schemas.decision import EVERYBODY, PointsDecision
from schemas.problem import Code, Problem, Severity
from schemas.protection import WithoutEarlier
from schemas.service import ServiceDocument

ELSEWHEN: Final = "The decision is of the achievement date {day}, which this run is not of, and fixes no points in it."
UNFOLLOWED: Final = "The decision fixes no points in this run: no practice calculated has it, or others overrule it."
PROTECTION: Final = "protection-"  # how the id begins by which protected points are known


@dataclass(frozen=True, slots=True)
class EarlierPoints:
    """Points (hundredths) of the service that a document protects, by practice and indicator, and the `id` of the run
    or file that they stand in.
    """

    id: str
    points: Mapping[str, Mapping[str, int]]


class Decided:
    """Everything that is decided about the points of an achievement date.

    `decisions` in the order in which they were received: of those about the same points, the last counts. Those of
    another date are told of, and not followed.
    """

    def __init__(
        self,
        *,
        document: ServiceDocument,
        achievement_date: date | None,
        decisions: Sequence[PointsDecision],
        earlier: EarlierPoints | None,
    ) -> None:
        self._document, self._earlier = document, earlier
        self._elsewhen = [one for one in decisions if one.achievement_date != achievement_date]
        here = (one for one in decisions if one.achievement_date == achievement_date)
        self._latest = {(one.organisation, one.indicator): one for one in here}
        scored = {indicator.code for indicator in document.scored}
        self._by_organisation: dict[str, list[PointsDecision]] = {}
        for (organisation, code), decision in self._latest.items():
            if code in scored:
                self._by_organisation.setdefault(organisation, []).append(decision)

    @property
    def nothing(self) -> bool:
        """True where nothing was decided and nothing is protected."""
        return not (self._latest or self._elsewhen) and (self._document.protection is None or self._earlier is None)

    def fixed(self, *, organisation: str) -> dict[str, FixedPoints]:
        """The points fixed for a practice, by indicator in order."""
        found = dict(self._protected(organisation))
        for who in (EVERYBODY, organisation):
            for decision in self._by_organisation.get(who, ()):
                if decision.points is not None:
                    found[decision.indicator] = FixedPoints(decision.points, decision.id)
        return dict(sorted(found.items()))

    def applied(self, *, to: FrozenPractice) -> FrozenPractice:
        """The practice with its points fixed, and with the decisions that fix them."""
        fixed = self.fixed(organisation=to.organisation)
        found = (self._latest.get((who, code)) for code in fixed for who in (EVERYBODY, to.organisation))
        followed = {one.decision for one in fixed.values()}
        decisions = tuple(one for one in found if one is not None and one.id in followed)
        return replace(to, fixed=fixed, decisions=decisions)

    def unfollowed(self, *, practices: Iterable[str]) -> Iterator[Problem]:
        """A warning of every decision that fixes no points of these practices: none of them has it, others overrule it,
        or it is of another date.
        """
        for one in self._elsewhen:
            yield _unfollowed(one, ELSEWHEN.format(day=f"{one.achievement_date:%Y%m%d}"))
        followed = {fixed.decision for code in practices for fixed in self.fixed(organisation=code).values()}
        for one in self.standing():
            if one.id not in followed:
                yield _unfollowed(one, UNFOLLOWED)

    def standing(self) -> Iterator[PointsDecision]:
        """The decisions that count, in the order of organisation and indicator."""
        return (self._latest[key] for key in sorted(self._latest) if self._latest[key].points is not None)

    def _protected(self, organisation: str) -> Iterator[tuple[str, FixedPoints]]:
        protection, earlier = self._document.protection, self._earlier
        if protection is None or earlier is None:
            return
        own = earlier.points.get(organisation, {})
        nothing = 0 if protection.without_earlier is WithoutEarlier.NO_POINTS else None
        for indicator in protection.indicators:
            points = own.get(indicator, nothing)
            if points is not None:
                yield indicator, FixedPoints(points, f"{PROTECTION}{earlier.id}")


def _unfollowed(decision: PointsDecision, message: str) -> Problem:
    place = (decision.file, decision.line, decision.organisation, decision.indicator, "", "")
    return Problem(*place, Code.WARNING_DECISION, Severity.WARNING, message)


def decision_id(*, decision: PointsDecision) -> PointsDecision:
    """The decision under the id that follows from what it says and where it stood."""
    told = decision.model_dump(mode="json", exclude={"id"})
    return decision.model_copy(update={"id": digest(canonical_json(told))})
