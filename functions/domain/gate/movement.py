"""Movement: registers and lists against the same practice's last, of each practice and of each supplier."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from functions.domain.gate.case import Case
from functions.domain.gate.ratio import Movement, beyond, median, movement
from functions.domain.gate.register_movement import register_evidence, registers, unlike_the_others
from functions.domain.gate.registers import Moved
from functions.domain.gate.words import MILLION, names, number, practices, sentences, threshold, times
from schemas.inspection import Evidence, Finding, Gate, GateVerdict


def movements(case: Case) -> Iterator[Finding]:
    """Suppliers whose median practice moved, then the practices that moved though their supplier did not."""
    if case.last is None:
        cause = "There is no run before this one to compare registers and lists with."
        yield Finding(gate=Gate.MOVEMENT, verdict=GateVerdict.NOT_JUDGED, cause=cause)
        return
    moved = _movements(case)
    held = tuple(_suppliers(case, moved))
    yield from held
    at_fault = {code for finding in held for code in finding.practices}
    others = {code: one for code, one in moved.items() if code not in at_fault}
    found = _practices(case, others)
    if found:
        yield found
        at_fault.update(found.practices)
    single = registers(case, at_fault)
    yield from single.held
    yield _passed(case, others, single.told, held=bool(held or found or single.held))


def _movements(case: Case) -> Mapping[str, Movement]:
    smallest = -int(-case.gates.smallest_register.value // 1)
    last = case.last or {}
    both = sorted(case.practices.keys() & last.keys())
    found = (movement(now=case.practices[code], then=last[code], smallest=smallest) for code in both)
    return {one.organisation: one for one in found if one is not None}


def _suppliers(case: Case, moved: Mapping[str, Movement]) -> Iterator[Finding]:
    for supplier, stakes in case.suppliers().items():
        mine = [moved[one.organisation] for one in stakes if one.organisation in moved]
        prevalence = median(one.prevalence for one in mine if one.prevalence is not None)
        lists = median(one.list_size for one in mine)
        limit = case.gates.supplier_movement.value
        if beyond(ratio=prevalence, factor=limit):
            yield _supplier(
                case, supplier, mine, f"the prevalences of its median practice are {times(prevalence or 0)}"
            )
        elif beyond(ratio=lists, factor=limit):
            yield _supplier(case, supplier, mine, f"the list of its median practice is {times(lists or 0)}")


def _supplier(case: Case, supplier: str, moved: Sequence[Movement], what: str) -> Finding:
    codes = tuple(one.organisation for one in moved)
    people = median(one.registers for one in moved if one.registers is not None) or 0
    prevalence = median(one.prevalence for one in moved if one.prevalence is not None) or MILLION
    unlike = unlike_the_others(case, supplier, [case.practices[code] for code in codes], prevalence)
    limit = threshold(case.gates.supplier_movement.value)
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"Of {supplier}, {what} their last (its registers count {times(people)} as many people), over "
            f"{practices(len(codes))}; up to {limit} times, up or down, is usual. They are {names(codes)}."
        ),
        practices=codes,
        evidence=(*unlike, *(_evidence(case, one) for one in moved)),
        effect=case.at_last(codes),
    )


def _practices(case: Case, moved: Mapping[str, Movement]) -> Finding | None:
    limit = case.gates.practice_movement.value
    found = [one for one in moved.values() if beyond(ratio=one.prevalence, factor=limit)]
    if not found:
        return None
    codes = tuple(one.organisation for one in found)
    told = sentences([_told(case, one) for one in found])
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.HELD,
        cause=f"{practices(len(found))} moved by more than {threshold(limit)} times, up or down: {told}.",
        practices=codes,
        evidence=tuple(_evidence(case, one, worth=True) for one in found),
        effect=case.at_last(codes),
    )


def _told(case: Case, one: Movement) -> str:
    """What happened to a practice, as its registers and its list tell it."""
    limit = case.gates.practice_movement.value
    now, then = case.practices[one.organisation].list_size, (case.last or {})[one.organisation].list_size
    front = f"{one.organisation} ({case.practices[one.organisation].supplier})"
    lists = f"its list went from {number(then)} to {number(now)}"
    if beyond(ratio=one.list_size, factor=limit) and not beyond(ratio=one.registers, factor=limit):
        return f"{front}, {lists} and its registers did not follow (a split or merger misreported?)"
    return f"{front}, its registers count {times(one.registers or 0)} as many people while {lists}"


def _evidence(case: Case, one: Movement, *, worth: bool = False) -> Evidence:
    code = one.organisation
    stake, last = case.practices[code], (case.last or {})[code]
    effect = case.at_last([code]) if worth else None
    return Evidence(
        subject=code,
        what=f"median of {number(one.judged)} registers: prevalence {times(one.prevalence or 0)} the last",
        present=f"list {number(stake.list_size)}, {number(_counted(stake.counts.values()))} on registers",
        reference=f"list {number(last.list_size)}, {number(_counted(last.counts.values()))} on registers",
        pence=effect.others if effect else None,
    )


def _passed(case: Case, moved: Mapping[str, Movement], told: Sequence[Moved], *, held: bool) -> Finding:
    """What passed: prevalences that stand, lists that moved with their registers, and registers worth too little."""
    limit = case.gates.practice_movement.value
    lists = [
        one
        for one in moved.values()
        if beyond(ratio=one.list_size, factor=limit) and not beyond(ratio=one.prevalence, factor=limit)
    ]
    compared = f"{practices(len(moved))} with a list now and in the run before"
    stand = (
        f"Of {compared}, all prevalences that are not named stand" if held else f"The prevalences of {compared} stand"
    )
    more = f" The lists of {practices(len(lists))} moved by more, and their registers with them." if lists else ""
    codes = dict.fromkeys([*(one.organisation for one in lists), *(one.organisation for one in told)])
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.PASSED,
        cause=f"{stand} within what is usual.{more}{_registers_told(case, told)}",
        practices=tuple(codes),
        evidence=(*(_evidence(case, one) for one in lists), *(register_evidence(case, one) for one in told)),
    )


def _registers_told(case: Case, told: Sequence[Moved]) -> str:
    if not told:
        return ""
    gates, some = case.gates, practices(len({one.organisation for one in told}))
    return (
        f" Single registers of {some} moved by more than {threshold(gates.register_movement.value)} times, each worth "
        f"less than {threshold(gates.register_worth.value)} pounds to the practice."
    )


def _counted(counts: Collection[int]) -> int:
    return sum(count for count in counts if count > 0)
