"""From a published payment run to a payment instruction: who may decide what, and what survives a crash."""

from itertools import pairwise

import pytest

from functions.approve.opening import open_batch
from functions.approve.waking import instruct_payment, resume_uninstructed
from functions.calculate.publishing import publish_run
from functions.domain.decide.lifecycle import Ground
from functions.ports.declarations import Waiting
from schemas.batch import Batch
from schemas.declaration import Declaration, Event, State
from schemas.grant import Grant, Role
from schemas.service import RunKind
from tests.integration.payments import KEY, LIST_DATE, STEPS, current, decisions, payment_world, publish, refusal, take
from tests.integration.test_calculating import calculated, frozen, send
from tests.integration.worlds import World, practice_rows


@pytest.fixture
def world() -> World:
    return payment_world()


def test_a_published_payment_run_opens_a_declaration_and_starts_its_workflow(world: World) -> None:
    assert current(world).state is State.AWAITING_SERVICE_PROVIDER
    assert ("A81001", 1, "opened") in world.workflow.started


def test_declared_approved_and_approved_for_payment_by_three_people(world: World) -> None:
    assert all(isinstance(step, Declaration) for step in decisions(world))
    found = current(world)
    assert found.state is State.APPROVED
    assert (found.declared_by, found.approved_by, found.finance_approved_by) == ("declarer", "approver", "payer")
    history = world.declarations.history(key=KEY)
    assert [entry.event for entry in history] == [Event.OPENED, *(event for event, _ in STEPS)]
    assert all(later.before is earlier.after for earlier, later in pairwise(history))


@pytest.mark.parametrize(("event", "person"), STEPS)
def test_without_a_grant_nobody_decides_anything(world: World, event: Event, person: str) -> None:
    for before, who in STEPS:
        if before is event:
            break
        take(world, before, who)
    world.grants.held = [grant for grant in world.grants.held if grant.person != person]
    ground, reason = refusal(take(world, event, person))
    assert ground is Ground.FORBIDDEN
    assert "which you do not hold" in reason


@pytest.mark.parametrize(
    ("same", "event", "role", "before"),
    [
        ("declarer", Event.APPROVED, Role.APPROVAL_MANAGEMENT, 1),
        ("declarer", Event.FINANCE_APPROVED, Role.FINANCE_MANAGEMENT, 2),
        ("approver", Event.FINANCE_APPROVED, Role.FINANCE_MANAGEMENT, 2),
    ],
)
def test_one_person_never_takes_two_steps_whatever_their_roles(
    world: World, same: str, event: Event, role: Role, before: int
) -> None:
    world.grants.give(grant=Grant(person=same, organisation="16C", role=role))
    for earlier, who in STEPS[:before]:
        take(world, earlier, who)
    ground, reason = refusal(take(world, event, same))
    assert ground is Ground.FORBIDDEN
    assert "different person" in reason


def test_a_role_for_one_organisation_says_nothing_about_another(world: World) -> None:
    world.grants.give(grant=Grant(person="neighbour", organisation="A81002", role=Role.DECLARATION_MANAGEMENT))
    assert refusal(take(world, Event.DECLARED, "neighbour"))[0] is Ground.FORBIDDEN


def test_steps_are_taken_in_their_order(world: World) -> None:
    ground, reason = refusal(take(world, Event.FINANCE_APPROVED, "payer"))
    assert ground is Ground.CONFLICT
    assert reason == ("A declaration cannot be finance approved while it is Awaiting Service Provider Approval.")


def test_a_decision_on_figures_that_have_changed_since_is_refused(world: World) -> None:
    seen = current(world).version
    publish(world, 60, "14:16:53")
    ground, reason = refusal(take(world, Event.DECLARED, "declarer", version=seen))
    assert ground is Ground.CONFLICT
    assert "changed since you saw it" in reason


def test_a_query_takes_a_reason_and_sends_the_declaration_back(world: World) -> None:
    take(world, Event.DECLARED, "declarer")
    assert refusal(take(world, Event.QUERIED, "approver", notes="  "))[0] is Ground.REASON_MISSING
    assert isinstance(take(world, Event.QUERIED, "approver", notes="CHD015 looks doubled."), Declaration)
    assert current(world).state is State.AWAITING_SERVICE_PROVIDER
    assert current(world).declared_by is None
    assert world.declarations.history(key=KEY)[-1].notes == "CHD015 looks doubled."


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_new_figures_take_a_declaration_back_to_the_practice(world: World, steps: int) -> None:
    for event, person in STEPS[:steps]:
        take(world, event, person)
    before = current(world)
    publish(world, 60, "14:16:53")
    after = current(world)
    assert after.state is State.AWAITING_SERVICE_PROVIDER
    assert after.outcome.payment != before.outcome.payment
    assert (after.declared_by, after.approved_by) == (None, None)


def test_what_is_approved_for_payment_is_never_edited_and_the_difference_is_named(world: World) -> None:
    list(decisions(world))
    before = current(world)
    send(world, practice_rows("A81001", value=60, time="14:16:53"), name="late")
    run = frozen(world)
    calculated(world, run, size=100)
    world.achievements.publish(run=run)
    batch = Batch.model_validate_json(world.evidence.held[f"runs/{run.id}/batches.jsonl"])
    totals = open_batch(batch=batch, world=world.declaring)
    assert current(world) == before
    assert [due.split(":")[0] for due in totals.adjustments_due] == ["A81001"]


def test_opening_again_with_the_same_figures_changes_nothing(world: World) -> None:
    before = dict(world.declarations.held)
    batches = [body for key, body in world.evidence.held.items() if key.endswith("batches.jsonl")]
    totals = open_batch(batch=Batch.model_validate_json(batches[0]), world=world.declaring)
    assert (totals.opened, totals.changed, totals.unchanged) == (0, 0, 2)
    assert world.declarations.held == before


@pytest.mark.parametrize("kind", [RunKind.TEST, RunKind.REPORTING])
def test_only_a_payment_run_ever_opens_a_declaration(world: World, kind: RunKind) -> None:
    batches = [body for key, body in world.evidence.held.items() if key.endswith("batches.jsonl")]
    batch = Batch.model_validate_json(batches[0])
    rehearsal = batch.model_copy(update={"collection": batch.collection.model_copy(update={"run_kind": kind})})
    with pytest.raises(ValueError, match="never opens a declaration"):
        open_batch(batch=rehearsal, world=world.declaring)


def test_a_decision_wakes_the_workflow_that_waits_for_it(world: World) -> None:
    world.declarations.hold(key=KEY, waiting=Waiting(version=1, token="t1"))
    take(world, Event.DECLARED, "declarer")
    assert world.workflow.woken == [("t1", State.AWAITING_COMMISSIONER)]


def test_a_workflow_that_is_between_two_waits_is_left_to_see_the_new_state_by_itself(world: World) -> None:
    world.declarations.hold(key=KEY, waiting=Waiting(version=1, token="t1"))
    take(world, Event.DECLARED, "declarer")
    take(world, Event.APPROVED, "approver")
    assert world.workflow.woken == [("t1", State.AWAITING_COMMISSIONER)]
    assert world.workflow.started == [("A81001", 1, "opened"), ("A81002", 1, "opened")]


def test_a_workflow_that_is_gone_is_started_again_from_the_stored_state(world: World) -> None:
    world.declarations.hold(key=KEY, waiting=Waiting(version=1, token="dead"))
    world.workflow.gone.add("dead")
    take(world, Event.DECLARED, "declarer")
    assert world.workflow.started[-1] == ("A81001", 2, "woken")


def test_an_approved_declaration_is_instructed_once_and_to_the_penny(world: World) -> None:
    list(decisions(world))
    first = instruct_payment(key=KEY, world=world.declaring)
    assert instruct_payment(key=KEY, world=world.declaring) == first
    assert (first.id, first.state) == ("PI-QOF2324-20240331-A81001", "approved for payment")
    assert first.payment == current(world).outcome.payment


def test_a_declaration_that_is_not_approved_cannot_be_instructed(world: World) -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        instruct_payment(key=KEY, world=world.declaring)


def test_an_approval_whose_workflow_was_lost_is_resumed_until_it_is_instructed(world: World) -> None:
    list(decisions(world))
    assert resume_uninstructed(world=world.declaring) == 1
    assert world.workflow.started[-1][0:2] == ("A81001", 4)
    instruct_payment(key=KEY, world=world.declaring)
    assert resume_uninstructed(world=world.declaring) == 0


def test_a_run_that_was_never_published_opens_nothing(world: World) -> None:
    send(world, practice_rows("A81001", value=60, time="14:16:53"), name="late")
    run = frozen(world)
    calculated(world, run, size=100)
    batch = Batch.model_validate_json(world.evidence.held[f"runs/{run.id}/batches.jsonl"])
    with pytest.raises(ValueError, match="was not published"):
        open_batch(batch=batch, world=world.declaring)


def test_a_practice_that_drops_out_of_the_published_run_cannot_be_paid_its_old_figures(world: World) -> None:
    send(world, practice_rows("A81001", value=51), name="contradicts")
    run = frozen(world)
    assert publish_run(run=run, totals=calculated(world, run, size=100), world=world.calculation)
    ground, reason = refusal(take(world, Event.DECLARED, "declarer"))
    assert ground is Ground.CONFLICT
    assert "leaves this practice out" in reason


def test_nobody_declares_while_a_recalculation_is_being_carried_in(world: World) -> None:
    send(world, practice_rows("A81001", value=60, time="14:16:53"), name="late")
    run = frozen(world)
    assert publish_run(run=run, totals=calculated(world, run, size=100), world=world.calculation)
    ground, reason = refusal(take(world, Event.DECLARED, "declarer"))
    assert ground is Ground.CONFLICT
    assert "being carried in" in reason


def test_a_practice_that_moved_is_approved_by_its_new_commissioner(world: World) -> None:
    take(world, Event.DECLARED, "declarer")
    moved = world.organisations.on(list_date=LIST_DATE)["A81001"].model_copy(update={"sub_icb": "99Z"})
    world.organisations.add(organisations=[moved], file="moved", order="2")
    run = frozen(world)
    assert publish_run(run=run, totals=calculated(world, run, size=100), world=world.calculation)
    open_batch(
        batch=Batch.model_validate_json(world.evidence.held[f"runs/{run.id}/batches.jsonl"]), world=world.declaring
    )
    assert (current(world).commissioner, current(world).state) == ("99Z", State.AWAITING_SERVICE_PROVIDER)


def test_whoever_declared_these_figures_once_never_approves_them_not_even_after_a_query(world: World) -> None:
    for person, organisation_code, role in (
        ("declarer", "16C", Role.APPROVAL_MANAGEMENT),
        ("deputy", "A81001", Role.DECLARATION_MANAGEMENT),
    ):
        world.grants.give(grant=Grant(person=person, organisation=organisation_code, role=role))
    take(world, Event.DECLARED, "declarer")
    take(world, Event.QUERIED, "approver", notes="Please look again.")
    take(world, Event.DECLARED, "deputy")
    assert refusal(take(world, Event.APPROVED, "declarer"))[0] is Ground.FORBIDDEN
