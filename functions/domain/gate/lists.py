"""Lists: a practice whose list is 0 though it had one, or though its registers count people, is paid nothing."""

from collections.abc import Iterator, Sequence

from functions.domain.gate.case import Case
from functions.domain.gate.stake import Stake
from functions.domain.gate.words import names, number, practices
from schemas.inspection import Evidence, Finding, Gate, GateVerdict


def lists(case: Case) -> Iterator[Finding]:
    """A finding on each supplier with such lists; one that was 0 in a run that somebody has read of is told only."""
    known: list[Stake] = []
    held = False
    for supplier, stakes in case.suppliers().items():
        empty = [one for one in stakes if _empty(case, one)]
        new = [one for one in empty if not _read_of(case, one)]
        known += [one for one in empty if _read_of(case, one)]
        if new:
            held = True
            yield _held(case, supplier, new, len(stakes))
    if known or not held:
        yield _passed(case, known)


def _empty(case: Case, one: Stake) -> bool:
    return not one.list_size and (bool(_last_list(case, one)) or _counted(one) > 0)


def _read_of(case: Case, one: Stake) -> bool:
    """True where the list was 0 already in a run that was paid."""
    return case.read and _last_list(case, one) == 0


def _held(case: Case, supplier: str, empty: Sequence[Stake], sent: int) -> Finding:
    codes = tuple(one.organisation for one in empty)
    had = tuple(one.organisation for one in empty if _last_list(case, one))
    return Finding(
        gate=Gate.LISTS,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"Of {supplier}, the lists of {number(len(codes))} of {practices(sent)} are 0, so that they are paid "
            f"nothing and count in no national figure; {number(len(had))} had a list the last time. "
            f"They are {names(codes)}."
        ),
        practices=codes,
        evidence=tuple(_evidence(case, one) for one in empty),
        effect=case.at_last(had) if had else None,
    )


def _passed(case: Case, known: Sequence[Stake]) -> Finding:
    cause = "No list is 0 where there was one before, or where registers count people."
    again = f"As in the run before, the lists of {practices(len(known))} are 0: somebody has read of them."
    return Finding(
        gate=Gate.LISTS,
        verdict=GateVerdict.PASSED,
        cause=again if known else cause,
        practices=tuple(one.organisation for one in known),
        evidence=tuple(_evidence(case, one) for one in known),
    )


def _evidence(case: Case, one: Stake) -> Evidence:
    last = _last_list(case, one)
    return Evidence(
        subject=one.organisation,
        what="people registered",
        present=f"list 0, {number(_counted(one))} on registers",
        reference="" if last is None else f"list {number(last)}",
    )


def _last_list(case: Case, one: Stake) -> int | None:
    """The list of the run before; None where the practice was not there."""
    last = (case.last or {}).get(one.organisation)
    return last.list_size if last else None


def _counted(one: Stake) -> int:
    return sum(max(count, 0) for count in one.counts.values())
