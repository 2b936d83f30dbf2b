"""What people see of achievements and declarations: as much as their grants let them, and nothing else."""

from datetime import date

import pytest

from functions.approve.looking import achievement, awaiting, declaration, organisation, working
from functions.approve.waking import instruct_payment
from functions.domain.decide.lifecycle import Ground, Refusal
from schemas.api import DeclarationView
from schemas.collection import CollectionKey
from schemas.declaration import Event
from schemas.grant import Role
from schemas.service import RunKind
from tests.integration.payments import KEY, decisions, payment_world, take
from tests.integration.worlds import YEAR_END, World


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
