"""A frozen run before money: what is kept, what is compared, what is held, and who goes on with it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from functions.approve.releasing import decide_hold, held_run, held_runs, resume_released
from functions.calculate.baseline import year_before
from functions.calculate.freezing import run_to_go_on_with
from functions.calculate.inspecting import inspect_run
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.ports.declarations import Waiting
from schemas.collection import CollectionKey
from schemas.file import FileRecord
from schemas.grant import Grant, Role
from schemas.hold import Hold, HoldState
from schemas.inspection import Gate, GateVerdict
from schemas.organisation import NHS_ENGLAND
from schemas.run import Run
from schemas.service import RunKind, ServiceDocument
from schemas.steps import InspectOutcome
from tests.inputs.gate_nation import Counted, counted_nation, frozen
from tests.integration.inspections import FEBRUARY, MARCH, february, froze, know, march, record, report, store
from tests.integration.worlds import DOCUMENT, World

NATION = counted_nation(document=DOCUMENT, practices=120)
TWICE = {**NATION, "Z00001": replace(NATION["A81005"], code="Z00001")}
NATIONAL = Grant(person="national", organisation=NHS_ENGLAND, role=Role.SERVICE_MANAGEMENT)


@pytest.fixture
def world() -> World:
    world = World()
    world.grants.give(grant=NATIONAL)
    return world


@pytest.fixture
def run(world: World) -> Run:
    """A run that is held: one practice is counted twice."""
    assert march(world, TWICE)[0] is InspectOutcome.HELD
    (hold,) = world.holds.held()
    return run_to_go_on_with(run=hold.run, world=world.calculation)


def decided(world: World, run: Run, after: HoldState = HoldState.RELEASED, **changes: Any) -> Hold | Refusal:
    words: Mapping[str, Any] = {"person": "national", "version": 1, "reason": "I have read it.", **changes}
    return decide_hold(run=run.id, after=after, world=world.declaring, **words)


def ground(found: Hold | Refusal) -> Ground:
    assert isinstance(found, Refusal)
    return found.ground


def test_the_first_run_ever_is_clear_and_its_report_is_kept_and_announced(world: World) -> None:
    outcome, found = march(world, NATION)
    assert outcome is InspectOutcome.CLEAR
    assert (found.verdict, found.baseline) == (GateVerdict.PASSED, None)
    what, told = world.bus.announced[-1]
    assert (what, told["outcome"], told["causes"]) == ("RunInspected", "clear", [])


def test_the_participants_that_are_to_be_covered_are_those_on_the_list_at_the_date(world: World) -> None:
    """Half of those who are known take part; all of these are there, and nobody misses the others."""
    some = dict(list(NATION.items())[:60])
    world.offer(*some)
    know(world, NATION)
    store(world, MARCH, frozen(some))
    run = froze(world)
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.CLEAR
    causes = [finding.cause for finding in report(world, run).findings if finding.gate is Gate.COVERAGE]
    assert causes == ["60 of 60 participants have complete data, 100.00 %."]


def test_a_participant_whose_list_was_never_sent_is_missed_by_the_gate_of_coverage(world: World) -> None:
    some = dict(list(NATION.items())[:20])
    world.offer(*some, "Z00002")
    know(world, NATION)
    store(world, MARCH, frozen(some))
    run = froze(world)
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.HELD
    cause = next(finding.cause for finding in report(world, run).held if finding.gate is Gate.COVERAGE)
    assert cause.startswith("20 of 21 participants have complete data")
    assert cause.endswith("Missing: Z00002.")


def test_a_run_is_compared_with_the_month_before(world: World) -> None:
    before = february(world, NATION)
    _, found = march(world, NATION)
    assert found.baseline is not None
    assert (found.baseline.run, found.baseline.collection) == (before.id, FEBRUARY)


def test_a_month_in_which_something_was_amiss_is_reported_not_held_and_never_compared_with(world: World) -> None:
    before = february(world, NATION)
    twice = CollectionKey(service="QOF2324", achievement_date=date(2024, 2, 29), run_kind=RunKind.REPORTING)
    know(world, TWICE, order="3")
    store(world, twice, frozen(TWICE, last=True))
    later = froze(world, twice)
    assert inspect_run(run=later, world=world.calculation) is InspectOutcome.CLEAR
    assert report(world, later).verdict is GateVerdict.HELD
    assert world.holds.held() == ()
    world.achievements.publish(run=later)
    know(world, NATION, order="4")
    _, found = march(world, TWICE)
    assert found.baseline is None
    assert before.id != later.id


def test_the_year_before_is_the_same_service_ending_the_day_before_this_one_begins() -> None:
    def of(code: str, ends: date) -> ServiceDocument:
        return DOCUMENT.model_copy(update={"code": code, "year": DOCUMENT.year.model_copy(update={"ends": ends})})

    eve = date(2023, 3, 31)
    others = [of("QOF2122", date(2022, 3, 31)), of("IIF2223", eve), of("QOF2223", eve), DOCUMENT]
    found = year_before(document=DOCUMENT, among=others)
    assert found is not None
    assert found.code == "QOF2223"
    assert year_before(document=DOCUMENT, among=others[:2]) is None


def test_a_test_run_is_never_compared_with_what_is_paid(world: World) -> None:
    february(world, NATION)
    rehearsal = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.TEST)
    store(world, rehearsal, frozen(TWICE))
    run = froze(world, rehearsal)
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.CLEAR
    assert report(world, run).baseline is None


def test_inspecting_again_changes_nothing(world: World, run: Run) -> None:
    before = dict(world.evidence.held), dict(world.holds.kept)
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.HELD
    assert (world.evidence.held, world.holds.kept) == before


def test_a_crash_before_the_hold_is_written_is_made_good_by_the_next_try(world: World, run: Run) -> None:
    world.holds.kept.clear()
    world.holds.entries.clear()
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.HELD
    assert [hold.run for hold in world.holds.held()] == [run.id]


def test_two_executions_put_on_one_hold(world: World, run: Run) -> None:
    kept, look = world.holds.kept.pop(run.id), world.holds.hold
    answers = [None, kept]
    world.holds.hold = lambda *, run: answers.pop(0) if answers else look(run=run)  # type: ignore[method-assign]  # the story's own
    world.holds.kept[run.id] = kept
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.HELD
    assert len(world.holds.history(run=run.id)) == 1


def test_what_was_found_first_is_what_is_decided_on(world: World, run: Run) -> None:
    first = report(world, run)
    world.holds.kept.clear()
    world.holds.entries.clear()
    february(world, NATION)
    inspect_run(run=run, world=world.calculation)
    assert report(world, run) == first


def test_who_sent_what_for_a_practice_that_is_left_out_is_kept_with_the_run(world: World) -> None:
    know(world, NATION)
    partly = {**NATION, "A81003": replace(NATION["A81003"], values=[-1, *NATION["A81003"].values[1:]])}
    store(world, MARCH, (one for one in frozen(partly) if one.organisation not in ("A81004", "A81006")))
    world.submissions.accepted[str(MARCH), "file of emis"] = refusing("A81004")
    run = froze(world)
    kept = json.loads(world.evidence.held[f"runs/{run.id}/left_out.json"])
    assert kept == {"A81003": ["microtest"], "A81004": ["emis"], "A81006": []}
    problems = world.evidence.held[f"runs/{run.id}/problems.csv"].decode()
    assert "microtest/microtest.csv,0,A81003," in problems
    assert "emis/emis.csv,0,A81004," in problems


def refusing(code: str) -> FileRecord:
    return record("emis", MARCH, refused=(code,))


# Deciding


def test_a_held_run_awaits_the_national_team_and_nobody_else(world: World, run: Run) -> None:
    assert [hold.run for hold in held_runs(person="national", world=world.declaring)] == [run.id]
    for role, organisation in ((Role.SERVICE_MANAGEMENT, "A81001"), (Role.APPROVAL_MANAGEMENT, NHS_ENGLAND)):
        world.grants.give(grant=Grant(person="somebody", organisation=organisation, role=role))
    assert held_runs(person="somebody", world=world.declaring) == ()
    assert isinstance(held_run(run=run.id, person="somebody", world=world.declaring), Refusal)


def test_the_report_is_read_with_the_hold(world: World, run: Run) -> None:
    found = held_run(run=run.id, person="national", world=world.declaring)
    assert not isinstance(found, Refusal)
    hold, history, told = found
    assert (hold.state, hold.version, len(history)) == (HoldState.HELD, 1, 1)
    assert [finding.gate for finding in told.held] == [Gate.SAME_COUNTS]
    assert hold.causes == tuple(finding.cause for finding in told.held)


@pytest.mark.parametrize("after", [HoldState.RELEASED, HoldState.REJECTED])
def test_a_decision_is_kept_with_who_when_and_why_and_is_final(world: World, run: Run, after: HoldState) -> None:
    found = decided(world, run, after)
    assert isinstance(found, Hold)
    assert (found.state, found.version, found.decided_by, found.reason) == (after, 2, "national", "I have read it.")
    assert [(entry.actor, entry.after) for entry in world.holds.history(run=run.id)] == [
        ("system", HoldState.HELD),
        ("national", after),
    ]
    assert ground(decided(world, run, version=2)) is Ground.CONFLICT
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome(after)


def test_without_the_role_a_reason_or_the_present_version_nothing_is_decided(world: World, run: Run) -> None:
    assert ground(decided(world, run, person="stranger")) is Ground.FORBIDDEN
    assert ground(decided(world, run, reason="  ")) is Ground.REASON_MISSING
    assert ground(decided(world, run, version=2)) is Ground.CONFLICT
    absent = decide_hold(
        run="0" * 32, after=HoldState.RELEASED, person="national", version=1, reason="x", world=world.declaring
    )
    assert ground(absent) is Ground.NOT_FOUND
    assert [hold.version for hold in world.holds.held()] == [1]


def test_of_two_people_at_one_moment_the_second_is_told(world: World, run: Run) -> None:
    seen = world.holds.kept[run.id]
    decided(world, run)
    world.holds.hold = lambda *, run: seen if run else None  # type: ignore[method-assign]  # the story's own world
    assert ground(decided(world, run, HoldState.REJECTED)) is Ground.CONFLICT


def test_a_decision_wakes_the_execution_that_waits(world: World, run: Run) -> None:
    world.holds.waits[run.id] = Waiting(version=1, token="t1")
    decided(world, run)
    assert world.runs.woken == [("t1", HoldState.RELEASED)]
    assert world.runs.started == []


@pytest.mark.parametrize("left", [True, False])
def test_a_release_whose_execution_is_gone_starts_another_for_this_very_run(
    world: World, run: Run, *, left: bool
) -> None:
    if left:
        world.holds.waits[run.id] = Waiting(version=1, token="dead")
        world.runs.gone.add("dead")
    decided(world, run)
    assert world.runs.started == [(run.id, 2, "released")]


def test_a_rejected_run_whose_execution_is_gone_needs_no_other(world: World, run: Run) -> None:
    decided(world, run, HoldState.REJECTED)
    assert world.runs.started == []


def test_a_released_run_that_was_not_published_is_resumed_after_a_while(world: World, run: Run) -> None:
    decided(world, run)
    assert resume_released(world=world.declaring) == 0
    world.pass_time(timedelta(minutes=20))
    assert resume_released(world=world.declaring) == 1
    assert world.runs.started[-1][0] == run.id
    world.achievements.publish(run=run)
    assert resume_released(world=world.declaring) == 0


def test_a_released_run_that_a_later_one_has_overtaken_is_left(world: World, run: Run) -> None:
    decided(world, run)
    world.pass_time(timedelta(minutes=20))
    store(world, MARCH, frozen({**NATION, "A81005": changed_last(NATION["A81005"])}))
    later = froze(world)
    assert later.id != run.id
    world.achievements.publish(run=later)
    assert resume_released(world=world.declaring) == 0


def changed_last(one: Counted) -> Counted:
    return replace(one, values=one.last)


def test_a_run_is_taken_up_by_its_id_and_none_is_made_up(world: World, run: Run) -> None:
    assert run_to_go_on_with(run=run.id, world=world.calculation) == run
    with pytest.raises(LookupError, match="No run"):
        run_to_go_on_with(run="0" * 32, world=world.calculation)
