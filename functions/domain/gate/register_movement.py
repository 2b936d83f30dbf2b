"""Findings on single registers: of a supplier's median practice, and of a practice by itself."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from functions.domain.gate.case import Case
from functions.domain.gate.nation import Figures, nation, national_figures
from functions.domain.gate.registers import (
    Change,
    Changes,
    Moved,
    Rows,
    distance,
    median_ratios,
    register_changes,
    register_rows,
    worth,
)
from functions.domain.gate.stake import RegisterName, Stake, adjusted_rules
from functions.domain.gate.words import MILLION, names, number, pounds, practices, sentences, threshold, times
from schemas.gates import Threshold
from schemas.inspection import Evidence, Finding, Gate, GateVerdict


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """A case seen register by register.

    `rows`: the adjusted rules of each register; `slots`: where each adjusted rule's register stands; `figures`: the
    national figures of the run before, which no fault of now has moved, and those of now where there were none.
    """

    case: Case
    rows: Rows
    slots: Sequence[int]
    figures: Figures

    def changes(self, stakes: Collection[Stake]) -> Changes:
        """How every register of some practices moved."""
        last = self.case.last or {}
        return register_changes(
            pairs=((one, last[one.organisation]) for one in stakes if one.organisation in last),
            rows=self.rows,
            slots=self.slots,
            smallest=_at_least(self.case.gates.smallest_register),
        )

    def medians(self, changes: Changes) -> Mapping[RegisterName, int]:
        """The median change of each register in the practices of a supplier, where these are enough."""
        return median_ratios(changes=changes, fewest=_at_least(self.case.gates.smallest_supplier))

    def moved(self, code: str, name: RegisterName, change: Change) -> Moved:
        """A register of a practice with what its move is worth."""
        now, then = self.case.practices[code], (self.case.last or {})[code]
        value = worth(rules=self.case.rules, now=now, then=then, numbers=self.rows[name], figures=self.figures)
        return Moved(organisation=code, register=name, change=change, worth=value)


def register_case(case: Case) -> RegisterCase:
    """A case with what all its registers are judged by."""
    rules, some = case.rules, next(iter(case.practices.values()), None)
    last = nation((case.last or {}).values(), size=len(case.nation.raw))
    both = (national_figures(rules=rules, of=of) for of in (last, case.nation))
    return RegisterCase(
        case=case,
        rows=register_rows(rules=rules, names=some.counts if some else ()),
        slots=tuple(rule.register or 0 for rule in adjusted_rules(rules=rules)),
        figures=tuple(then or now for then, now in zip(*both, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Registers:
    """What holds the run, and the registers that moved but are worth too little to hold it."""

    held: tuple[Finding, ...]
    told: tuple[Moved, ...]


def registers(case: Case, at_fault: Collection[str]) -> Registers:
    """The registers of suppliers' median practices that moved, then those of practices that moved by themselves.

    Practices at fault already, in the median of all their registers, are not judged again.
    """
    seen, held, alone = register_case(case), list[Finding](), list[Moved]()
    for supplier, stakes in case.suppliers().items():
        changes = seen.changes([one for one in stakes if one.organisation not in at_fault])
        medians = seen.medians(changes)
        moved = [name for name, ratio in medians.items() if _far(ratio, case.gates.supplier_register_movement)]
        held += [_supplier(seen, supplier, name, medians[name], changes[name]) for name in moved]
        others = {name: found for name, found in changes.items() if name not in moved}
        alone += _alone(seen, others)
    enough = 100 * case.gates.register_worth.value
    found = [one for one in alone if one.worth >= enough]
    if found:
        held.append(_practices(seen, found))
    return Registers(tuple(held), tuple(one for one in alone if one.worth < enough))


def unlike_the_others(case: Case, supplier: str, stakes: Collection[Stake], median: int) -> Iterator[Evidence]:
    """The registers of a supplier that moved otherwise than its prevalences all together, in the median practice."""
    seen = register_case(case)
    for name, ratio in seen.medians(seen.changes(stakes)).items():
        if _far(ratio * MILLION // max(median, 1), case.gates.supplier_register_movement):
            what = f"{text_of(name)}, unlike the others: prevalence of the median practice"
            yield Evidence(subject=supplier, what=what, present=f"{times(ratio)} the last", reference="")


def register_evidence(case: Case, one: Moved, *, pence: int | None = None) -> Evidence:
    """A register of a practice: how it moved, its people and the list, now and then."""
    now, then = case.practices[one.organisation], (case.last or {})[one.organisation]
    own = f", worth {pounds(one.worth)} to it" if one.worth else ""
    return Evidence(
        subject=one.organisation,
        what=f"{text_of(one.register)}: prevalence {times(one.change.ratio)} the last{own}",
        present=f"{number(one.change.people)} people on a list of {number(now.list_size)}",
        reference=f"{number(one.change.last)} people on a list of {number(then.list_size)}",
        pence=pence,
    )


def text_of(name: RegisterName) -> str:
    """A register as a report names it: `Diabetes Mellitus Register (DM)`."""
    group, field = name
    return f"{field} ({group})"


def _alone(seen: RegisterCase, changes: Changes) -> Iterator[Moved]:
    limit = seen.case.gates.register_movement
    for name, found in changes.items():
        for code, change in found.items():
            if _far(change.ratio, limit):
                yield seen.moved(code, name, change)


def _supplier(
    seen: RegisterCase, supplier: str, name: RegisterName, ratio: int, changes: Mapping[str, Change]
) -> Finding:
    case, asked = seen.case, seen.case.gates.supplier_register_movement
    moved = [seen.moved(code, name, change) for code, change in changes.items() if _far(change.ratio, asked)]
    codes = tuple(one.organisation for one in moved)
    people, last = sum(one.change.people for one in moved), sum(one.change.last for one in moved)
    numbers = seen.rows[name]
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"Of {supplier}, the {text_of(name)} moved by itself: in its median practice of {number(len(changes))} its "
            f"prevalence is {times(ratio)} the last, where up to {threshold(asked.value)} times, up or down, is usual. "
            f"In the {practices(len(codes))} beyond that it counts {number(people)} people, and counted {number(last)}."
            f" They are {names(codes)}."
        ),
        practices=codes,
        evidence=tuple(register_evidence(case, one) for one in moved),
        effect=case.at_last_registers(dict.fromkeys(codes, numbers)) if numbers else case.at_last(codes),
    )


def _practices(seen: RegisterCase, found: Sequence[Moved]) -> Finding:
    case, asked = seen.case, seen.case.gates
    numbers: dict[str, tuple[int, ...]] = {}
    for one in sorted(found, key=lambda one: (one.organisation, one.register)):
        numbers[one.organisation] = numbers.get(one.organisation, ()) + seen.rows[one.register]
    told = sentences([_told(case, one) for one in sorted(found, key=lambda one: (-one.worth, one.organisation))])
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.HELD,
        cause=(
            f"Single registers of {practices(len(numbers))} moved by more than "
            f"{threshold(asked.register_movement.value)} times, up or down, each worth at least "
            f"{threshold(asked.register_worth.value)} pounds to the practice at full points: {told}."
        ),
        practices=tuple(numbers),
        evidence=tuple(_with_effect(seen, one) for one in found),
        effect=case.at_last_registers(numbers),
    )


def _told(case: Case, one: Moved) -> str:
    people = f"from {number(one.change.last)} to {number(one.change.people)} people"
    supplier = case.practices[one.organisation].supplier
    return f"{one.organisation} ({supplier}), its {text_of(one.register)} {people}, {pounds(one.worth)}"


def _with_effect(seen: RegisterCase, one: Moved) -> Evidence:
    effect = seen.case.at_last_registers({one.organisation: seen.rows[one.register]})
    return register_evidence(seen.case, one, pence=effect.others if effect else None)


def _far(ratio: int, limit: Threshold) -> bool:
    return distance(ratio) > limit.value * MILLION


def _at_least(limit: Threshold) -> int:
    return -int(-limit.value // 1)
