"""Every participation list is kept; for a service, the one received last counts, whole, and nothing of another."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from functions.adapters.dynamodb import Table
from functions.adapters.participation_table import PAGE, ParticipationTable
from functions.ports.participation import ParticipationStore
from schemas.participation import Participation, ParticipationList
from tests.fakes.stores import MemoryParticipation

MANY = [f"A{number:05d}" for number in range(2 * PAGE + 1)]


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> ParticipationStore:
    return MemoryParticipation() if where == "in memory" else ParticipationTable(table=request.getfixturevalue("table"))


def listed(*codes: str, file: str = "one", service: str = "QOF2324", ends: date | None = None) -> ParticipationList:
    found = (
        Participation(
            service=service, organisation=code, name=f"Prāctice {code}", commissioner="16C",
            starts=date(2023, 4, 1), ends=ends,
        )
        for code in codes
    )  # fmt: skip
    return ParticipationList(service=service, file=file, participations=tuple(found))


def test_where_none_was_received_there_is_none(store: ParticipationStore) -> None:
    store.add(participation=listed("A81001", service="QOF1819"), order="1")
    assert store.latest(service="QOF2324") is None


@pytest.mark.parametrize("codes", [MANY[:1], MANY[:PAGE], MANY], ids=len)
def test_a_list_comes_back_whole_and_in_its_order_however_long_it_is(
    store: ParticipationStore, codes: list[str]
) -> None:
    given = listed(*codes, ends=date(2024, 3, 31))
    store.add(participation=given, order="1")
    assert store.latest(service="QOF2324") == given


def test_the_list_received_last_counts_alone_whatever_arrived_first(store: ParticipationStore) -> None:
    store.add(participation=listed("A81002", file="two"), order="2")
    store.add(participation=listed("A81001", "A81002", file="one"), order="1")
    assert store.latest(service="QOF2324") == listed("A81002", file="two")


def test_adding_a_list_again_changes_nothing(store: ParticipationStore) -> None:
    store.add(participation=listed("A81001"), order="1")
    store.add(participation=listed("A81001"), order="1")
    assert store.latest(service="QOF2324") == listed("A81001")


class Killed(Exception):  # noqa: N818  # the function's end, in this story
    pass


def test_killed_before_its_record_is_written_a_list_does_not_count_and_a_second_delivery_makes_it(table: Table) -> None:
    older, newer = listed("A81001"), listed(*MANY, file="two")
    whole = ParticipationTable(table=table)
    whole.add(participation=older, order="1")
    with pytest.raises(Killed):
        ParticipationTable(table=dying(table)).add(participation=newer, order="2")
    assert whole.latest(service="QOF2324") == older
    whole.add(participation=newer, order="2")
    assert whole.latest(service="QOF2324") == newer


def test_every_version_stays_in_the_table(table: Table) -> None:
    store = ParticipationTable(table=table)
    for order in ("1", "2"):
        store.add(participation=listed("A81001", file=order), order=order)
    assert [record["file"] for record in table.items(pk="LISTS#QOF2324")] == ["1", "2"]
    assert [len(list(table.items(pk=f"PAGE#QOF2324#{file}#0000"))) for file in ("1", "2")] == [1, 1]


def test_a_page_of_the_longest_names_fits_into_an_item(table: Table) -> None:
    """Every control character takes six bytes in JSON: no letter takes more."""
    participations = tuple(
        one.model_copy(update={"name": "\x01" * 100, "commissioner": "\x01" * 100})
        for one in listed(*MANY[:PAGE]).participations
    )
    given = ParticipationList(service="QOF2324", file="long", participations=participations)
    ParticipationTable(table=table).add(participation=given, order="1")
    (page,) = table.items(pk="PAGE#QOF2324#long#0000")
    assert len(page["told"].encode()) < 400_000 - 100


def dying(table: Table) -> Any:
    """The table, but for the write that makes a list count."""

    def put_if_absent(**_: object) -> bool:
        raise Killed

    return SimpleNamespace(item=table.item, put_many=table.put_many, put_if_absent=put_if_absent)
