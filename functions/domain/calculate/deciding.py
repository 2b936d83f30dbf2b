"""Points that a decision fixes, whatever a practice's counts earn.

There are two ways. A decision is an event: points for one practice or everybody, by an author, with a reason and a
source. Protection is a rule of the year: the service document names indicators that keep the points of an earlier one.
Where both speak about a practice, its own decision counts before everybody's, and any decision before protection.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.digest import canonical_json, digest
from schemas.decision import EVERYBODY, PointsDecision
from schemas.problem import Code, Problem, Severity
from schemas.protection import WithoutEarlier
from schemas.service import ServiceDocument

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
    """Everything that is decided about the points of a collection.

    `decisions` in the order in which they were received: of those about the same points, the last counts.
    """

    def __init__(
        self, *, document: ServiceDocument, decisions: Iterable[PointsDecision], earlier: EarlierPoints | None
    ) -> None:
        self._document, self._earlier = document, earlier
        self._latest = {(one.organisation, one.indicator): one for one in decisions}
        scored = {indicator.code for indicator in document.scored}
        self._by_organisation: dict[str, list[PointsDecision]] = {}
        for (organisation, code), decision in self._latest.items():
            if code in scored:
                self._by_organisation.setdefault(organisation, []).append(decision)

    @property
    def nothing(self) -> bool:
        """True where nothing was decided and nothing is protected."""
        return not self._latest and (self._document.protection is None or self._earlier is None)

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
        """A warning of every decision that fixes no points of these practices: none of them has it, or others overrule
        it.
        """
        followed = {fixed.decision for code in practices for fixed in self.fixed(organisation=code).values()}
        for one in self.standing():
            if one.id not in followed:
                place = (one.file, one.line, one.organisation, one.indicator, "", "")
                yield Problem(*place, Code.WARNING_DECISION, Severity.WARNING, UNFOLLOWED)

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


def decision_id(*, decision: PointsDecision) -> PointsDecision:
    """The decision under the id that follows from what it says and where it stood."""
    told = decision.model_dump(mode="json", exclude={"id"})
    return decision.model_copy(update={"id": digest(canonical_json(told))})
