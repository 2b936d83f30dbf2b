"""A declaration's state is never written without its audit entry, nor over somebody else's decision."""

from datetime import UTC, date, datetime

import pytest

from functions.adapters.declaration_table import DeclarationTable, declaration_partition
from functions.adapters.dynamodb import Table
from functions.domain.decide.instruction import payment_instruction
from functions.domain.decide.lifecycle import Transition, decision, opening
from functions.ports.declarations import DeclarationStore, StaleDeclaration, Waiting
from schemas.declaration import Declaration, DeclarationKey, Event, Outcome
from schemas.grant import Grant, Role
from tests.fakes.stores import MemoryDeclarations

NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)
KEY = DeclarationKey(service="QOF2324", organisation="A81001", achievement_date=date(2024, 3, 31))
OUTCOME = Outcome(run="one", frozen_at=NOON, points=54512, available=63500, payment=6_012_345)
GRANTS = [
    Grant(person=person, organisation=organisation, role=role)
    for person, organisation, role in (
        ("declarer", "A81001", Role.DECLARATION_MANAGEMENT),
        ("approver", "16C", Role.APPROVAL_MANAGEMENT),
        ("payer", "16C", Role.FINANCE_MANAGEMENT),
    )
]


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> DeclarationStore:
    return MemoryDeclarations() if where == "in memory" else DeclarationTable(table=request.getfixturevalue("table"))


def opened() -> Transition:
    return opening(key=KEY, commissioner="16C", outcome=OUTCOME, at=NOON)


def decided(before: Declaration, event: Event, person: str) -> Transition:
    change = decision(declaration=before, event=event, actor=person, grants=GRANTS, notes="", at=NOON)
    assert isinstance(change, Transition)
    return change


def approved(store: DeclarationStore) -> Declaration:
    transition = opened()
    store.commit(transition=transition)
    steps = ((Event.DECLARED, "declarer"), (Event.APPROVED, "approver"), (Event.FINANCE_APPROVED, "payer"))
    for event, person in steps:
        transition = decided(transition.declaration, event, person)
        store.commit(transition=transition)
    return transition.declaration


def test_a_declaration_and_its_audit_entry_come_back(store: DeclarationStore) -> None:
    assert store.declaration(key=KEY) is None
    store.commit(transition=opened())
    assert store.declaration(key=KEY) == opened().declaration
    assert store.history(key=KEY) == (opened().entry,)


def test_opening_twice_is_refused(store: DeclarationStore) -> None:
    store.commit(transition=opened())
    with pytest.raises(StaleDeclaration):
        store.commit(transition=opened())
    assert len(store.history(key=KEY)) == 1


def test_of_two_decisions_on_one_version_the_second_is_refused_and_leaves_no_trace(store: DeclarationStore) -> None:
    store.commit(transition=opened())
    change = decided(opened().declaration, Event.DECLARED, "declarer")
    store.commit(transition=change)
    with pytest.raises(StaleDeclaration):
        store.commit(transition=change)
    assert [entry.version for entry in store.history(key=KEY)] == [1, 2]


def test_a_version_that_skips_one_is_refused(store: DeclarationStore) -> None:
    store.commit(transition=opened())
    second = decided(opened().declaration, Event.DECLARED, "declarer")
    third = decided(second.declaration, Event.APPROVED, "approver")
    with pytest.raises(StaleDeclaration):
        store.commit(transition=third)
    assert store.declaration(key=KEY) == opened().declaration


def test_a_declaration_awaits_one_role_at_a_time(store: DeclarationStore) -> None:
    store.commit(transition=opened())
    assert [one.key for one in store.awaiting(organisation="A81001", role=Role.DECLARATION_MANAGEMENT)] == [KEY]
    store.commit(transition=decided(opened().declaration, Event.DECLARED, "declarer"))
    assert store.awaiting(organisation="A81001", role=Role.DECLARATION_MANAGEMENT) == ()
    assert [one.key for one in store.awaiting(organisation="16C", role=Role.APPROVAL_MANAGEMENT)] == [KEY]


def test_an_approved_declaration_lacks_its_instruction_until_it_has_one(store: DeclarationStore) -> None:
    declaration = approved(store)
    assert store.uninstructed() == (declaration,)
    instruction = payment_instruction(declaration=declaration, at=NOON)
    assert store.instruct(instruction=instruction)
    assert store.instruction(key=KEY) == instruction
    assert store.uninstructed() == ()
    assert store.declaration(key=KEY) == declaration


def test_a_declaration_is_instructed_once(store: DeclarationStore) -> None:
    declaration = approved(store)
    first = payment_instruction(declaration=declaration, at=NOON)
    later = payment_instruction(declaration=declaration, at=datetime(2024, 4, 3, tzinfo=UTC))
    assert store.instruct(instruction=first)
    assert not store.instruct(instruction=later)
    assert store.instruction(key=KEY) == first


def test_the_token_that_the_machine_leaves_in_the_table_is_found_there(table: Table) -> None:
    store = DeclarationTable(table=table)
    assert store.waiting(key=KEY) is None
    table.put(item={"pk": declaration_partition(KEY), "sk": "TOKEN", "version": 2, "token": "left by the machine"})
    assert store.waiting(key=KEY) == Waiting(version=2, token="left by the machine")
