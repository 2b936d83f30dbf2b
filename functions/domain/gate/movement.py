"""Movement: registers and lists against the same practice's last, of each practice and of each supplier."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from functions.domain.gate.case import Case
from functions.domain.gate.ratio import Movement, beyond, median, movement
from functions.domain.gate.words import names, number, practices, sentences, threshold, times
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
    yield _lists(case, others, held=bool(held or found))


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
    registers = median(one.registers for one in moved if one.registers is not None) or 0
    limit = threshold(case.gates.supplier_movement.value)
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"Of {supplier}, {what} their last (its registers count {times(registers)} as many people), over "
            f"{practices(len(codes))}; up to {limit} times, up or down, is usual. They are {names(codes)}."
        ),
        practices=codes,
        evidence=tuple(_evidence(case, one) for one in moved),
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


def _lists(case: Case, moved: Mapping[str, Movement], *, held: bool) -> Finding:
    """What passed: prevalences that stand, and lists that moved together with their registers."""
    limit = case.gates.practice_movement.value
    lists = [
        one
        for one in moved.values()
        if beyond(ratio=one.list_size, factor=limit) and not beyond(ratio=one.prevalence, factor=limit)
    ]
    stand = "The other practices' prevalences" if held else "Every practice's and supplier's prevalences"
    more = f" The lists of {practices(len(lists))} moved by more, and their registers with them." if lists else ""
    return Finding(
        gate=Gate.MOVEMENT,
        verdict=GateVerdict.PASSED,
        cause=f"{stand} stand within what is usual.{more}",
        practices=tuple(one.organisation for one in lists),
        evidence=tuple(_evidence(case, one) for one in lists),
    )


def _counted(counts: Collection[int]) -> int:
    return sum(count for count in counts if count > 0)
