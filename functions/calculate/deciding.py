"""What is decided about the points of a collection: decisions that were sent, and points that an earlier year gave."""

from collections.abc import Iterator

from functions.calculate.calculation import Calculation
from functions.domain.calculate.deciding import Decided, EarlierPoints
from functions.domain.evidence.batches import batches_from_bytes
from functions.domain.evidence.keys import run_key, working_key
from functions.domain.evidence.working import kept_points
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.service import RunKind, ServiceDocument


def read_decided(*, collection: CollectionKey, document: ServiceDocument, world: Calculation) -> Decided:
    """What is decided now."""
    day = collection.achievement_date
    decisions = tuple(world.decisions.of(service=collection.service, achievement_date=day))
    earlier = _earlier(document, world)
    return Decided(document=document, achievement_date=day, decisions=decisions, earlier=earlier)


def _earlier(document: ServiceDocument, world: Calculation) -> EarlierPoints | None:
    """The points of the published payment run of the service that the document protects; None where there is none."""
    protection = document.protection
    if protection is None or protection.points_of not in service_codes():
        return None
    run = _paid(service_document(protection.points_of), world)
    return None if run is None else EarlierPoints(id=run, points=dict(_points(run, protection.indicators, world)))


def _paid(document: ServiceDocument, world: Calculation) -> str | None:
    """The published payment run of a service's last achievement date that has one."""
    dates = (one.achievement_date for one in document.collections if RunKind.PAYMENT in one.run_kinds)
    keys = (
        CollectionKey(service=document.code, achievement_date=day, run_kind=RunKind.PAYMENT)
        for day in sorted(dates, reverse=True)
    )
    runs = (world.achievements.published(collection=key) for key in keys)
    return next((run for run in runs if run is not None), None)


def _points(run: str, indicators: tuple[str, ...], world: Calculation) -> Iterator[tuple[str, dict[str, int]]]:
    body = b"".join(world.evidence.chunks(key=run_key(run=run, name="batches.jsonl")))
    for batch in batches_from_bytes(body=body):
        working = b"".join(world.evidence.chunks(key=working_key(run=run, number=batch.number)))
        yield from (kept_points(line=line, indicators=indicators) for line in working.splitlines())
