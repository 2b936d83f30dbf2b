"""Every decision is kept, none counts before its file is whole, and they come back as they were received."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from functions.adapters.decision_table import DecisionTable
from functions.adapters.dynamodb import Table
from functions.ports.decisions import DecisionStore
from schemas.decision import PointsDecision
from tests.fakes.stores import MemoryDecisions

YEAR_END = date(2024, 3, 31)


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> DecisionStore:
    return MemoryDecisions() if where == "in memory" else DecisionTable(table=request.getfixturevalue("table"))


def decision(line: int, *, points: int | None = 500, service: str = "QOF2324") -> PointsDecision:
    return PointsDecision(
        id=f"{line}", service=service, achievement_date=YEAR_END, organisation="*", indicator="AF001", points=points,
        author="NHS England", reason="Data faults.", source="A letter.", file="decisions.csv", line=line,
    )  # fmt: skip


def held(store: DecisionStore, service: str = "QOF2324") -> list[PointsDecision]:
    return list(store.of(service=service, achievement_date=YEAR_END))


def test_decisions_come_back_whole_a_withdrawal_too_in_the_order_of_their_lines(store: DecisionStore) -> None:
    given = [decision(10), decision(9, points=None)]
    store.add(decisions=given, file="one", order="1")
    assert held(store) == [given[1], given[0]]


def test_files_come_in_the_order_in_which_they_were_received_whenever_they_are_kept(store: DecisionStore) -> None:
    store.add(decisions=[decision(2)], file="a", order="2")
    store.add(decisions=[decision(3)], file="b", order="1")
    assert held(store) == [decision(3), decision(2)]


def test_each_service_has_its_own_and_the_same_file_again_changes_nothing(store: DecisionStore) -> None:
    for _ in range(2):
        store.add(decisions=[decision(2), decision(3, service="QOF2425")], file="one", order="1")
    assert (held(store), held(store, "QOF2425")) == ([decision(2)], [decision(3, service="QOF2425")])


class Dying(Table):
    """A table that dies before the item that makes a file count."""

    def put(self, *, item: Mapping[str, Any]) -> None:
        raise ConnectionError(item["sk"])


def test_a_file_that_was_not_kept_to_its_end_decides_nothing(table: Table) -> None:
    dying = DecisionTable(table=Dying(client=table._client, name="table"))  # noqa: SLF001  # the same table, dying
    with pytest.raises(ConnectionError):
        dying.add(decisions=[decision(2)], file="one", order="1")
    assert held(DecisionTable(table=table)) == []
