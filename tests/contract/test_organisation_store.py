"""Every version of an organisation is kept; for one list date, the one received last counts."""

from datetime import date

import pytest

from functions.adapters.organisation_table import OrganisationTable
from functions.ports.organisations import OrganisationStore
from schemas.organisation import Organisation
from tests.fakes.stores import MemoryOrganisations

JANUARY = date(2024, 1, 1)


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> OrganisationStore:
    return MemoryOrganisations() if where == "in memory" else OrganisationTable(table=request.getfixturevalue("table"))


def practice(
    code: str = "A81001", people: int = 8000, counted: date = JANUARY, closed: date | None = None
) -> Organisation:
    return Organisation(
        code=code, name="A practice", list_size=people, list_size_date=counted, network=None,
        sub_icb="16C", icb="QHM", region="Y63", closed=closed,
    )  # fmt: skip


def test_an_organisation_without_a_network_comes_back_whole(store: OrganisationStore) -> None:
    store.add(organisations=[practice()], file="one", order="1")
    assert store.one(code="A81001", list_date=JANUARY) == practice()
    assert store.on(list_date=JANUARY) == {"A81001": practice()}


def test_what_was_received_last_counts_whatever_arrived_first(store: OrganisationStore) -> None:
    store.add(organisations=[practice(people=9000)], file="two", order="2")
    store.add(organisations=[practice(people=8000)], file="one", order="1")
    assert store.one(code="A81001", list_date=JANUARY) == practice(people=9000)
    assert store.on(list_date=JANUARY)["A81001"].list_size == 9000


def test_a_list_counted_on_another_date_is_another_list(store: OrganisationStore) -> None:
    store.add(organisations=[practice(counted=date(2023, 1, 1))], file="one", order="1")
    assert store.one(code="A81001", list_date=JANUARY) is None
    assert store.on(list_date=JANUARY) == {}


def test_a_code_that_begins_like_another_is_not_mistaken_for_it(store: OrganisationStore) -> None:
    store.add(organisations=[practice(code="A810010")], file="one", order="1")
    assert store.one(code="A81001", list_date=JANUARY) is None


def test_a_contract_that_closed_before_the_date_is_there_with_its_last_list(store: OrganisationStore) -> None:
    october, july = (practice(counted=day, closed=date(2023, 11, 30)) for day in (date(2023, 10, 1), date(2023, 7, 1)))
    store.add(organisations=[october, july, practice(code="A81002")], file="one", order="1")
    assert store.on(list_date=JANUARY) == {"A81001": october, "A81002": practice(code="A81002")}
    assert store.one(code="A81001", list_date=JANUARY) == october
    assert store.on(list_date=date(2023, 7, 1)) == {"A81001": july}


def test_a_closing_that_was_taken_back_counts_no_more(store: OrganisationStore) -> None:
    store.add(organisations=[practice(counted=date(2023, 10, 1), closed=date(2023, 11, 30))], file="one", order="1")
    store.add(organisations=[practice(counted=date(2023, 10, 1))], file="two", order="2")
    assert store.on(list_date=JANUARY) == {}
    assert store.one(code="A81001", list_date=JANUARY) is None


def test_every_organisation_of_a_nation_comes_back_as_it_was_given(store: OrganisationStore) -> None:
    many = {f"A8{number:04d}": practice(code=f"A8{number:04d}", people=number) for number in range(500)}
    store.add(organisations=many.values(), file="one", order="1")
    assert store.on(list_date=JANUARY) == many
    assert all(store.one(code=code, list_date=JANUARY) == many[code] for code in list(many)[::50])


def test_adding_the_organisations_of_a_file_again_changes_nothing(store: OrganisationStore) -> None:
    store.add(organisations=[practice(people=8000), practice(code="A81002")], file="one", order="1")
    store.add(organisations=[practice(people=9000)], file="two", order="2")
    store.add(organisations=[practice(people=8000), practice(code="A81002")], file="one", order="1")
    assert store.on(list_date=JANUARY) == {"A81001": practice(people=9000), "A81002": practice(code="A81002")}


def test_names_of_any_length_and_script_come_back_whole(store: OrganisationStore) -> None:
    named = [practice(code=f"A8{number:04d}").model_copy(update={"name": "Ŵ" * 100_000}) for number in range(30)]
    store.add(organisations=named, file="one", order="1")
    assert store.on(list_date=JANUARY) == {one.code: one for one in named}
