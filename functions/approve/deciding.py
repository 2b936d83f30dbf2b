"""Taking a person's decision on a declaration: the one that the person saw, and no other."""

from functions.approve.declaring import Declaring
from functions.approve.waking import wake
from functions.domain.decide.lifecycle import Ground, Refusal, decision
from functions.ports.declarations import StaleDeclaration
from schemas.collection import CollectionKey
from schemas.declaration import Declaration, DeclarationKey, Event
from schemas.service import RunKind

LEFT_OUT = "The published calculation leaves this practice out. It can be decided once it is calculated again."
PENDING = "New figures were published and are being carried in. Look at the declaration again before you decide."
MOVED_ON = "The declaration has changed since you saw it. Look at it again before you decide."


def decide(
    *, key: DeclarationKey, event: Event, person: str, version: int, notes: str, world: Declaring
) -> Declaration | Refusal:
    """Write a person's decision and wake the workflow; or say why it cannot be taken. `version` is what was seen."""
    before = world.declarations.declaration(key=key)
    if before is None:
        return Refusal(Ground.NOT_FOUND, "No declaration was opened for this service, organisation and date.")
    grants = world.grants.grants(person=person)
    change = decision(declaration=before, event=event, actor=person, grants=grants, notes=notes, at=world.clock())
    if isinstance(change, Refusal):
        return change
    if before.version != version:
        return Refusal(Ground.CONFLICT, MOVED_ON)
    if event is not Event.QUERIED and (pending := _pending(before, world)) is not None:
        return pending
    try:
        world.declarations.commit(transition=change)
    except StaleDeclaration:
        return Refusal(Ground.CONFLICT, MOVED_ON)
    wake(before=before, after=change.declaration, world=world)
    return change.declaration


def _pending(declaration: Declaration, world: Declaring) -> Refusal | None:
    """Why the figures of a declaration cannot be signed: they are no longer those that are published."""
    key = declaration.key
    collection = CollectionKey(service=key.service, achievement_date=key.achievement_date, run_kind=RunKind.PAYMENT)
    run = world.achievements.published(collection=collection)
    result = run and world.achievements.result(collection=collection, organisation=key.organisation, run=run)
    if not result:
        return Refusal(Ground.CONFLICT, LEFT_OUT)
    figures = declaration.outcome
    same = (result.points, result.available, result.payment) == (figures.points, figures.available, figures.payment)
    same = same and result.commissioner == declaration.commissioner
    return None if same else Refusal(Ground.CONFLICT, PENDING)
