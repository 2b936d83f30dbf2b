"""The run before: the published one of the latest earlier achievement date that can be compared with.

It is of the same service or, where that has none, of the year before. A run of which something amiss was only
reported is passed over, for nobody has put it right: what would be wrong twice would look as it should.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from functions.calculate.calculation import GATES_REPORT, Calculation
from functions.domain.evidence.keys import run_key
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.inspection import Gate, GateReport
from schemas.run import Run
from schemas.service import RunKind, ServiceDocument

STANDING = frozenset({Gate.PEERS, Gate.INFLUENCE})  # what stands out in itself, not against the run before


def find_baseline(*, run: Run, world: Calculation) -> Run | None:
    """The run to compare with; None where none can be."""
    collection = run.collection
    kinds = (RunKind.TEST,) if collection.run_kind is RunKind.TEST else (RunKind.PAYMENT, RunKind.REPORTING)
    for service, day in _earlier(collection.service, collection.achievement_date):
        for kind in kinds:
            key = CollectionKey(service=service, achievement_date=day, run_kind=kind)
            published = world.achievements.published(collection=key)
            found = None if published is None else world.achievements.run(run=published)
            if found is not None and _sound(found, world):
                return found
    return None


def read_report(*, run: str, world: Calculation) -> GateReport:
    """The report of a run that was inspected, as every published run was."""
    return GateReport.model_validate_json(b"".join(world.evidence.chunks(key=run_key(run=run, name=GATES_REPORT))))


def _earlier(service: str, before: date) -> Iterator[tuple[str, date]]:
    """Achievement dates of a service before a day, the latest first, then all of the year before."""
    document = service_document(service)
    yield from ((service, day) for day in _dates(document) if day < before)
    previous = year_before(document=document, among=map(service_document, service_codes()))
    if previous is not None:
        yield from ((previous.code, day) for day in _dates(previous))


def _dates(document: ServiceDocument) -> list[date]:
    return sorted((collection.achievement_date for collection in document.collections), reverse=True)


def year_before(*, document: ServiceDocument, among: Iterable[ServiceDocument]) -> ServiceDocument | None:
    """The same service of the year before: of the same letters, and ending the day before this one begins."""
    eve, letters = document.year.starts - timedelta(days=1), _letters(document)
    return next((other for other in among if other.year.ends == eve and _letters(other) == letters), None)


def _letters(document: ServiceDocument) -> str:
    return document.code.rstrip("0123456789")


def _sound(run: Run, world: Calculation) -> bool:
    """True where a run passed its gates but for what stands out in itself, or a person has released it."""
    if run.collection.run_kind is RunKind.PAYMENT:
        return True
    return all(finding.gate in STANDING for finding in read_report(run=run.id, world=world).held)
