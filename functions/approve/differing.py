"""Why pounds changed between two runs, for those who may see them."""

from functions.approve.answering import from_evidence
from functions.approve.declaring import Declaring
from functions.approve.looking import published_result
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.domain.decide.permission import NHS_ENGLAND, holds, sees_pounds
from functions.domain.explain.movement import national_difference, practice_difference
from functions.explain.comparing import national_splits, practice_split
from functions.explain.reading import RunEvidence
from schemas.collection import CollectionKey
from schemas.difference import NationalDifference, PracticeDifference
from schemas.grant import Role

NO_POUNDS = Refusal(Ground.FORBIDDEN, "You hold no role that lets you see the pounds of this organisation.")
NOT_THE_NATION = Refusal(Ground.FORBIDDEN, f"It takes {Role.SERVICE_MANAGEMENT} at NHS England to see every practice.")


def difference(
    *, collection: CollectionKey, code: str, since: str, person: str, world: Declaring
) -> PracticeDifference | Refusal:
    """Why an organisation is paid otherwise in the published run of a collection than in the run `since`."""
    result = published_result(collection=collection, code=code, person=person, world=world)
    if isinstance(result, Refusal):
        return result
    grants = world.grants.grants(person=person)
    if not sees_pounds(grants=grants, organisation=code, commissioner=result.commissioner):
        return NO_POUNDS
    if world.achievements.run(run=since) is None:
        return _unknown(since)
    earlier, later = _held(since, world), _held(result.run, world)
    split = from_evidence(lambda: practice_split(before=earlier, after=later, organisation=code))
    if isinstance(split, Refusal):
        return split
    return practice_difference(split=split, before_run=since, after_run=result.run)


def nation(*, before: str, after: str, person: str, world: Declaring) -> NationalDifference | Refusal:
    """Why the payments of all practices together changed between two runs, and who moved most.

    Either may be held: what is frozen says what it would come to, for the person who is to release it.
    """
    if not holds(grants=world.grants.grants(person=person), role=Role.SERVICE_MANAGEMENT, organisation=NHS_ENGLAND):
        return NOT_THE_NATION
    for run in (before, after):
        if world.achievements.run(run=run) is None:
            return _unknown(run)
    earlier, later = _held(before, world), _held(after, world)
    splits = from_evidence(lambda: tuple(national_splits(before=earlier, after=later)))
    if isinstance(splits, Refusal):
        return splits
    return national_difference(splits=splits, before_run=before, after_run=after)


def _held(run: str, world: Declaring) -> RunEvidence:
    return RunEvidence(id=run, evidence=world.evidence)


def _unknown(run: str) -> Refusal:
    return Refusal(Ground.NOT_FOUND, f"There is no run {run}.")
