"""What becomes of an upload: accepted or refused with its reason, once, whatever goes wrong on the way."""

import gzip
from dataclasses import replace
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from functions.ingest.extracts import ingest_extract
from functions.ingest.organisations import ingest_organisations
from functions.ports.objects import ObjectMissing
from schemas.file import FileRecord, Receipt, Verdict
from schemas.problem import REPORT_COLUMNS
from tests.integration.crashes import Crash, Crashing
from tests.integration.worlds import KEY, YEAR_END, World, extract, ingest, practice_rows, report, told


@pytest.fixture
def world() -> World:
    world = World()
    world.know("A81001", "A81002")
    world.offer("A81001", "A81002", "A81003")
    return world


def test_a_good_file_is_accepted_and_its_acknowledgement_lies_beside_it(world: World) -> None:
    record = ingest(world, extract(practice_rows("A81001"), practice_rows("A81002")))
    assert (record.verdict, record.rows, record.practices, record.practices_complete) == (
        Verdict.ACCEPTED, 1104, 2, 2,
    )  # fmt: skip
    answer = told(world, record)
    assert answer.model_dump(include=set(FileRecord.model_fields)) == record.model_dump()
    assert (answer.duplicate_of, answer.problems_total, answer.listing_cut) == (None, 0, False)
    assert [(one.organisation, one.submitted == one.required, one.lacking) for one in answer.completeness] == [
        ("A81001", True, {}), ("A81002", True, {}),
    ]  # fmt: skip
    assert report(world, record).splitlines() == [",".join(REPORT_COLUMNS)]
    assert [one.organisation for one in world.submissions.submissions(collection=YEAR_END)] == ["A81001", "A81002"]


def test_a_gzipped_file_is_the_same_file_unpacked(world: World) -> None:
    plain = extract(practice_rows("A81001"))
    assert ingest(world, gzip.compress(plain), key=f"{KEY}.gz").practices_complete == 1


def test_the_same_file_sent_twice_changes_nothing_and_is_answered_twice(world: World) -> None:
    content = extract(practice_rows("A81001"))
    again = KEY.replace("april", "again")
    first = ingest(world, content)
    values, before = dict(world.submissions.values), dict(world.exchange.held)
    assert ingest(world, content, key=again) == first
    assert world.submissions.values == values
    assert all(world.exchange.held[key] == before[key] for key in before)
    folder = f"reports/{again}/{first.id}"
    (new,) = (key for key in world.exchange.held if key.startswith(f"{folder}/received/"))
    receipt = Receipt.model_validate_json(world.exchange.held[new])
    assert (receipt.key, receipt.file, receipt.first_key, receipt.duplicate) == (again, first.id, KEY, True)
    answer = told(world, first, key=again)
    assert (answer.key, answer.name, answer.duplicate_of) == (again, "again.csv", KEY)
    assert answer.problems == {"FILE-DUPLICATE": 1}
    listing = world.exchange.held[f"{folder}/problems.csv"].decode()
    assert ',0,,,,,FILE-DUPLICATE,warning,"This very file was received before' in listing
    assert "Nothing was changed; none is needed." in listing


def test_of_one_file_read_twice_at_the_same_time_the_first_record_and_its_report_stay(world: World) -> None:
    """The second reader has found no record yet when the first one writes it."""
    content = extract(practice_rows("A81001"))
    first = ingest(world, content)
    report = world.exchange.held[f"reports/{KEY}/{first.id}/report.json"]
    found = iter([None, first])
    late = SimpleNamespace(
        **{name: getattr(world.submissions, name) for name in ("add", "accept", "refuse")},
        record=lambda **_: next(found),
    )
    upload = world.send(content, key=KEY.replace("april", "twin"))
    assert ingest_extract(upload=upload, world=replace(world.ingestion, submissions=late)) == first
    assert world.exchange.held[f"reports/{KEY}/{first.id}/report.json"] == report


def test_a_file_put_under_its_key_again_gets_a_receipt_and_its_report_stays(world: World) -> None:
    content = extract(practice_rows("A81001"))
    first, before = ingest(world, content), dict(world.exchange.held)
    later = replace(world.send(content), received_at=first.received_at + timedelta(hours=1))
    assert ingest_extract(upload=later, world=world.ingestion) == first
    (new,) = world.exchange.held.keys() - before.keys()
    assert Receipt.model_validate_json(world.exchange.held[new]).duplicate
    assert all(world.exchange.held[key] == before[key] for key in before)


def test_the_same_file_delivered_five_times_at_once_has_one_acknowledgement(world: World) -> None:
    """Every delivery has read that there is no record yet before any of them writes one."""
    upload = world.send(extract(practice_rows("A81001"), practice_rows("A81002")))

    def blind() -> Any:
        looks = count()
        return SimpleNamespace(
            **{name: getattr(world.submissions, name) for name in ("add", "accept", "refuse")},
            record=lambda **wanted: world.submissions.record(**wanted) if next(looks) else None,
        )

    records = [ingest_extract(upload=upload, world=replace(world.ingestion, submissions=blind())) for _ in range(5)]
    assert len(set(map(str, records))) == len(world.submissions.accepted) == 1
    assert sorted(key.rpartition("/")[2] for key in world.exchange.held if "/received/" not in key) == [
        "april.csv", "problems.csv", "report.json",
    ]  # fmt: skip
    (receipt,) = (key for key in world.exchange.held if "/received/" in key)
    assert not Receipt.model_validate_json(world.exchange.held[receipt]).duplicate


def test_a_part_of_a_practice_is_acknowledged_with_what_each_group_lacks(world: World) -> None:
    record = ingest(world, extract(row for row in practice_rows("A81001") if row[4] != "AF006"))
    (practice,) = told(world, record).completeness
    assert practice.required - practice.submitted == 3
    assert practice.lacking == {"AF": "4 of 7"}


def test_a_file_refused_for_an_unknown_practice_is_taken_when_it_is_sent_again_after_the_practice_became_known(
    world: World,
) -> None:
    content = extract(practice_rows("A81003"))
    assert ingest(world, content).verdict is Verdict.REFUSED
    world.know("A81003")
    assert ingest(world, content).verdict is Verdict.ACCEPTED


def test_a_file_that_is_refused_for_another_reason_than_before_has_a_report_of_its_own(world: World) -> None:
    content = extract(practice_rows("A81003"))
    first = ingest(world, content)
    world.know("A81003")
    world.offer("A81001", order="2")
    second = ingest(world, content)
    assert (list(first.problems), list(second.problems)) == (["PRACTICE-UNKNOWN"], ["PRACTICE-NOT-PARTICIPATING"])
    assert "PRACTICE-NOT-PARTICIPATING" in report(world, second)


def test_a_refused_file_that_is_sent_again_as_it_was_is_told_what_to_do(world: World) -> None:
    content = extract(practice_rows("A81003"))
    for key in (KEY, KEY.replace("april", "again")):
        record = ingest(world, content, key=key)
    listing = world.exchange.held[f"reports/{key}/{record.id}/problems.csv"].decode()
    assert "Nothing was changed; mend what is refused, and send it again." in listing


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "FILE-EMPTY", 1),
        (b"QUALITY_SERVICE,ORG_CODE\nQOF2324,A81001\n", "FILE-HEADER", 1),
        (b"\xff\xfe\x00", "FILE-ENCODING", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_with_its_line(
    world: World, content: bytes, code: str, line: int
) -> None:
    record = ingest(world, content)
    assert record.verdict is Verdict.REFUSED
    assert f"april.csv,{line},,,,,{code},file," in report(world, record)


def test_a_truncated_gzip_is_refused_at_the_line_where_it_ends(world: World) -> None:
    packed = gzip.compress(extract(practice_rows("A81001"), practice_rows("A81002")))
    record = ingest(world, packed[: len(packed) // 2])
    assert record.problems == {"FILE-TRUNCATED": 1}
    assert record.rows > 0
    assert list(world.submissions.submissions(collection=YEAR_END)) == []


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("extracts/april.csv", "FILE-KEY"),
        ("extracts/acme/QOF2324/PAYMENT/april.csv", "FILE-SUPPLIER"),
        ("extracts/tpp/QOF1112/PAYMENT/april.csv", "FILE-SUPPLIER"),
        ("extracts/tpp/QOF2324/PRACTICE/april.csv", "FILE-KEY"),
    ],
)
def test_a_file_in_the_wrong_place_is_refused_with_the_reason(world: World, key: str, code: str) -> None:
    record = ingest(world, extract(practice_rows("A81001")), key=key)
    assert record.verdict is Verdict.REFUSED
    assert record.problems == {code: 1}
    assert record.id in world.submissions.refused


def test_a_practice_with_a_bad_row_is_left_out_and_the_others_go_through(world: World) -> None:
    def spoil(row: list[str]) -> list[str]:
        return [*row[:6], "-1", *row[7:]] if row[2:6:2] == ["A81001", "AF001"] else row

    record = ingest(world, extract(practice_rows("A81001"), practice_rows("A81002"), change=spoil))
    assert record.verdict is Verdict.PARTLY_ACCEPTED
    assert record.refused_practices == ("A81001",)
    assert "april.csv,2,A81001,AF001,Atrial Fibrillation Register,-1,ROW-NUMBER,row," in report(world, record)
    assert [one.organisation for one in world.submissions.submissions(collection=YEAR_END)] == ["A81002"]


def test_a_missing_indicator_is_a_warning_since_a_file_may_hold_part_of_a_practice(world: World) -> None:
    rows = [row for row in practice_rows("A81001") if row[4] != "AF006"]
    record = ingest(world, extract(rows))
    assert record.verdict is Verdict.ACCEPTED
    assert (record.practices, record.practices_complete) == (1, 0)
    assert ',2,A81001,AF006,,,WARNING-INCOMPLETE,warning,"Submitted 0 of 3; send also Atrial' in report(world, record)


def test_killed_before_any_of_its_writes_and_delivered_again_the_state_equals_one_clean_delivery() -> None:
    content = extract(practice_rows("A81001"), practice_rows("A81002"))
    clean = World()
    clean.know("A81001", "A81002")
    ingest_extract(upload=clean.send(content), world=clean.ingestion)
    crashes = 0
    for writes in range(10):
        world = World()
        world.know("A81001", "A81002")
        upload, crashing = world.send(content), Crashing(writes)
        fragile = replace(
            world.ingestion,
            submissions=crashing.before(world.submissions, "add", "accept", "refuse"),
            exchange=crashing.before(world.exchange, "write"),
            bus=crashing.before(world.bus, "announce"),
        )
        try:
            ingest_extract(upload=upload, world=fragile)
        except Crash:
            crashes += 1
            acknowledged = any(key.startswith("reports/") for key in world.exchange.held)
            assert not acknowledged or world.submissions.records(collection=YEAR_END)
            ingest_extract(upload=upload, world=world.ingestion)
        assert world.submissions.values == clean.submissions.values
        assert world.submissions.accepted == clean.submissions.accepted
        assert world.exchange.held == clean.exchange.held
        assert set(map(str, world.bus.announced)) == set(map(str, clean.bus.announced))
    assert crashes == 6  # submissions, the record, two report files, the receipt, the announcement


def test_submissions_of_a_file_that_was_never_finished_do_not_count(world: World) -> None:
    upload, crashing = world.send(extract(practice_rows("A81001"))), Crashing(1)
    fragile = replace(world.ingestion, submissions=crashing.before(world.submissions, "add", "accept"))
    with pytest.raises(Crash):
        ingest_extract(upload=upload, world=fragile)
    assert list(world.submissions.submissions(collection=YEAR_END)) != []
    assert world.submissions.records(collection=YEAR_END) == ()


def test_an_upload_that_is_gone_is_an_error_for_the_dead_letter_queue_and_not_a_report(world: World) -> None:
    upload = replace(world.send(b""), key="extracts/tpp/QOF2324/PAYMENT/gone.csv")
    with pytest.raises(ObjectMissing):
        ingest_extract(upload=upload, world=world.ingestion)


def test_organisations_arrive_the_same_way(world: World) -> None:
    header = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
    rows = "A81009,The Surgery,8250,20240101,,16C,QHM,Y63\nA81010,Another,many,20240101,,16C,QHM,Y63\n"
    upload = world.send(f"{header}\n{rows}".encode(), key="organisations/april.csv")
    record = ingest_organisations(upload=upload, world=world.ingestion)
    assert (record.verdict, record.practices, record.refused_practices) == (
        Verdict.PARTLY_ACCEPTED, 1, ("A81010",),
    )  # fmt: skip
    assert 'april.csv,3,A81010,,,,ROW-ORGANISATION,row,"LIST_SIZE is not a plain whole number. ' in report(
        world, record
    )
    known = world.organisations.on(list_date=YEAR_END.achievement_date.replace(month=1, day=1))
    assert known["A81009"].network is None
