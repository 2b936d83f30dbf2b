"""The report as a page that a person reads before deciding: what holds the run first, each with its effect."""

from collections.abc import Iterator, Sequence

from functions.domain.gate.words import day, number, paid, practices
from schemas.inspection import Effect, Evidence, Finding, GateReport, GateVerdict

SHOWN = 20  # lines of evidence; gates.json holds all
WORDS = {GateVerdict.HELD: "HELD", GateVerdict.NOT_JUDGED: "NOT JUDGED", GateVerdict.PASSED: "PASSED"}


def gate_page(*, report: GateReport) -> str:
    """The page, one spelling for one report."""
    return "\n".join((*_head(report), *(line for found in report.findings for line in _finding(found)), ""))


def _head(report: GateReport) -> Iterator[str]:
    collection, held = report.collection, len(report.held)
    yield f"Gates before money: {collection.service}, {day(collection.achievement_date)}, {collection.run_kind}"
    yield f"Run {report.run}, {practices(report.practices)}"
    last = report.baseline
    if last is None:
        yield "Compared with no run before: none was published."
    else:
        date = day(last.collection.achievement_date)
        yield f"Compared with run {last.run}: {last.collection.service}, {date}, {last.collection.run_kind}"
    causes = "1 cause" if held == 1 else f"{number(held)} causes"
    yield f"Verdict: {report.verdict}{f', for {causes}' if held else ''}"


def _finding(found: Finding) -> Iterator[str]:
    yield ""
    yield f"{WORDS[found.verdict]}  {found.gate}{f', {found.supplier}' if found.supplier else ''}"
    yield f"  {found.cause}"
    if found.effect is not None:
        yield from _effect(found.effect)
    elif found.verdict is GateVerdict.HELD:
        yield "  Effect: cannot be worked out, for there is nothing to compare with."
    yield from _evidence(found.evidence)


def _effect(effect: Effect) -> Iterator[str]:
    yield f"  Effect, against {effect.against}:"
    yield f"    the others together are paid {paid(effect.others)}"
    yield f"    everybody together is paid {paid(effect.everybody)}"


def _evidence(lines: Sequence[Evidence]) -> Iterator[str]:
    for line in lines[:SHOWN]:
        then = f" | last or due: {line.reference}" if line.reference else ""
        worth = f" | to the others: {paid(line.pence)}" if line.pence is not None else ""
        yield f"    {line.subject}: {line.what} | now: {line.present}{then}{worth}"
    if len(lines) > SHOWN:
        yield f"    and {number(len(lines) - SHOWN)} more lines in gates.json"
