"""The life of a declaration: which event may follow which state, who may cause it, and what it leads to.

Source: the published workflow of the service; the separation of people is enforced whoever configures the roles.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.domain.decide.permission import holds
from schemas.declaration import AuditEntry, Declaration, DeclarationKey, Event, Outcome, State
from schemas.grant import Grant, Role

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Step:
    """What an event leads to from a state, the role that may cause it, and whether it needs a reason in words."""

    after: State
    role: Role
    reason_needed: bool = False


STEPS: Mapping[tuple[State, Event], Step] = {
    (State.AWAITING_SERVICE_PROVIDER, Event.DECLARED): Step(State.AWAITING_COMMISSIONER, Role.DECLARATION_MANAGEMENT),
    (State.AWAITING_COMMISSIONER, Event.APPROVED): Step(State.AWAITING_FINANCE, Role.APPROVAL_MANAGEMENT),
    (State.AWAITING_COMMISSIONER, Event.QUERIED): Step(
        State.AWAITING_SERVICE_PROVIDER, Role.APPROVAL_MANAGEMENT, reason_needed=True
    ),
    (State.AWAITING_FINANCE, Event.FINANCE_APPROVED): Step(State.APPROVED, Role.FINANCE_MANAGEMENT),
}


class Ground(StrEnum):
    """What stands against a request: nothing is there, the person, the state of things, a word that lacks, or what it
    says.
    """

    NOT_FOUND = "not found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    REASON_MISSING = "reason missing"
    UNUSABLE = "cannot be used"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is refused, in a sentence for the person who asked."""

    ground: Ground
    reason: str


@dataclass(frozen=True, slots=True)
class Transition:
    """An event that may happen: the declaration after it and the audit entry, to be written together or not at all."""

    declaration: Declaration
    entry: AuditEntry


def responsible(*, declaration: Declaration, role: Role) -> str:
    """The organisation for which a role on this declaration is held: the practice's own, or its commissioner."""
    return declaration.key.organisation if role is Role.DECLARATION_MANAGEMENT else declaration.commissioner


def awaited(*, declaration: Declaration) -> tuple[str, Role] | None:
    """Whose decision a declaration awaits: the organisation and the role. None when it awaits nobody's."""
    for (state, event), step in STEPS.items():
        if state is declaration.state and event is not Event.QUERIED:
            return responsible(declaration=declaration, role=step.role), step.role
    return None


def opening(*, key: DeclarationKey, commissioner: str, outcome: Outcome, at: datetime) -> Transition:
    """The first state of a declaration, once a payment has been calculated for its period."""
    state = State.AWAITING_SERVICE_PROVIDER
    declaration = Declaration(key=key, commissioner=commissioner, state=state, version=1, outcome=outcome)
    return Transition(declaration, _entry(declaration, Event.OPENED, SYSTEM, at, "", before=None))


def recalculation(
    *, declaration: Declaration, commissioner: str, outcome: Outcome, at: datetime
) -> Transition | Refusal | None:
    """What a calculation does to a declaration: None when its figures are the same or its inputs are the older.

    Changed figures, or another commissioner, take it back to the practice, whoever had signed before. After finance
    approval it is never edited: the difference is a matter for an adjustment, and the refusal says so.
    """
    held = declaration.outcome
    same = _figures(outcome) == _figures(held)
    if outcome.frozen_at <= held.frozen_at or (same and commissioner == declaration.commissioner):
        return None
    if declaration.state is State.APPROVED:
        if same:
            return None
        change = outcome.payment - held.payment
        return Refusal(
            Ground.CONFLICT,
            f"It is approved for payment and never edited; its payment has since changed by {change} pence.",
        )
    changes = {"outcome": outcome, "state": State.AWAITING_SERVICE_PROVIDER, "declared_by": None, "approved_by": None}
    changes |= {"commissioner": commissioner, "signed": ()}
    after = declaration.model_copy(update={**changes, "version": declaration.version + 1})
    return Transition(after, _entry(after, Event.RECALCULATED, SYSTEM, at, "", before=declaration.state))


def decision(
    *, declaration: Declaration, event: Event, actor: str, grants: Collection[Grant], notes: str, at: datetime
) -> Transition | Refusal:
    """What a person's decision does to a declaration, or why that person may not take it now."""
    step = STEPS.get((declaration.state, event))
    if step is None:
        return Refusal(Ground.CONFLICT, f"A declaration cannot be {event} while it is {declaration.state}.")
    refusal = _person_refusal(declaration, event, step, actor, grants)
    if refusal is not None:
        return refusal
    if step.reason_needed and not notes.strip():
        return Refusal(
            Ground.REASON_MISSING, f"A declaration is {event} with a reason: say in the notes what must be put right."
        )
    people = _people(declaration, event, actor)
    after = declaration.model_copy(update={**people, "state": step.after, "version": declaration.version + 1})
    return Transition(after, _entry(after, event, actor, at, notes, before=declaration.state))


def _person_refusal(
    declaration: Declaration, event: Event, step: Step, actor: str, grants: Collection[Grant]
) -> Refusal | None:
    organisation = responsible(declaration=declaration, role=step.role)
    if not holds(grants=grants, role=step.role, organisation=organisation):
        return Refusal(Ground.FORBIDDEN, f"It takes the role {step.role} for {organisation}, which you do not hold.")
    if event is not Event.DECLARED and actor in declaration.signed:
        return Refusal(
            Ground.FORBIDDEN, "You declared or approved it yourself: each step is taken by a different person."
        )
    return None


def _people(declaration: Declaration, event: Event, actor: str) -> dict[str, object]:
    if event is Event.QUERIED:
        return {"declared_by": None, "approved_by": None}
    signature = {
        Event.DECLARED: "declared_by",
        Event.APPROVED: "approved_by",
        Event.FINANCE_APPROVED: "finance_approved_by",
    }[event]
    return {signature: actor, "signed": (*declaration.signed, actor)}


def _figures(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.points, outcome.available, outcome.payment


def _entry(
    after: Declaration, event: Event, actor: str, at: datetime, notes: str, *, before: State | None
) -> AuditEntry:
    return AuditEntry(
        version=after.version,
        event=event,
        actor=actor,
        at=at,
        notes=notes,
        before=before,
        after=after.state,
        outcome=after.outcome,
    )
