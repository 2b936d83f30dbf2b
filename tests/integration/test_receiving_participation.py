"""What becomes of a participation list, and what it does to the extracts that follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from functions.ingest.participation import ingest_participation
from schemas.file import FileRecord, Verdict
from tests.integration.crashes import Crash, Crashing
from tests.integration.worlds import World, extract, ingest, practice_rows, report, told


@pytest.fixture
def world() -> World:
    world = World()
    world.know("A81001", "A81002")
    world.offer("A81001", "A81002", "A81003")
    return world


LIST_HEADER = "QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT"


def participation(*rows: str) -> bytes:
    return "\n".join([LIST_HEADER, *rows, ""]).encode()


def takes_part(code: str, *, service: str = "QOF2324", ends: str = "") -> str:
    return f"{service},{code},Practice {code},16C,20230401,{ends}"


def receive(world: World, *rows: str, later: int = 0) -> FileRecord:
    upload = world.send(participation(*rows), key="participation/weekly.csv")
    upload = replace(upload, received_at=upload.received_at + timedelta(seconds=later))
    return ingest_participation(upload=upload, world=world.ingestion)


def on_the_list(world: World, service: str = "QOF2324") -> set[str]:
    found = world.participation.latest(service=service)
    return set() if found is None else {one.organisation for one in found.participations}


def test_a_participation_list_is_acknowledged_like_any_file_and_counts_for_each_service_on_it(world: World) -> None:
    record = receive(world, takes_part("A81001"), takes_part("A81001", service="QOF1819"), takes_part("A81002"))
    assert (record.verdict, record.rows, record.rows_accepted, record.practices) == (Verdict.ACCEPTED, 3, 3, 2)
    assert told(world, record).model_dump(include=set(FileRecord.model_fields)) == record.model_dump()
    assert on_the_list(world) == {"A81001", "A81002"}
    assert on_the_list(world, "QOF1819") == {"A81001"}


def test_a_list_replaces_the_one_before_for_its_services_and_for_no_other(world: World) -> None:
    receive(world, takes_part("A81001"), takes_part("A81002"), takes_part("A81001", service="QOF1819"))
    receive(world, takes_part("A81002"), later=1)
    assert on_the_list(world) == {"A81002"}
    assert on_the_list(world, "QOF1819") == {"A81001"}


def test_a_list_with_one_bad_row_is_refused_and_the_one_before_stays(world: World) -> None:
    receive(world, takes_part("A81001"))
    record = receive(world, takes_part("A81002"), takes_part("A81001", ends="20230331"), later=1)
    assert (record.verdict, record.rows_accepted, record.refused_practices) == (Verdict.REFUSED, 0, ("A81001",))
    assert record.problems == {"FILE-PARTICIPATION": 1, "ROW-PARTICIPATION": 1}
    assert 'weekly.csv,3,A81001,,,20230331,ROW-PARTICIPATION,row,"PART_ED_DT is before' in report(world, record)
    assert on_the_list(world) == {"A81001"}


def test_a_list_killed_before_any_of_its_writes_and_delivered_again_equals_one_clean_delivery() -> None:
    content = participation(takes_part("A81001"), takes_part("A81001", service="QOF1819"))
    clean = World()
    ingest_participation(upload=clean.send(content, key="participation/weekly.csv"), world=clean.ingestion)
    crashes = 0
    for writes in range(10):
        world, crashing = World(), Crashing(writes)
        upload = world.send(content, key="participation/weekly.csv")
        fragile = replace(
            world.ingestion,
            participation=crashing.before(world.participation, "add"),
            exchange=crashing.before(world.exchange, "write"),
            bus=crashing.before(world.bus, "announce"),
        )
        try:
            ingest_participation(upload=upload, world=fragile)
        except Crash:
            crashes += 1
            acknowledged = any(key.startswith("reports/") for key in world.exchange.held)
            assert not acknowledged or on_the_list(world) == on_the_list(world, "QOF1819") == {"A81001"}
            ingest_participation(upload=upload, world=world.ingestion)
        assert world.participation.held == clean.participation.held
        assert world.exchange.held == clean.exchange.held
    assert crashes == 6  # two lists, two report files, the receipt, the announcement


def test_a_practice_that_does_not_take_part_is_refused_alone_and_taken_once_it_does(world: World) -> None:
    world.offer("A81001", order="2")
    content = extract(practice_rows("A81001"), practice_rows("A81002"))
    record = ingest(world, content)
    assert (record.verdict, record.refused_practices) == (Verdict.PARTLY_ACCEPTED, ("A81002",))
    assert ",554,A81002,,,20240331,PRACTICE-NOT-PARTICIPATING,practice," in report(world, record)
    assert "it is not on the participation list; its 552 rows are refused." in report(world, record)
    world.offer("A81001", "A81002", order="3")
    again = ingest(world, content)
    assert (again.verdict, again.id == record.id) == (Verdict.ACCEPTED, False)


def test_the_achievement_date_decides_whether_a_practice_takes_part(world: World) -> None:
    world.offer("A81001", ends=date(2024, 3, 30), order="2")
    assert ingest(world, extract(practice_rows("A81001"))).problems == {"PRACTICE-NOT-PARTICIPATING": 1}
    world.offer("A81001", ends=date(2024, 3, 31), order="3")
    assert ingest(world, extract(practice_rows("A81001"))).problems == {}


def test_where_no_list_was_ever_received_the_report_warns_and_everybody_is_taken() -> None:
    world = World()
    world.know("A81001")
    record = ingest(world, extract(practice_rows("A81001")))
    assert (record.verdict, record.problems) == (Verdict.ACCEPTED, {"WARNING-PARTICIPATION": 1})
    assert "april.csv,0,,,,,WARNING-PARTICIPATION,warning," in report(world, record)
