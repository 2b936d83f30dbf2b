"""Inspecting a run: every gate in its order, and one report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.gate.case import Case
from functions.domain.gate.coverage import coverage
from functions.domain.gate.influence import influences
from functions.domain.gate.last import LastRun, last_stakes
from functions.domain.gate.lists import lists
from functions.domain.gate.movement import movements
from functions.domain.gate.nation import nation, national_figures
from functions.domain.gate.parameters import parameters
from functions.domain.gate.peers import peers
from functions.domain.gate.protection import protection
from functions.domain.gate.same_counts import same_counts
from functions.domain.gate.stake import Stake, adjusted_rules, counted_slots, last_submitted, register_slots, stake
from functions.domain.gate.submissions import early_submissions, unchanged_values
from schemas.average_list import AverageList
from schemas.inspection import Finding, GateVerdict
from schemas.service import ServiceDocument

GATES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    parameters,
    coverage,
    early_submissions,
    unchanged_values,
    lists,
    movements,
    same_counts,
    peers,
    influences,
    protection,
)
ORDER = (GateVerdict.HELD, GateVerdict.NOT_JUDGED, GateVerdict.PASSED)


def inspect(
    *,
    document: ServiceDocument,
    achievement_date: date,
    practices: Iterable[FrozenPractice],
    left_out: Mapping[str, tuple[str, ...]],
    last: LastRun | None,
    average_lists: tuple[AverageList, ...],
) -> tuple[Finding, ...]:
    """Every finding on a run, those that hold it first; otherwise in the order of the gates.

    `left_out` gives for every participant that could not be calculated who sent it. The same inputs give the same
    findings, word for word.
    """
    case = _case(document, achievement_date, practices, left_out, last, average_lists)
    found = tuple(finding for gate in GATES for finding in gate(case))
    return tuple(sorted(found, key=lambda finding: ORDER.index(finding.verdict)))


def verdict(*, findings: Iterable[Finding]) -> GateVerdict:
    """Held as soon as one finding is, else passed."""
    held = any(finding.verdict is GateVerdict.HELD for finding in findings)
    return GateVerdict.HELD if held else GateVerdict.PASSED


def _case(
    document: ServiceDocument,
    achievement_date: date,
    practices: Iterable[FrozenPractice],
    left_out: Mapping[str, tuple[str, ...]],
    last: LastRun | None,
    average_lists: tuple[AverageList, ...],
) -> Case:
    rules = service_rules(document=document)
    stakes = {one.organisation: one for one in _stakes(document, rules, practices)}
    together = nation(stakes.values(), size=len(adjusted_rules(rules=rules)))
    national = national_figures(rules=rules, of=together)
    return Case(
        document=document,
        rules=rules,
        achievement_date=achievement_date,
        counted=counted_slots(grid=rules.grid),
        practices=stakes,
        left_out=left_out,
        last=None if last is None else last_stakes(document=document, rules=rules, national=national, last=last),
        read=last is not None and last.paid,
        nation=together,
        average_lists=average_lists,
    )


def _stakes(document: ServiceDocument, rules: Rules, practices: Iterable[FrozenPractice]) -> Iterator[Stake]:
    slots, counted = register_slots(document=document, grid=rules.grid), counted_slots(grid=rules.grid)
    for practice in practices:
        values = practice.submission.values
        counts = {name: values[slot] for name, slot in slots.items()}
        latest = last_submitted(slots=counted, practice=practice)
        yield stake(rules=rules, counts=counts, values=values, latest=latest, practice=practice)
