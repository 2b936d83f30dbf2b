"""Held runs as the national team reads them: pounds with two decimals, and every finding."""

from collections.abc import Sequence

from functions.domain.calculate.text import decimal_text
from schemas.api import AwaitedHoldView, EffectView, EvidenceView, FindingView, HoldView
from schemas.hold import Hold, HoldEntry
from schemas.inspection import Effect, Evidence, Finding, GateReport


def awaited_hold_view(*, hold: Hold) -> AwaitedHoldView:
    """A held run in the list of what awaits somebody."""
    return AwaitedHoldView(
        run=hold.run,
        **hold.collection.model_dump(),
        version=hold.version,
        since=hold.since,
        causes=hold.causes,
    )


def hold_view(*, hold: Hold, history: Sequence[HoldEntry], report: GateReport) -> HoldView:
    """A held run with its report."""
    return HoldView(
        run=hold.run,
        **hold.collection.model_dump(),
        state=hold.state,
        version=hold.version,
        since=hold.since,
        practices=report.practices,
        compared_with=None if report.baseline is None else report.baseline.run,
        decided_by=hold.decided_by,
        decided_at=hold.decided_at,
        reason=hold.reason,
        history=tuple(history),
        findings=tuple(map(_finding, report.findings)),
    )


def _finding(found: Finding) -> FindingView:
    return FindingView(
        gate=found.gate,
        verdict=found.verdict,
        cause=found.cause,
        supplier=found.supplier,
        practices=found.practices,
        evidence=tuple(map(_evidence, found.evidence)),
        effect=None if found.effect is None else _effect(found.effect),
    )


def _evidence(line: Evidence) -> EvidenceView:
    return EvidenceView(
        **line.model_dump(exclude={"pence"}),
        pounds=None if line.pence is None else decimal_text(line.pence, places=2),
    )


def _effect(effect: Effect) -> EffectView:
    return EffectView(
        others=decimal_text(effect.others, places=2),
        everybody=decimal_text(effect.everybody, places=2),
        against=effect.against,
    )
