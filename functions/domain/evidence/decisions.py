"""The decisions that a run followed, as they are kept: each under its id, which is the digest of what it says."""

from collections.abc import Collection, Iterable, Iterator

from functions.domain.calculate.deciding import Decided
from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.digest import canonical_json
from functions.domain.evidence.keys import Kept, decision_key
from schemas.problem import Code, Problem, Severity


def decision_objects(*, decided: Decided, practices: Iterable[FrozenPractice]) -> Iterator[Kept]:
    """The decisions by which points of these practices are fixed."""
    followed = followed_by(practices=practices)
    for decision in decided.standing():
        if decision.id in followed:
            body = canonical_json(decision.model_dump(mode="json"))
            yield Kept(decision_key(decision=decision.id), body, "application/json")


def followed_by(*, practices: Iterable[FrozenPractice]) -> frozenset[str]:
    """The ids of what fixes points of these practices."""
    return frozenset(fixed.decision for practice in practices for fixed in practice.fixed.values())


def unfollowed(*, decided: Decided, followed: Collection[str]) -> Iterator[Problem]:
    """A warning of every decision that fixes no points in a run: its practice is not calculated, or it is overruled."""
    for one in decided.standing():
        if one.id not in followed:
            message = "The decision fixes no points in this run: the practice is not calculated, or others overrule it."
            place = (one.file, one.line, one.organisation, one.indicator, "", "")
            yield Problem(*place, Code.WARNING_DECISION, Severity.WARNING, message)
