"""A nation frozen and inspected in a world in memory, as the calculation machine does it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from functions.calculate.freezing import freeze_inputs
from functions.calculate.inspecting import inspect_run
from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.gate.page import gate_page
from functions.domain.packed import Packing
from functions.ports.submissions import StoredSubmission
from schemas.collection import CollectionKey
from schemas.file import FileRecord, Verdict
from schemas.inspection import Finding, Gate, GateReport
from schemas.organisation import Organisation
from schemas.run import Run
from schemas.service import RunKind
from schemas.steps import InspectOutcome
from tests.inputs.gate_nation import SUPPLIERS, Counted, frozen
from tests.integration.worlds import DOCUMENT, GRID, SERVICE, World

FEBRUARY = CollectionKey(service=SERVICE, achievement_date=date(2024, 2, 29), run_kind=RunKind.REPORTING)
MARCH = CollectionKey(service=SERVICE, achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)


def know(world: World, nation: Mapping[str, Counted], *, order: str = "1") -> None:
    """Make the practices known with their lists."""
    counted = DOCUMENT.parameters.practice_list.value
    found = [
        Organisation(
            code=one.code, name=one.code, list_size=one.size, list_size_date=counted,
            network=None, sub_icb="16C", icb="QHM", region="Y63",
        )
        for one in nation.values()
    ]  # fmt: skip
    world.organisations.add(organisations=found, file="known", order=order)


PACKING = Packing(grid=GRID)


def store(world: World, collection: CollectionKey, practices: Iterable[FrozenPractice]) -> None:
    """Keep practices' values as Ingest does, a file for each supplier."""
    for supplier in SUPPLIERS:
        world.submissions.accept(collection=collection, record=record(supplier, collection))
    world.submissions.add(
        collection=collection,
        submissions=(
            StoredSubmission(
                organisation=one.organisation,
                file=f"file of {one.files[0].supplier}",
                layout=PACKING.layout,
                packed=PACKING.pack(submission=one.submission),
            )
            for one in practices
        ),
    )


def record(supplier: str, collection: CollectionKey, *, refused: tuple[str, ...] = ()) -> FileRecord:
    return FileRecord(
        id=f"file of {supplier}", name=f"{supplier}.csv", key="", supplier=supplier, service=collection.service,
        run_kind=collection.run_kind, achievement_date=collection.achievement_date, sha256="",
        received_at=datetime(2024, 4, 2, tzinfo=UTC), verdict=Verdict.ACCEPTED, rows=0, rows_accepted=0,
        rows_refused=0, practices=0, practices_complete=0, refused_practices=refused, problems={}, listed=0,
    )  # fmt: skip


def froze(world: World, collection: CollectionKey = MARCH) -> Run:
    run = freeze_inputs(collection=collection, world=world.calculation)
    assert run is not None
    return run


def february(world: World, nation: Mapping[str, Counted]) -> Run:
    """The month before, inspected, clear, and published."""
    know(world, nation)
    store(world, FEBRUARY, frozen(nation, last=True))
    run = froze(world, FEBRUARY)
    assert inspect_run(run=run, world=world.calculation) is InspectOutcome.CLEAR
    world.achievements.publish(run=run)
    return run


def march(
    world: World, nation: Mapping[str, Counted], *, stamps: Mapping[str, int] | None = None
) -> tuple[InspectOutcome, GateReport]:
    """The payment run of a nation: its outcome and its report."""
    know(world, nation, order="2")
    store(world, MARCH, frozen(nation, stamps=stamps))
    run = froze(world)
    return inspect_run(run=run, world=world.calculation), report(world, run)


def report(world: World, run: Run) -> GateReport:
    found = GateReport.model_validate_json(world.evidence.held[f"runs/{run.id}/gates.json"])
    assert world.evidence.held[f"runs/{run.id}/gates.txt"].decode() == gate_page(report=found)
    return found


def holding(found: GateReport, gate: Gate, supplier: str | None = None) -> Finding:
    """The one finding that holds the run: there must be no other."""
    assert [(one.gate, one.supplier) for one in found.held] == [(gate, supplier)]
    return found.held[0]


def other_list(nation: Mapping[str, Counted], code: str, size: int) -> dict[str, Counted]:
    return {**nation, code: replace(nation[code], size=size)}
