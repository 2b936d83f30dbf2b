"""Practices as a run freezes them: counts by indicator and field, from a file of their own."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from functions.domain.calculate.inputs import FixedPoints, FrozenPractice, SourceFile
from functions.domain.calculate.rules import service_rules
from functions.domain.evidence.frozen import FrozenRun, frozen_run
from functions.domain.submission import ABSENT, submission_of
from schemas.collection import CollectionKey
from schemas.decision import PointsDecision
from schemas.service import RunKind, ServiceDocument

SUBMITTED = 20240402111950
FROZEN_AT = datetime(2024, 4, 2, 12, tzinfo=UTC)
FILE = SourceFile("f" * 32, "april.csv", "tpp")


def frozen_practice(
    document: ServiceDocument,
    counts: Mapping[tuple[str, str], int],
    *,
    code: str = "A81001",
    size: int = 9639,
    fixed: Mapping[str, FixedPoints] | None = None,
    days_open: int | None = None,
    decisions: tuple[PointsDecision, ...] = (),
) -> FrozenPractice:
    """A practice of one file; its values stand on the lines from 2 on, in the document's order. Others are 0."""
    slots = service_rules(document=document).grid.slots
    values = [counts.get((slot.indicator, slot.field), 0 if slot.required else ABSENT) for slot in slots]
    return FrozenPractice(
        organisation=code,
        commissioner="16C",
        list_size=size,
        files=(FILE,),
        submission=submission_of(values=values, stamps=[SUBMITTED] * len(slots), places=range(2, 2 + len(slots))),
        fixed=fixed or {},
        days_open=days_open,
        decisions=decisions,
    )


def run_of(document: ServiceDocument, practices: Iterable[FrozenPractice], *, code: str = "this code") -> FrozenRun:
    """The run of these practices at the end of the document's year."""
    day: date = document.year.ends
    return frozen_run(
        collection=CollectionKey(service=document.code, achievement_date=day, run_kind=RunKind.PAYMENT),
        document=document,
        rules=service_rules(document=document),
        practices=tuple(practices),
        problems=(),
        incomplete=0,
        participation=None,
        code=code,
        frozen_at=FROZEN_AT,
    )
