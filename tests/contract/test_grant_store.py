"""Grants are kept by person."""

import pytest

from functions.adapters.grant_table import GrantTable
from functions.ports.grants import GrantStore
from schemas.grant import Grant, Role
from tests.fakes.stores import MemoryGrants

GRANT = Grant(person="p-1", organisation="A81001", role=Role.DECLARATION_MANAGEMENT)


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> GrantStore:
    return MemoryGrants() if where == "in memory" else GrantTable(table=request.getfixturevalue("table"))


def test_without_a_grant_there_is_nothing(store: GrantStore) -> None:
    store.give(grant=GRANT)
    assert store.grants(person="p-2") == ()


def test_a_grant_given_twice_is_one(store: GrantStore) -> None:
    store.give(grant=GRANT)
    store.give(grant=GRANT)
    assert store.grants(person="p-1") == (GRANT,)
