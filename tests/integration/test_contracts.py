"""A contract that was open for a part of the year, from the file of organisations to the page about its payment."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from functions.calculate.freezing import freeze_inputs
from functions.domain.evidence.keys import run_key
from functions.domain.explain.page import page
from functions.domain.explain.rows import explanation_csv
from functions.ingest.extracts import ingest_extract
from functions.ingest.organisations import ingest_organisations
from schemas.explanation import Explanation
from schemas.file import FileRecord, Verdict
from schemas.run import Run
from tests.integration.stories import calculated, explained
from tests.integration.worlds import NOON, YEAR_END, World, extract, practice_rows

HEADER = (
    "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE,"
    "CONTRACT_TYPE,OPEN_DATE,CLOSE_DATE"
)
ALL_YEAR = "A81001,Stays,8000,20240101,,16C,QHM,Y63,GMS,,"
OPENED = "A81002,Merged,8000,20240101,,16C,QHM,Y63,GMS,20230701,"
CLOSED = "A81003,Went into it,8000,20231001,,16C,QHM,Y63,GMS,,20231031"
GONE = "A81004,Closed last year,8000,20240101,,16C,QHM,Y63,GMS,,20230331"


def known(world: World, *rows: str, received: datetime = NOON) -> None:
    upload = world.send("\n".join([HEADER, *rows, ""]).encode(), key="organisations/april.csv")
    upload = replace(upload, received_at=received)
    assert ingest_organisations(upload=upload, world=world.ingestion).verdict is Verdict.ACCEPTED


def sent(world: World, *rows: str) -> FileRecord:
    content = extract(*(practice_rows(row.partition(",")[0]) for row in rows))
    return ingest_extract(upload=world.send(content), world=world.ingestion)


def taken_in(*rows: str) -> World:
    world = World()
    known(world, *rows)
    assert sent(world, *rows).practices_complete == len(rows)
    return world


def problems(world: World, run: Run) -> str:
    return world.evidence.held[run_key(run=run.id, name="problems.csv")].decode()


def pence(explanation: Explanation) -> int:
    return int(str(explanation.payment).replace(".", ""))


def test_a_practice_is_paid_for_the_days_of_its_contract_and_told_which_they_were_and_who_said_so() -> None:
    world = taken_in(ALL_YEAR, OPENED)
    run = calculated(world)
    whole, part = (explained(world, run, code) for code in ("A81001", "A81002"))
    assert (whole.days_open, part.days_open, part.days) == (None, 275, 366)
    assert abs(Fraction(pence(whole) * 275, 366) - pence(part)) <= 1
    assert sum(Fraction(line.amount or 0) for line in part.lines) == Fraction(part.payment or 0)
    told = " ".join(page(explanation=part).split())
    assert "open on 275 of the 366 days of the year: from 1 July 2023" in told
    assert "8,000 people registered on 1 January 2024; april.csv, line 3, id " in told
    rows = explanation_csv(explanation=part).decode()
    assert "summary,,days open,275/366,days,april.csv,3,," in rows
    assert "summary,,contract opened,2023-07-01,,april.csv,3,," in rows


def test_a_practice_that_closed_before_lists_were_counted_is_paid_by_its_last_list() -> None:
    world = taken_in(ALL_YEAR, CLOSED)
    run = calculated(world)
    part = explained(world, run, "A81003")
    assert (part.days_open, part.list_size, f"{part.list_date}") == (214, 8000, "2023-10-01")
    assert abs(Fraction(pence(explained(world, run, "A81001")) * 214, 366) - pence(part)) <= 1
    assert "registered on 1 October 2023" in page(explanation=part)


def test_a_practice_whose_contract_ended_before_the_year_is_refused_alone_and_missed_by_nobody() -> None:
    world = World()
    known(world, ALL_YEAR, GONE)
    record = sent(world, ALL_YEAR, GONE)
    assert (record.verdict, record.refused_practices) == (Verdict.PARTLY_ACCEPTED, ("A81004",))
    report = world.exchange.held[f"reports/{record.key}/{record.id}/problems.csv"].decode()
    assert ',A81004,,,20240331,PRACTICE-CLOSED,practice,"The contract of the organisation was open on no day' in report
    run = calculated(world)
    assert (run.practices, run.incomplete) == (1, 0)
    assert "tpp/april.csv,0,A81004,,,,PRACTICE-CLOSED,practice," in problems(world, run)


def test_a_practice_that_turns_out_to_have_closed_after_its_rows_were_taken_is_not_calculated_and_not_missed() -> None:
    world = taken_in(ALL_YEAR, GONE.replace("20230331", ""))
    assert calculated(world).practices == 2
    known(world, ALL_YEAR, GONE, received=NOON + timedelta(hours=1))
    run = calculated(world)
    assert (run.practices, run.incomplete) == (1, 0)
    assert "tpp/april.csv,0,A81004,,,,PRACTICE-CLOSED,practice," in problems(world, run)


def test_a_closed_practice_is_paid_its_days_only_while_the_participation_list_has_it_at_the_achievement_date() -> None:
    world = taken_in(ALL_YEAR, CLOSED)
    world.offer("A81001", "A81003", order="1")
    assert calculated(world).practices == 2
    world.offer("A81001", order="2")
    run = calculated(world)
    assert (run.practices, run.incomplete) == (1, 0)
    assert "A81003" not in problems(world, run)


def test_a_practice_on_the_participation_list_whose_contract_was_closed_is_not_missed() -> None:
    world = World()
    known(world, ALL_YEAR, GONE)
    world.offer("A81001", "A81004")
    sent(world, ALL_YEAR)
    run = freeze_inputs(collection=YEAR_END, world=world.calculation)
    assert run is not None
    assert (run.practices, run.incomplete) == (1, 0)


def test_another_day_of_closing_is_another_run() -> None:
    first, second = (calculated(taken_in(ALL_YEAR, row)) for row in (CLOSED, CLOSED.replace("20231031", "20231030")))
    assert first.id != second.id


def test_a_list_says_which_file_and_line_it_was_read_from_whatever_else_is_not_known() -> None:
    world = taken_in(ALL_YEAR)
    held: Any = world.organisations.on(list_date=YEAR_END.achievement_date.replace(month=1, day=1))["A81001"]
    assert (held.origin.name, held.origin.line, len(held.origin.file)) == ("april.csv", 2, 32)
