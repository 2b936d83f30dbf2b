"""Results belong to a run; publishing a run makes its results the ones that readers see."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.adapters.achievement_table import AchievementTable
from functions.ports.achievements import AchievementStore
from schemas.collection import CollectionKey
from schemas.run import Result, Run, RunIdentity, RunState
from schemas.service import RunKind
from tests.fakes.stores import MemoryAchievements

COLLECTION = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> AchievementStore:
    return MemoryAchievements() if where == "in memory" else AchievementTable(table=request.getfixturevalue("table"))


def run(name: str = "one", frozen_at: datetime = NOON) -> Run:
    return Run(
        id=name, collection=COLLECTION, identity=RunIdentity(inputs="i", document="d", code="c"),
        state=RunState.FROZEN, frozen_at=frozen_at, practices=2, incomplete=1,
    )  # fmt: skip


def result(name: str = "one", payment: int = 6_012_345) -> Result:
    return Result(
        run=name, organisation="A81001", commissioner="16C", points=54512, available=63500, payment=payment,
        working_key=f"runs/{name}/working/0001.jsonl", working_offset=0, working_length=10,
    )  # fmt: skip


def test_a_run_comes_back_as_it_was_begun(store: AchievementStore) -> None:
    assert store.run(run="one") is None
    store.begin(run=run())
    assert store.run(run="one") == run()


def test_beginning_a_run_again_leaves_the_first(store: AchievementStore) -> None:
    store.begin(run=run())
    store.begin(run=run(frozen_at=NOON + timedelta(hours=1)))
    assert store.run(run="one") == run()


def test_a_result_is_found_under_its_own_run_only(store: AchievementStore) -> None:
    store.add_results(collection=COLLECTION, results=[result()])
    assert store.result(collection=COLLECTION, organisation="A81001", run="one") == result()
    assert store.result(collection=COLLECTION, organisation="A81001", run="two") is None


def test_nothing_is_published_until_a_run_is(store: AchievementStore) -> None:
    store.begin(run=run())
    assert store.published(collection=COLLECTION) is None
    assert store.publish(run=run())
    assert store.published(collection=COLLECTION) == "one"
    published = store.run(run="one")
    assert published is not None
    assert published.state is RunState.PUBLISHED


def test_publishing_again_is_the_same_publication(store: AchievementStore) -> None:
    assert store.publish(run=run())
    assert store.publish(run=run())
    assert store.published(collection=COLLECTION) == "one"


def test_a_run_with_later_inputs_takes_over(store: AchievementStore) -> None:
    store.publish(run=run())
    assert store.publish(run=run("two", NOON + timedelta(seconds=1)))
    assert store.published(collection=COLLECTION) == "two"


def test_a_run_with_older_inputs_that_ends_late_is_not_published(store: AchievementStore) -> None:
    store.publish(run=run("two", NOON + timedelta(seconds=1)))
    assert not store.publish(run=run())
    assert store.published(collection=COLLECTION) == "two"
