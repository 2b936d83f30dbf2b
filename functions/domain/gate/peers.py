"""Peers: a practice whose registers count many times what the nation's do, such as one with a list misreported."""

from collections.abc import Iterator, Mapping

from functions.domain.calculate.rounding import half_up
from functions.domain.gate.case import Case
from functions.domain.gate.ratio import median
from functions.domain.gate.stake import RegisterName, Stake
from functions.domain.gate.words import MILLION, number, practices, sentences, threshold, times
from schemas.inspection import Evidence, Finding, Gate, GateVerdict

Means = Mapping[RegisterName, int]  # national mean prevalence of each register, in whole numbers of 1 / scale


def peers(case: Case) -> Iterator[Finding]:
    """The practices far above the nation, unless they were so in the run before and somebody has read of it."""
    far = _far(case, case.practices)
    known = _far(case, {code: case.last[code] for code in case.last}) if case.last and case.read and far else {}
    new = {code: ratio for code, ratio in far.items() if code not in known}
    if new:
        yield _held(case, new)
        return
    again = f" As in the run before, {practices(len(far))} did." if far else ""
    limit = f"more than {threshold(case.gates.peer_distance.value)}"
    yield Finding(
        gate=Gate.PEERS,
        verdict=GateVerdict.PASSED,
        cause=f"No practice counts {limit} times the nation's prevalences, or none that did not before.{again}",
        practices=tuple(far),
        evidence=tuple(_evidence(case, code, ratio) for code, ratio in far.items()),
    )


def _held(case: Case, found: Mapping[str, int]) -> Finding:
    told = sentences([_told(case.practices[code], ratio) for code, ratio in found.items()])
    return Finding(
        gate=Gate.PEERS,
        verdict=GateVerdict.HELD,
        cause=(
            f"{practices(len(found))} counted more than {threshold(case.gates.peer_distance.value)} times the nation's "
            f"prevalences: {told}. Is the list right?"
        ),
        practices=tuple(found),
        evidence=tuple(_evidence(case, code, ratio) for code, ratio in found.items()),
        effect=case.without(tuple(found)),
    )


def _told(one: Stake, ratio: int) -> str:
    return f"{one.organisation} ({one.supplier}), {times(ratio)} on a list of {number(one.list_size)}"


def _far(case: Case, stakes: Mapping[str, Stake]) -> Mapping[str, int]:
    """The median ratio of each practice beyond the threshold, by code."""
    means = _means(case, stakes)
    limit = case.gates.peer_distance.value * MILLION
    ratios = ((code, _distance(case, stakes[code], means)) for code in sorted(stakes))
    return {code: ratio for code, ratio in ratios if ratio is not None and ratio > limit}


def _distance(case: Case, one: Stake, means: Means) -> int | None:
    if not one.list_size:
        return None
    scale, smallest = case.rules.prevalence_scale, case.gates.smallest_register.value
    return median(
        half_up(numerator=count * scale * MILLION, denominator=one.list_size * means[name])
        for name, count in one.counts.items()
        if count >= smallest
    )


def _means(case: Case, stakes: Mapping[str, Stake]) -> Means:
    sums: dict[RegisterName, int] = {}
    counted = 0
    for one in stakes.values():
        if one.list_size:
            counted += 1
            for name, count in one.counts.items():
                sums[name] = sums.get(name, 0) + max(count, 0) * case.rules.prevalence_scale // one.list_size
    return {name: max(1, total // max(1, counted)) for name, total in sums.items()}


def _evidence(case: Case, code: str, ratio: int) -> Evidence:
    one, effect = case.practices[code], case.without([code])
    counted = sum(max(count, 0) for count in one.counts.values())
    return Evidence(
        subject=code,
        what=f"median prevalence {times(ratio)} the nation's",
        present=f"list {number(one.list_size)}, {number(counted)} on registers",
        reference="",
        pence=effect.others if effect else None,
    )
