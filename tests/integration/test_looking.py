"""What people see of achievements and declarations: as much as their grants let them, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from functions.approve.differing import difference, nation
from functions.approve.looking import achievement, awaiting, declaration, organisation, working
from functions.approve.waking import instruct_payment
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.domain.explain.hiding import without_pounds
from schemas.api import DeclarationView
from schemas.collection import CollectionKey
from schemas.declaration import Event
from schemas.difference import NationalDifference, PracticeDifference
from schemas.explanation import Explanation
from schemas.grant import Grant, Role
from schemas.service import RunKind
from tests.integration.payments import KEY, decisions, payment_world, publish, take
from tests.integration.test_calculating import frozen, send
from tests.integration.worlds import YEAR_END, World, practice_rows


@pytest.fixture
def world() -> World:
    return payment_world()


def test_what_awaits_somebody_is_listed_for_them_and_for_nobody_else(world: World) -> None:
    assert [(one.organisation, one.role) for one in awaiting(person="declarer", world=world.declaring)] == [
        ("A81001", Role.DECLARATION_MANAGEMENT)
    ]
    assert awaiting(person="approver", world=world.declaring) == ()
    take(world, Event.DECLARED, "declarer")
    assert [one.organisation for one in awaiting(person="approver", world=world.declaring)] == ["A81001"]


def test_view_shows_points_and_not_pounds(world: World) -> None:
    found = achievement(collection=YEAR_END, code="A81001", person="reader", world=world.declaring)
    assert not isinstance(found, Refusal)
    assert (found.points != "0.00", found.payment) == (True, None)
    lines = working(collection=YEAR_END, code="A81001", person="reader", world=world.declaring)
    assert not isinstance(lines, Refusal)
    assert {line.amount for line in lines.lines} == {None}
    told = declaration(key=KEY, person="reader", world=world.declaring)
    assert isinstance(told, DeclarationView)
    assert told.payment is None


def test_a_commissioner_sees_the_practices_of_its_area(world: World) -> None:
    found = achievement(collection=YEAR_END, code="A81002", person="approver", world=world.declaring)
    assert not isinstance(found, Refusal)
    assert found.payment is not None


def test_a_stranger_sees_nothing(world: World) -> None:
    for found in (
        achievement(collection=YEAR_END, code="A81001", person="stranger", world=world.declaring),
        working(collection=YEAR_END, code="A81001", person="stranger", world=world.declaring),
        declaration(key=KEY, person="stranger", world=world.declaring),
    ):
        assert isinstance(found, Refusal)
        assert found.ground is Ground.FORBIDDEN


def test_what_was_never_published_is_not_found(world: World) -> None:
    rehearsal = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.TEST)
    found = achievement(collection=rehearsal, code="A81001", person="declarer", world=world.declaring)
    assert isinstance(found, Refusal)
    assert found.ground is Ground.NOT_FOUND


def test_view_shows_no_pounds_in_the_history_or_the_instruction_either(world: World) -> None:
    list(decisions(world))
    instruct_payment(key=KEY, world=world.declaring)
    told = declaration(key=KEY, person="reader", world=world.declaring)
    assert isinstance(told, DeclarationView)
    assert {entry.payment for entry in told.history} == {None}
    assert told.instruction is not None
    assert told.instruction.payment is None
    paid = declaration(key=KEY, person="payer", world=world.declaring)
    assert isinstance(paid, DeclarationView)
    assert paid.instruction is not None
    assert paid.instruction.payment == paid.payment is not None


def test_an_organisation_is_told_only_to_those_who_may_see_it(world: World) -> None:
    found = organisation(code="A81001", person="reader", world=world.declaring)
    assert not isinstance(found, Refusal)
    refused = organisation(code="A81001", person="stranger", world=world.declaring)
    assert isinstance(refused, Refusal)
    assert refused.ground is Ground.FORBIDDEN


def test_the_working_hides_every_factor_of_pounds_from_those_who_see_points_only(world: World) -> None:
    hidden = working(collection=YEAR_END, code="A81001", person="reader", world=world.declaring)
    shown = working(collection=YEAR_END, code="A81001", person="declarer", world=world.declaring)
    assert isinstance(hidden, Explanation)
    assert isinstance(shown, Explanation)
    assert hidden == without_pounds(explanation=shown)
    line = hidden.lines[0]
    assert (line.value_of_point, line.prevalence_factor, line.list_factor, line.national) == (None, None, None, None)
    assert (line.points, line.counts) == (shown.lines[0].points, shown.lines[0].counts)


def test_every_count_of_the_working_names_its_file_and_line(world: World) -> None:
    told = working(collection=YEAR_END, code="A81001", person="declarer", world=world.declaring)
    assert isinstance(told, Explanation)
    assert [(file.number, file.name, file.supplier) for file in told.files] == [(1, "v50.csv", "tpp")]
    places = [(count.file, count.line) for line in told.lines for count in line.counts]
    assert {file for file, _ in places} == {1}
    assert len({line for _, line in places}) == len(places)


def published(world: World) -> str:
    run = world.achievements.published(collection=YEAR_END)
    assert run is not None
    return run


def test_why_my_pounds_changed_is_told_between_an_earlier_run_and_the_published_one(world: World) -> None:
    earlier = published(world)
    publish(world, 60, "14:16:53")
    told = difference(collection=YEAR_END, code="A81001", since=earlier, person="declarer", world=world.declaring)
    assert isinstance(told, PracticeDifference)
    assert (told.before_run, told.after_run) == (earlier, published(world))
    assert sum(Decimal(part.pounds) for part in told.parts) == Decimal(told.difference)
    assert Decimal(told.after or 0) - Decimal(told.before or 0) == Decimal(told.difference) != 0


def test_the_history_of_a_declaration_names_the_run_of_each_event(world: World) -> None:
    earlier = published(world)
    publish(world, 60, "14:16:53")
    told = declaration(key=KEY, person="declarer", world=world.declaring)
    assert isinstance(told, DeclarationView)
    assert [entry.run for entry in told.history] == [earlier, published(world)]


@pytest.mark.parametrize(
    ("person", "since", "ground"),
    [
        ("reader", None, Ground.FORBIDDEN),
        ("stranger", None, Ground.FORBIDDEN),
        ("declarer", "0" * 32, Ground.NOT_FOUND),
    ],
)
def test_a_difference_is_refused_to_those_who_see_no_pounds_and_for_a_run_that_never_was(
    person: str, since: str | None, ground: Ground, world: World
) -> None:
    told = difference(
        collection=YEAR_END, code="A81001", since=since or published(world), person=person, world=world.declaring
    )
    assert isinstance(told, Refusal)
    assert told.ground is ground


def test_the_nation_between_two_runs_is_told_to_service_management_at_nhs_england_alone(world: World) -> None:
    earlier = published(world)
    publish(world, 60, "14:16:53")
    for role, held_for in ((Role.SERVICE_MANAGEMENT, "16C"), (Role.VIEW, "X24")):
        world.grants.give(grant=Grant(person="else", organisation=held_for, role=role))
    world.grants.give(grant=Grant(person="nation", organisation="X24", role=Role.SERVICE_MANAGEMENT))
    refused = nation(before=earlier, after=published(world), person="else", world=world.declaring)
    assert isinstance(refused, Refusal)
    told = nation(before=earlier, after=published(world), person="nation", world=world.declaring)
    assert isinstance(told, NationalDifference)
    assert sum(Decimal(part.pounds) for part in told.parts) == Decimal(told.difference)
    unknown = nation(before=earlier, after="0" * 32, person="nation", world=world.declaring)
    assert isinstance(unknown, Refusal)
    assert unknown.ground is Ground.NOT_FOUND


def manager(world: World) -> str:
    world.grants.give(grant=Grant(person="nation", organisation="X24", role=Role.SERVICE_MANAGEMENT))
    return "nation"


def unplanned(world: World) -> str:
    """A run with other counts that is frozen, held, and neither divided into batches nor calculated."""
    send(world, *(practice_rows(code, value=60, time="14:16:53") for code in ("A81001", "A81002")), name="v60")
    return frozen(world).id


def test_what_a_held_run_would_change_is_told_to_the_person_who_is_to_release_it(world: World) -> None:
    held = unplanned(world)
    told = nation(before=published(world), after=held, person=manager(world), world=world.declaring)
    assert isinstance(told, NationalDifference)
    assert (told.after_run, told.up, told.only_after) == (held, 2, 0)
    assert Decimal(told.parts[0].pounds) == Decimal(told.difference) > 0
    back = nation(before=held, after=published(world), person="nation", world=world.declaring)
    assert isinstance(back, NationalDifference)
    assert Decimal(back.difference) == -Decimal(told.difference)
    own = difference(collection=YEAR_END, code="A81001", since=held, person="declarer", world=world.declaring)
    assert isinstance(own, PracticeDifference)
    assert Decimal(own.difference) < 0


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("national.json", None, "The evidence has no runs/{run}/national.json yet. Ask again when the run is further."),
        ("national.json", b"[]", "runs/{run}/national.json cannot be read; it is not what was kept."),
        ("problems.csv", b"", "The inputs differ: "),
    ],
)
def test_what_a_run_does_not_have_or_did_not_keep_so_is_said_in_a_sentence(
    name: str, body: bytes | None, reason: str, world: World
) -> None:
    run = unplanned(world)
    key = f"runs/{run}/{name}"
    if body is None:
        del world.evidence.held[key]
    else:
        world.evidence.held[key] = body
    who, where = manager(world), world.declaring
    for told in (
        nation(before=published(world), after=run, person=who, world=where),
        difference(collection=YEAR_END, code="A81001", since=run, person="declarer", world=where),
    ):
        assert isinstance(told, Refusal)
        assert (told.ground, told.reason.startswith(reason.format(run=run))) == (Ground.CONFLICT, True)


def test_a_working_that_is_gone_is_said_in_a_sentence(world: World) -> None:
    key = f"runs/{published(world)}/working/0001.jsonl"
    world.evidence.held[key] = b"{}" + world.evidence.held[key][2:]
    told = working(collection=YEAR_END, code="A81001", person="declarer", world=world.declaring)
    assert isinstance(told, Refusal)
    assert told.reason == "The working of this practice cannot be read; it is not what was kept."
    del world.evidence.held[key]
    gone = working(collection=YEAR_END, code="A81001", person="declarer", world=world.declaring)
    assert isinstance(gone, Refusal)
    assert gone.ground is Ground.CONFLICT
