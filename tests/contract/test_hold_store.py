"""A hold's state is never written without its entry, nor over somebody else's decision."""

from datetime import UTC, date, datetime

import pytest

from functions.adapters.dynamodb import Table
from functions.adapters.hold_table import HoldTable, hold_partition
from functions.domain.decide.hold import HoldTransition, hold_decision, putting_on
from functions.ports.declarations import Waiting
from functions.ports.holds import HoldStore, StaleHold
from schemas.collection import CollectionKey
from schemas.grant import Grant, Role
from schemas.hold import HoldState
from schemas.organisation import NHS_ENGLAND
from schemas.service import RunKind
from tests.fakes.stores import MemoryHolds

NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)
COLLECTION = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
GRANTS = [Grant(person="national", organisation=NHS_ENGLAND, role=Role.SERVICE_MANAGEMENT)]


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> HoldStore:
    return MemoryHolds() if where == "in memory" else HoldTable(table=request.getfixturevalue("table"))


def put_on(run: str = "one") -> HoldTransition:
    return putting_on(run=run, collection=COLLECTION, causes=("tpp is short of 2 practices.",), at=NOON)


def decided(before: HoldTransition, after: HoldState) -> HoldTransition:
    change = hold_decision(hold=before.hold, after=after, actor="national", grants=GRANTS, reason="Read.", at=NOON)
    assert isinstance(change, HoldTransition)
    return change


def test_a_hold_and_its_entries_come_back(store: HoldStore) -> None:
    assert store.hold(run="one") is None
    store.commit(transition=put_on())
    change = decided(put_on(), HoldState.RELEASED)
    store.commit(transition=change)
    assert store.hold(run="one") == change.hold
    assert store.history(run="one") == (put_on().entry, change.entry)


def test_putting_a_hold_on_twice_is_refused(store: HoldStore) -> None:
    store.commit(transition=put_on())
    with pytest.raises(StaleHold):
        store.commit(transition=put_on())


def test_of_two_decisions_on_one_version_the_second_is_refused_and_leaves_no_trace(store: HoldStore) -> None:
    store.commit(transition=put_on())
    store.commit(transition=decided(put_on(), HoldState.REJECTED))
    with pytest.raises(StaleHold):
        store.commit(transition=decided(put_on(), HoldState.RELEASED))
    hold = store.hold(run="one")
    assert hold is not None
    assert hold.state is HoldState.REJECTED
    assert [entry.version for entry in store.history(run="one")] == [1, 2]


def test_held_and_released_runs_are_listed_and_rejected_ones_are_not(store: HoldStore) -> None:
    for run in ("three", "two", "one"):
        store.commit(transition=put_on(run))
    store.commit(transition=decided(put_on("two"), HoldState.RELEASED))
    store.commit(transition=decided(put_on("three"), HoldState.REJECTED))
    assert [hold.run for hold in store.held()] == ["one"]
    assert [hold.run for hold in store.released()] == ["two"]


def test_the_token_that_the_machine_leaves_in_the_table_is_found_there(table: Table) -> None:
    store = HoldTable(table=table)
    assert store.waiting(run="one") is None
    table.put(item={"pk": hold_partition("one"), "sk": "TOKEN", "version": 1, "token": "left by the machine"})
    assert store.waiting(run="one") == Waiting(version=1, token="left by the machine")
