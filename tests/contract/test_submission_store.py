"""Submissions are added, never changed, and count once their file's record is there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from functions.adapters.dynamodb import shard
from functions.adapters.submission_table import SHARDS, SubmissionTable
from functions.ports.submissions import StoredSubmission, SubmissionStore
from schemas.collection import CollectionKey
from schemas.file import FileRecord, Verdict
from schemas.service import RunKind
from tests.fakes.stores import MemorySubmissions

YEAR_END = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
REHEARSAL = YEAR_END.model_copy(update={"run_kind": RunKind.TEST})


@pytest.fixture
def store(where: str, request: pytest.FixtureRequest) -> SubmissionStore:
    if where == "in memory":
        return MemorySubmissions()
    return SubmissionTable(table=request.getfixturevalue("table"))


class AskedTable:
    """A table of nothing, which keeps what it was queried for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def raw_items(self, *, pk: str, prefix: str = "") -> Iterator[Any]:
        self.asked.append((pk, prefix))
        return iter(())


def submission(organisation: str, file: str, value: int = 1, layout: str = "AF001,Register") -> StoredSubmission:
    return StoredSubmission(
        organisation=organisation,
        file=file,
        layout=layout,
        packed=bytes([value]),
    )


def record(file: str, rows: int = 5, *, hour: int = 12, supplier: str = "tpp") -> FileRecord:
    return FileRecord(
        id=file, name="a.csv", key="extracts/tpp/QOF2324/PAYMENT/a.csv", supplier=supplier, service="QOF2324",
        run_kind=RunKind.PAYMENT, achievement_date=date(2024, 3, 31), sha256="00", verdict=Verdict.PARTLY_ACCEPTED,
        received_at=datetime(2024, 4, 2, hour, tzinfo=UTC), rows=rows, rows_accepted=4, rows_refused=1, practices=2,
        practices_complete=1, refused_practices=("A81003",), problems={"ROW-NUMBER": 1}, listed=1,
    )  # fmt: skip


def test_every_submission_of_every_practice_comes_back(store: SubmissionStore) -> None:
    many = [submission(f"A8{number:04d}", file) for number in range(70) for file in ("one", "two")]
    store.add(collection=YEAR_END, submissions=many)
    found = list(store.submissions(collection=YEAR_END))
    assert sorted(found, key=lambda one: (one.organisation, one.file)) == many


def test_the_submissions_of_one_practice_come_back_alone(store: SubmissionStore) -> None:
    kept = [submission("A81001", "one"), submission("A81001", "two")]
    others = [submission(code, "one") for code in ("A8100", "A810011", "A81002")]
    store.add(collection=YEAR_END, submissions=[*kept, *others])
    store.add(collection=REHEARSAL, submissions=[submission("A81001", "three")])
    assert list(store.submissions(collection=YEAR_END, organisation="A81001")) == kept
    assert list(store.submissions(collection=YEAR_END, organisation="A81009")) == []


def test_the_submissions_of_one_practice_are_one_query_of_its_shard() -> None:
    table: Any = AskedTable()
    list(SubmissionTable(table=table).submissions(collection=YEAR_END, organisation="A81001"))
    assert table.asked == [("VALUES#QOF2324#20240331#PAYMENT#" + shard(code="A81001", shards=SHARDS), "A81001#")]


def test_each_submission_comes_back_with_the_layout_that_it_was_packed_by(store: SubmissionStore) -> None:
    old, new = submission("A81001", "one"), submission("A81001", "two", layout="AF001,Register\nAF006,Numerator")
    for one in (old, new, old):
        store.add(collection=YEAR_END, submissions=[one])
    assert list(store.submissions(collection=YEAR_END)) == [old, new]


def test_adding_a_submission_again_changes_nothing(store: SubmissionStore) -> None:
    for _ in range(2):
        store.add(collection=YEAR_END, submissions=[submission("A81001", "one")])
    assert list(store.submissions(collection=YEAR_END)) == [submission("A81001", "one")]


def test_what_is_sent_as_a_test_is_never_found_with_what_is_paid(store: SubmissionStore) -> None:
    store.add(collection=REHEARSAL, submissions=[submission("A81001", "one")])
    store.accept(collection=REHEARSAL, record=record("one"))
    assert list(store.submissions(collection=YEAR_END)) == []
    assert store.records(collection=YEAR_END) == ()


def test_a_file_counts_once_its_record_is_there(store: SubmissionStore) -> None:
    assert store.record(collection=YEAR_END, file="one") is None
    assert store.accept(collection=YEAR_END, record=record("one"))
    assert store.record(collection=YEAR_END, file="one") == record("one")
    assert store.records(collection=YEAR_END) == (record("one"),)


def test_the_first_record_of_a_file_stays(store: SubmissionStore) -> None:
    store.accept(collection=YEAR_END, record=record("one"))
    assert not store.accept(collection=YEAR_END, record=record("one", rows=6))
    assert store.record(collection=YEAR_END, file="one") == record("one")


def test_a_refused_file_never_counts(store: SubmissionStore) -> None:
    assert store.refuse(record=record("one")) == record("one")
    assert store.refuse(record=record("one", rows=6)) == record("one")
    assert store.records(collection=YEAR_END) == ()


def test_a_file_is_found_by_its_id_alone_whether_it_counts_or_was_refused(store: SubmissionStore) -> None:
    store.accept(collection=YEAR_END, record=record("one"))
    store.refuse(record=record("two"))
    assert (store.file(file="one"), store.file(file="two")) == (record("one"), record("two"))
    assert store.file(file="three") is None


def test_a_supplier_s_files_are_listed_the_one_received_last_first_a_page_at_a_time(store: SubmissionStore) -> None:
    store.accept(collection=YEAR_END, record=record("b", hour=9))
    store.refuse(record=record("c", hour=11))
    store.accept(collection=REHEARSAL, record=record("a", hour=10))
    store.accept(collection=YEAR_END, record=record("other", supplier="emis"))
    first = store.sent(supplier="tpp", limit=2)
    assert [one.id for one in first] == ["c", "a"]
    rest = store.sent(supplier="tpp", limit=2, before=first[-1])
    assert [one.id for one in rest] == ["b"]
    assert store.sent(supplier="tpp", limit=2, before=rest[-1]) == ()
    assert rest[0] == record("b", hour=9).model_copy(update={"refused_practices": ()})


def test_a_file_accepted_twice_is_listed_once_as_it_was_first(store: SubmissionStore) -> None:
    store.accept(collection=YEAR_END, record=record("one", hour=9))
    store.accept(collection=YEAR_END, record=record("one", hour=10))
    (found,) = store.sent(supplier="tpp", limit=5)
    assert found.received_at == record("one", hour=9).received_at
