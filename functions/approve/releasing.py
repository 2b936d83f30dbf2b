"""Held runs: what awaits the national team, its decision, and going on with what was released."""

from datetime import timedelta

from functions.approve.declaring import Declaring
from functions.domain.decide.hold import DECIDING, HoldTransition, hold_decision, may_decide
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.ports.holds import StaleHold
from schemas.hold import Hold, HoldEntry, HoldState
from schemas.inspection import GateReport
from schemas.organisation import NHS_ENGLAND

NOT_HELD = "This run was never held."
NOT_YOURS = Refusal(Ground.FORBIDDEN, f"It takes the role {DECIDING} for {NHS_ENGLAND}, which you do not hold.")
MOVED_ON = Refusal(Ground.CONFLICT, "The hold has changed since you saw it. Look at it again before you decide.")
A_WHILE = timedelta(minutes=15)  # in which the execution that was woken gets to its end, or is lost


def held_runs(*, person: str, world: Declaring) -> tuple[Hold, ...]:
    """Every run that awaits a decision of this person."""
    return world.holds.held() if may_decide(grants=world.grants.grants(person=person)) else ()


def held_run(*, run: str, person: str, world: Declaring) -> tuple[Hold, tuple[HoldEntry, ...], GateReport] | Refusal:
    """A held run with all that happened to it, and the report that it was held by."""
    if not may_decide(grants=world.grants.grants(person=person)):
        return NOT_YOURS
    hold = world.holds.hold(run=run)
    if hold is None:
        return Refusal(Ground.NOT_FOUND, NOT_HELD)
    report = b"".join(world.evidence.chunks(key=f"runs/{run}/gates.json"))
    return hold, world.holds.history(run=run), GateReport.model_validate_json(report)


def decide_hold(
    *, run: str, after: HoldState, person: str, version: int, reason: str, world: Declaring
) -> Hold | Refusal:
    """Write a person's decision and wake the execution that waits; `version` is what the person saw."""
    grants = world.grants.grants(person=person)
    if not may_decide(grants=grants):
        return NOT_YOURS
    hold = world.holds.hold(run=run)
    if hold is None:
        return Refusal(Ground.NOT_FOUND, NOT_HELD)
    change = hold_decision(hold=hold, after=after, actor=person, grants=grants, reason=reason, at=world.clock())
    if isinstance(change, Refusal):
        return change
    if hold.version != version:
        return MOVED_ON
    try:
        world.holds.commit(transition=change)
    except StaleHold:
        return MOVED_ON
    _wake(hold, change, world)
    return change.hold


def resume_released(*, world: Declaring) -> int:
    """Start an execution for every run that was released a while ago and is not published yet; how many."""
    now = world.clock()
    late = (hold for hold in world.holds.released() if hold.decided_at and hold.decided_at <= now - A_WHILE)
    lost = [hold for hold in late if _unpublished(hold, world)]
    for hold in lost:
        world.runs.start(hold=hold, attempt=f"resumed-{now:%Y%m%dT%H%M}")
    return len(lost)


def _wake(before: Hold, change: HoldTransition, world: Declaring) -> None:
    """Wake the execution, or start another where it is gone: but a rejected run needs none.

    The execution leaves its token on condition that the version is what it looked at, as beside a declaration.
    """
    waiting = world.holds.waiting(run=before.run)
    gone = waiting is None or (
        waiting.version == before.version and not world.runs.wake(token=waiting.token, hold=change.hold)
    )
    if gone and change.hold.state is HoldState.RELEASED:
        world.runs.start(hold=change.hold, attempt="released")


def _unpublished(hold: Hold, world: Declaring) -> bool:
    """True unless the run was published, or one with later inputs was."""
    published = world.achievements.published(collection=hold.collection)
    run, last = world.achievements.run(run=hold.run), published and world.achievements.run(run=published)
    return run is not None and (not last or last.frozen_at < run.frozen_at)
