"""What people look at before they decide: achievements, their working, declarations - as far as they may see them."""

from functions.approve.answering import from_evidence
from functions.approve.declaring import Declaring
from functions.approve.views import achievement_view, awaited_view, declaration_view
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.domain.decide.permission import sees_points, sees_pounds
from functions.domain.explain.hiding import without_pounds
from functions.explain.reading import RunEvidence
from schemas.api import AchievementView, AwaitedView, DeclarationView
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.declaration import DeclarationKey
from schemas.explanation import Explanation
from schemas.grant import Role
from schemas.organisation import Organisation
from schemas.run import Result

DECIDING = (Role.DECLARATION_MANAGEMENT, Role.APPROVAL_MANAGEMENT, Role.FINANCE_MANAGEMENT)
NOT_YOURS = Refusal(Ground.FORBIDDEN, "You hold no role that lets you see this organisation.")


def organisation(*, code: str, person: str, world: Declaring) -> Organisation | Refusal:
    """An organisation, with the latest list that a service document asks for."""
    dates = {service_document(service).parameters.practice_list.value for service in service_codes()}
    found = (world.organisations.one(code=code, list_date=day) for day in sorted(dates, reverse=True))
    known = next((one for one in found if one is not None), None)
    if known is None:
        return Refusal(Ground.NOT_FOUND, f"There is no organisation {code}.")
    grants = world.grants.grants(person=person)
    return known if sees_points(grants=grants, organisation=code, commissioner=known.sub_icb) else NOT_YOURS


def achievement(*, collection: CollectionKey, code: str, person: str, world: Declaring) -> AchievementView | Refusal:
    """What an organisation achieved in the published run of a collection."""
    result = published_result(collection=collection, code=code, person=person, world=world)
    if isinstance(result, Refusal):
        return result
    return achievement_view(collection=collection, result=result, pounds=_pounds(result, person, world))


def working(*, collection: CollectionKey, code: str, person: str, world: Declaring) -> Explanation | Refusal:
    """The explanation of an achievement: every figure with its source, and the lines that add up to the payment."""
    result = published_result(collection=collection, code=code, person=person, world=world)
    if isinstance(result, Refusal):
        return result
    explained = from_evidence(lambda: _explained(result, world))
    if isinstance(explained, Refusal):
        return explained
    return explained if _pounds(result, person, world) else without_pounds(explanation=explained)


def declaration(*, key: DeclarationKey, person: str, world: Declaring) -> DeclarationView | Refusal:
    """A declaration with its history and, once there is one, its payment instruction."""
    found = world.declarations.declaration(key=key)
    if found is None:
        return Refusal(Ground.NOT_FOUND, "No declaration was opened for this service, organisation and date.")
    grants = world.grants.grants(person=person)
    if not sees_points(grants=grants, organisation=key.organisation, commissioner=found.commissioner):
        return NOT_YOURS
    return declaration_view(
        declaration=found,
        history=world.declarations.history(key=key),
        instruction=world.declarations.instruction(key=key),
        pounds=sees_pounds(grants=grants, organisation=key.organisation, commissioner=found.commissioner),
    )


def awaiting(*, person: str, world: Declaring) -> tuple[AwaitedView, ...]:
    """Every declaration that awaits a decision of this person."""
    return tuple(
        awaited_view(declaration=found, role=grant.role)
        for grant in world.grants.grants(person=person)
        if grant.role in DECIDING
        for found in world.declarations.awaiting(organisation=grant.organisation, role=grant.role)
    )


def published_result(*, collection: CollectionKey, code: str, person: str, world: Declaring) -> Result | Refusal:
    """The published result of an organisation, as far as this person may know that there is one."""
    run = world.achievements.published(collection=collection)
    found = None if run is None else world.achievements.result(collection=collection, organisation=code, run=run)
    if found is None:
        return Refusal(Ground.NOT_FOUND, f"Nothing is published for {code}, {collection}.")
    grants = world.grants.grants(person=person)
    return found if sees_points(grants=grants, organisation=code, commissioner=found.commissioner) else NOT_YOURS


def _explained(result: Result, world: Declaring) -> Explanation:
    line = world.evidence.part(key=result.working_key, offset=result.working_offset, length=result.working_length)
    return RunEvidence(id=result.run, evidence=world.evidence).explained(line=line)


def _pounds(result: Result, person: str, world: Declaring) -> bool:
    grants = world.grants.grants(person=person)
    return sees_pounds(grants=grants, organisation=result.organisation, commissioner=result.commissioner)
