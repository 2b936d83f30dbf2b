"""A small nation with a month behind it, and what the gates find in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from functions.domain.calculate.rules import service_rules
from functions.domain.gate.inspecting import inspect, verdict
from functions.domain.gate.last import LastRun
from functions.domain.gate.page import gate_page
from functions.domain.grid import service_grid
from schemas.average_list import average_lists
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.inspection import Finding, Gate, GateReport, GateVerdict
from schemas.service import RunKind, ServiceDocument
from tests.inputs.gate_nation import Counted, counted_nation, frozen

DOCUMENT = service_document("QOF2324")
GRID = service_grid(document=DOCUMENT)
RULES = service_rules(document=DOCUMENT)
NATION = counted_nation(document=DOCUMENT, practices=160)
DAY = date(2024, 3, 31)


def inspected(
    practices: Mapping[str, Counted] = NATION,
    *,
    last: Mapping[str, Counted] | None = NATION,
    paid: bool = True,
    document: ServiceDocument = DOCUMENT,
    left_out: Mapping[str, tuple[str, ...]] | None = None,
    stamps: Mapping[str, int] | None = None,
) -> tuple[Finding, ...]:
    return inspect(
        document=document,
        achievement_date=DAY,
        practices=frozen(practices, stamps=stamps),
        left_out=left_out or {},
        last=None if last is None else LastRun(document=DOCUMENT, practices=frozen(last, last=True), paid=paid),
        average_lists=average_lists(),
    )


def held(found: tuple[Finding, ...]) -> list[tuple[Gate, str | None]]:
    return [(one.gate, one.supplier) for one in found if one.verdict is GateVerdict.HELD]


def the(found: tuple[Finding, ...], gate: Gate) -> Finding:
    return next(one for one in found if one.gate is gate)


def changed(**practices: Counted) -> dict[str, Counted]:
    return {**NATION, **practices}


def served(supplier: str) -> list[str]:
    return [code for code, one in NATION.items() if one.supplier == supplier]


def flags_off(values: Sequence[int]) -> list[int]:
    return [0 if slot.flag else value for slot, value in zip(GRID.slots, values, strict=True)]


def report(found: tuple[Finding, ...]) -> GateReport:
    collection = CollectionKey(service="QOF2324", achievement_date=DAY, run_kind=RunKind.PAYMENT)
    return GateReport(
        run="r", collection=collection, baseline=None, practices=160, verdict=verdict(findings=found), findings=found
    )


def page(found: tuple[Finding, ...]) -> str:
    return gate_page(report=report(found))
