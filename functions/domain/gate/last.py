"""The last run's practices seen with the present rules: the same registers, wherever they stood then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from functions.domain.gate.nation import Figures
from functions.domain.gate.stake import RegisterName, Stake, adjusted_rules, register_slots, stake
from functions.domain.grid import Grid, service_grid
from functions.domain.submission import ABSENT
from schemas.service import ServiceDocument


@dataclass(frozen=True, slots=True)
class LastRun:
    """The frozen practices of the run before, and the service document that they were frozen with.

    `paid`: it was a PAYMENT run, so that a person has read of whatever stands out in it.
    """

    document: ServiceDocument
    practices: Iterable[FrozenPractice]
    paid: bool


def last_stakes(*, document: ServiceDocument, rules: Rules, national: Figures, last: LastRun) -> Mapping[str, Stake]:
    """The stakes of the run before, by practice, worked out with the present rules.

    A value is found by its indicator and field, a register also by its group and name. A register that was not sent
    then is taken to be as common as it is now in the nation, so that its absence moves nothing.
    """
    grid = service_grid(document=last.document)
    slots = register_slots(document=last.document, grid=grid)
    then = _translation(document, rules, grid, slots)
    found = {}
    for practice in last.practices:
        sent = practice.submission.values
        counts = {name: sent[slot] for name, slot in slots.items()}
        values = [ABSENT if slot is None else sent[slot] for slot in then]
        known = replace(practice, fixed={}) if last.document.code != document.code else practice
        counted = [max(value, 0) for value in values]
        made = replace(stake(rules=rules, counts=counts, values=counted, latest=0, practice=known), values=values)
        found[practice.organisation] = _neutral(rules, made, national)
    return found


def _translation(
    document: ServiceDocument, rules: Rules, grid: Grid, registers: Mapping[RegisterName, int]
) -> tuple[int | None, ...]:
    """For each slot of the present grid the slot of the last one that held the same."""
    groups = {indicator.code: indicator.group for indicator in document.indicators}
    return tuple(
        grid.numbers.get(slot.indicator, {}).get(slot.field, registers.get((groups[slot.indicator], slot.field)))
        for slot in rules.grid.slots
    )


def _neutral(rules: Rules, made: Stake, national: Figures) -> Stake:
    """The stake with the nation's own prevalence where its register was not sent."""
    sent = tuple(made.values[rule.register or 0] != ABSENT for rule in adjusted_rules(rules=rules))
    if all(sent) or made.list_size == 0:
        return made
    raw = tuple(own if there else figure for own, there, figure in zip(made.raw, sent, national, strict=True))
    scale = rules.prevalence_scale
    people = (half_up(numerator=figure * made.list_size, denominator=scale) for figure in national)
    registers = tuple(own if there else some for own, there, some in zip(made.registers, sent, people, strict=True))
    return replace(made, raw=raw, registers=registers)
