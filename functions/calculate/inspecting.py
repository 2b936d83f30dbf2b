"""Inspecting a frozen run before anything of it is published: the report of the gates, and the hold if there is one.

Every run is inspected and keeps its report. Only a PAYMENT run is held: the others lead to no money, and a month in
which something is amiss is what they are there to show.
"""

from collections.abc import Iterator

from functions.calculate.baseline import find_baseline, read_report
from functions.calculate.calculation import GATES_REPORT, Calculation
from functions.calculate.freezing import read_document, read_left_out
from functions.domain.calculate.inputs import FrozenPractice, practice_from_line
from functions.domain.decide.hold import putting_on
from functions.domain.digest import canonical_json
from functions.domain.evidence.keys import inputs_key, run_key
from functions.domain.gate.inspecting import inspect, verdict
from functions.domain.gate.last import LastRun
from functions.domain.gate.page import gate_page
from functions.domain.grid import service_grid
from functions.ports.holds import StaleHold
from schemas.average_list import average_lists
from schemas.hold import HoldState
from schemas.inspection import Baseline, GateReport, GateVerdict
from schemas.run import Run
from schemas.service import RunKind, ServiceDocument
from schemas.steps import InspectOutcome

PAGE = "gates.txt"


def inspect_run(*, run: Run, world: Calculation) -> InspectOutcome:
    """Inspect a run, unless its hold was decided before; keep the report; hold the run if it may not go on.

    Safe to repeat: what was found first stays, and so does what a person decided.
    """
    hold = world.holds.hold(run=run.id)
    if hold is not None:
        return InspectOutcome(hold.state)
    report = _kept(_report(run, world), world)
    outcome = InspectOutcome.CLEAR
    if report.verdict is GateVerdict.HELD and run.collection.run_kind is RunKind.PAYMENT:
        outcome = _hold(report, world)
    causes = [finding.cause for finding in report.held]
    detail = {"run": run.id, "collection": run.collection.model_dump(mode="json"), "outcome": outcome, "causes": causes}
    world.bus.announce(what="RunInspected", detail=detail)
    return outcome


def _hold(report: GateReport, world: Calculation) -> InspectOutcome:
    causes = tuple(finding.cause for finding in report.held)
    change = putting_on(run=report.run, collection=report.collection, causes=causes, at=world.clock())
    try:
        world.holds.commit(transition=change)
    except StaleHold:  # another execution put it on at the same moment, and somebody may have decided since
        hold = world.holds.hold(run=report.run)
        return InspectOutcome(hold.state if hold else HoldState.HELD)
    return InspectOutcome.HELD


def _kept(report: GateReport, world: Calculation) -> GateReport:
    """The report as it is kept: the first, if the run was inspected before."""
    body = canonical_json(report.model_dump(mode="json"))
    world.evidence.keep(key=run_key(run=report.run, name=GATES_REPORT), body=body, media_type="application/json")
    kept = read_report(run=report.run, world=world)
    page = gate_page(report=kept).encode()
    world.evidence.keep(key=run_key(run=report.run, name=PAGE), body=page, media_type="text/plain; charset=utf-8")
    return kept


def _report(run: Run, world: Calculation) -> GateReport:
    document, last = read_document(document=run.identity.document, world=world), find_baseline(run=run, world=world)
    findings = inspect(
        document=document,
        achievement_date=run.collection.achievement_date,
        practices=_practices(run, document, world),
        left_out=read_left_out(run=run.id, world=world),
        last=None if last is None else _last_run(last, world),
        average_lists=average_lists(),
    )
    return GateReport(
        run=run.id,
        collection=run.collection,
        baseline=None if last is None else Baseline(run=last.id, collection=last.collection),
        practices=run.practices,
        verdict=verdict(findings=findings),
        findings=findings,
    )


def _last_run(last: Run, world: Calculation) -> LastRun:
    document = read_document(document=last.identity.document, world=world)
    paid = last.collection.run_kind is RunKind.PAYMENT
    return LastRun(document=document, practices=_practices(last, document, world), paid=paid)


def _practices(run: Run, document: ServiceDocument, world: Calculation) -> Iterator[FrozenPractice]:
    grid = service_grid(document=document)
    body = b"".join(world.evidence.chunks(key=inputs_key(inputs=run.identity.inputs)))
    return (practice_from_line(grid=grid, line=line) for line in body.splitlines())
