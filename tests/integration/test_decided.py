"""Points that somebody decided, from the file of decisions, or an earlier year's run, to the page about the payment."""

import json
from datetime import date

import pytest

from functions.calculate.inspecting import inspect_run
from functions.calculate.publishing import publish_run
from functions.domain.evidence.keys import inputs_key, run_key
from functions.domain.evidence.working import kept_points
from functions.domain.explain.page import page
from functions.domain.explain.rows import explanation_csv
from functions.domain.grid import service_grid
from functions.explain.reading import RunEvidence
from functions.explain.replaying import replay_run
from functions.ingest.decisions import ingest_decisions
from functions.ingest.extracts import ingest_extract
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.explanation import ExplainedLine
from schemas.file import Verdict
from schemas.run import BatchTotals, Run
from schemas.service import RunKind
from tests.integration.stories import calculated, explained
from tests.integration.worlds import YEAR_END, World, extract, practice_rows

HEADER = "QUALITY_SERVICE,ACH_DATE,ORG_CODE,IND_CODE,POINTS,AUTHOR,REASON,SOURCE"
EVERYBODY = "QOF2324,20240331,*,QI013,20,NHS England,Data faults.,Letter of 3 May"
OWN = "QOF2324,20240331,A81002,QI013,27,A. Commissioner,Shown on paper.,Minutes of 7 May"
CODES = ("A81001", "A81002")
NEXT = CollectionKey(service="QOF2425", achievement_date=date(2025, 3, 31), run_kind=RunKind.PAYMENT)
PROTECTED = service_document("QOF2425").protection


@pytest.fixture
def world() -> World:
    world = World()
    world.know(*CODES)
    content = extract(*(practice_rows(code) for code in CODES))
    assert ingest_extract(upload=world.send(content), world=world.ingestion).verdict is Verdict.ACCEPTED
    return world


def decide(world: World, *rows: str, name: str = "may.csv", order: str = "1") -> Verdict:
    upload = world.send("\n".join([HEADER, *rows, ""]).encode(), key=f"decisions/{name}")
    return ingest_decisions(
        upload=type(upload)(upload.key, None, upload.received_at, order), world=world.ingestion
    ).verdict


def line(world: World, run: Run, code: str, indicator: str = "QI013") -> ExplainedLine:
    (found,) = (one for one in explained(world, run, code).lines if one.indicator == indicator)
    return found


def test_points_that_were_decided_are_paid_and_shown_beside_those_of_the_counts_with_who_decided_and_why(
    world: World,
) -> None:
    before = calculated(world)
    assert decide(world, EVERYBODY, OWN) is Verdict.ACCEPTED
    run = calculated(world)
    assert run.id != before.id
    everybody, own = line(world, run, "A81001"), line(world, run, "A81002")
    assert [(one.extracted_points, one.points) for one in (everybody, own)] == [("27.00", "20.00"), ("27.00", "27.00")]
    assert everybody.decision is not None
    assert (everybody.decision.author, everybody.decision.reason) == ("NHS England", "Data faults.")
    told = " ".join(page(explanation=explained(world, run, "A81002")).split())
    assert "Shown on paper. Decided by A. Commissioner. Minutes of 7 May (may.csv, line 3)" in told
    rows = explanation_csv(explanation=explained(world, run, "A81002")).decode()
    assert ",27.00,points,may.csv,3,,,,A. Commissioner: Shown on paper. Minutes of 7 May\n" in rows


def test_what_was_decided_last_counts_and_blank_points_take_a_decision_back(world: World) -> None:
    run = calculated(world)
    decide(world, EVERYBODY)
    decide(world, EVERYBODY.replace(",20,", ",3.5,"), name="june.csv", order="2")
    assert line(world, calculated(world), "A81001").points == "3.50"
    decide(world, EVERYBODY.replace(",20,", ",,"), name="july.csv", order="3")
    assert calculated(world).id == run.id


def test_a_decision_that_fixes_nothing_is_told_and_not_dropped(world: World) -> None:
    decide(world, OWN.replace("A81002", "A89999"))
    run = calculated(world)
    problems = world.evidence.held[run_key(run=run.id, name="problems.csv")].decode()
    assert "may.csv,2,A89999,QI013,,,WARNING-DECISION,warning," in problems


def test_a_refused_file_decides_nothing(world: World) -> None:
    run = calculated(world)
    assert decide(world, EVERYBODY.replace("QI013", "QI999")) is Verdict.REFUSED
    assert calculated(world).id == run.id


def test_a_run_with_decisions_is_replayed_and_a_decision_that_says_something_else_is_not(world: World) -> None:
    decide(world, EVERYBODY)
    run = calculated(world)
    held = RunEvidence(id=run.id, evidence=world.evidence)
    assert replay_run(held=held, code="this code").reproduced
    key = inputs_key(inputs=run.identity.inputs)
    world.evidence.held[key] = world.evidence.held[key].replace(b"Data faults.", b"No faults...")
    changed = replay_run(held=RunEvidence(id=run.id, evidence=world.evidence), code="this code")
    assert not changed.reproduced
    assert changed.sentences[0].startswith("The inputs differ: ")


def published(world: World, collection: CollectionKey) -> Run:
    run = calculated(world, collection=collection)
    publish_run(run=run, totals=[BatchTotals(number=1, practices=2, points=0, payment=0)], world=world.calculation)
    return run


def next_year(world: World) -> None:
    """The same practices in the year after, in which they achieve everything."""
    document = service_document("QOF2425")
    lists = world.organisations.on(list_date=date(2024, 1, 1)).values()
    counted = document.parameters.practice_list.value
    later = [one.model_copy(update={"list_size_date": counted}) for one in lists]
    world.organisations.add(organisations=later, file="later", order="2")
    rows = [
        [document.code, document.name, code, "20250331", slot.indicator, slot.field, value, "None", "AUTOMATED",
         "02/04/2025", "11:19:50", "Y"]
        for code in CODES
        for slot in service_grid(document=document).slots
        for value in ("1" if slot.flag else "100",)
    ]  # fmt: skip
    upload = world.send(extract(rows), key="extracts/tpp/QOF2425/PAYMENT/april.csv")
    assert ingest_extract(upload=upload, world=world.ingestion).practices_complete == len(CODES)


def test_protected_points_are_those_of_the_payment_run_of_the_year_before_decisions_included(world: World) -> None:
    assert PROTECTED is not None
    decide(world, EVERYBODY)
    earlier = published(world, YEAR_END)
    next_year(world)
    run = calculated(world, collection=NEXT)
    held = RunEvidence(id=earlier.id, evidence=world.evidence)
    _, then = kept_points(line=held.working_line(organisation="A81001"), indicators=PROTECTED.indicators)
    assert set(then) == set(PROTECTED.indicators)
    now = {one.indicator: one for one in explained(world, run, "A81001").lines}
    assert {code: int(now[code].points.replace(".", "")) for code in PROTECTED.indicators} == then
    assert now["QI013"].points == "20.00"
    assert now["AST008"].extracted_points == "6.00" != now["AST008"].points
    decision = now["AST008"].decision
    assert decision is not None
    assert (decision.id, decision.author) == (f"protection-{earlier.id}", "NHS England")
    assert decision.source == service_document("QOF2425").sources[PROTECTED.source].text
    assert now["AF006"].decision_id is None
    assert replay_run(held=RunEvidence(id=run.id, evidence=world.evidence), code="this code").reproduced


@pytest.mark.parametrize("there", [True, False])
def test_the_gate_holds_a_protected_year_whose_earlier_points_are_not_there_and_no_other(
    world: World, *, there: bool
) -> None:
    if there:
        published(world, YEAR_END)
    next_year(world)
    run = calculated(world, collection=NEXT)
    inspect_run(run=run, world=world.calculation)
    report = json.loads(world.evidence.held[run_key(run=run.id, name="gates.json")])
    (verdict,) = (finding["verdict"] for finding in report["findings"] if finding["gate"] == "protection")
    assert verdict == ("passed" if there else "held")
