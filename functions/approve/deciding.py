"""Taking a person's decision on a declaration: the one that the person saw, and no other."""

from functions.approve.declaring import Declaring
from functions.approve.waking import wake
from functions.domain.decide.lifecycle import Ground, Refusal, decision
from functions.ports.declarations import StaleDeclaration
from schemas.declaration import Declaration, DeclarationKey, Event

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
    try:
        world.declarations.commit(transition=change)
    except StaleDeclaration:
        return Refusal(Ground.CONFLICT, MOVED_ON)
    wake(before=before, after=change.declaration, world=world)
    return change.declaration
