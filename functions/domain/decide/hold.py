"""The life of a hold: it is put on by the gates, and a person of the national team releases or rejects the run."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from functions.domain.decide.lifecycle import SYSTEM, Ground, Refusal
from functions.domain.decide.permission import holds
from schemas.collection import CollectionKey
from schemas.grant import Grant, Role
from schemas.hold import Hold, HoldEntry, HoldState
from schemas.organisation import NHS_ENGLAND

DECIDING = Role.SERVICE_MANAGEMENT


@dataclass(frozen=True, slots=True)
class HoldTransition:
    """A hold after something happened to it and the entry that says so, to be written together or not at all."""

    hold: Hold
    entry: HoldEntry


def may_decide(*, grants: Collection[Grant]) -> bool:
    """True for those who read reports on held runs and decide: Service Management for NHS England."""
    return holds(grants=grants, role=DECIDING, organisation=NHS_ENGLAND)


def putting_on(*, run: str, collection: CollectionKey, causes: tuple[str, ...], at: datetime) -> HoldTransition:
    """The hold on a run that did not pass its gates."""
    hold = Hold(run=run, collection=collection, state=HoldState.HELD, version=1, since=at, causes=causes)
    return HoldTransition(hold, HoldEntry(version=1, actor=SYSTEM, at=at, reason="", before=None, after=hold.state))


def hold_decision(
    *, hold: Hold, after: HoldState, actor: str, grants: Collection[Grant], reason: str, at: datetime
) -> HoldTransition | Refusal:
    """What a person's decision does to a hold, or why that person may not take it now."""
    if not may_decide(grants=grants):
        return Refusal(Ground.FORBIDDEN, f"It takes the role {DECIDING} for {NHS_ENGLAND}, which you do not hold.")
    if hold.state is not HoldState.HELD:
        return Refusal(Ground.CONFLICT, f"The run is {hold.state} already; a decision on it is final.")
    if not reason.strip():
        return Refusal(Ground.REASON_MISSING, f"A run is {after} with a reason: say why, for whoever asks later.")
    version = hold.version + 1
    decided = {"state": after, "version": version, "decided_by": actor, "decided_at": at, "reason": reason}
    changed = hold.model_copy(update=decided)
    entry = HoldEntry(version=version, actor=actor, at=at, reason=reason, before=hold.state, after=after)
    return HoldTransition(changed, entry)
