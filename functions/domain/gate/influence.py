"""Influence: the practices that move a national figure most, and what that is worth to everybody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from functions.domain.gate.case import Case
from functions.domain.gate.nation import Figures, Nation, nation, national_figures, unit
from functions.domain.gate.stake import Stake, adjusted_rules
from functions.domain.gate.words import MILLION, number, paid, percent, pounds, practices, sentences, threshold
from schemas.inspection import Evidence, Finding, Gate, GateVerdict
from schemas.policy import NationalPrevalence


@dataclass(frozen=True, slots=True)
class Influence:
    """How a practice moves everybody else's payments, in millionths of a penny: `gross` adds what it moves on each
    indicator whatever its sign. `most` numbers the indicator it moves most, whose national figure is `without` it.
    """

    organisation: str
    gross: int
    most: int
    without: int


def influences(case: Case) -> Iterator[Finding]:
    """The practices of most influence; held where one is worth more than the threshold and was not the time before."""
    ranked = ranking(rules=case.rules, stakes=case.practices, together=case.nation)
    beyond = [one for one in ranked if _above(one, case.gates.influence.value)]
    new = [one for one in beyond if one.organisation not in _known(case)] if beyond else []
    listed = list(dict.fromkeys([*new, *ranked[: int(case.gates.influence_listed.value)]]))
    yield Finding(
        gate=Gate.INFLUENCE,
        verdict=GateVerdict.HELD if new else GateVerdict.PASSED,
        cause=_cause(case, new, len(beyond) - len(new)),
        practices=tuple(one.organisation for one in new),
        evidence=tuple(_evidence(case, one) for one in listed),
        effect=case.without([one.organisation for one in new]) if new else None,
    )


def ranking(*, rules: Rules, stakes: Mapping[str, Stake], together: Nation) -> Sequence[Influence]:
    """Every practice with a list, by its influence, the most first; of two alike the first by code."""
    figures = national_figures(rules=rules, of=together)
    found = (_influence(rules, one, together, figures) for one in stakes.values() if one.list_size)
    return sorted(found, key=lambda one: (-one.gross, one.organisation))


def _influence(rules: Rules, one: Stake, together: Nation, figures: Figures) -> Influence:
    """Leave one out: on each indicator the others' weight x (1 / figure - 1 / figure without it)."""
    factor = rules.prevalence_scale * rules.value_of_point * MILLION
    without, gross, most, largest = _without(rules, one, together), 0, 0, 0
    for number_, (left, figure) in enumerate(zip(without, figures, strict=True)):
        if left and figure:
            others = (together.weights[number_] - one.weights[number_]) * factor
            moved = others * abs(left - figure) // (left * figure * unit(rules=rules))
            gross += moved
            if moved > largest:
                most, largest = number_, moved
    return Influence(one.organisation, gross, most, without[most] if without else 0)


def _without(rules: Rules, one: Stake, together: Nation) -> Figures:
    """The national figures of the others."""
    if together.practices == 1:
        return (0,) * len(together.raw)
    if rules.national_prevalence is NationalPrevalence.POOLED:
        scale, people = rules.prevalence_scale, together.people - one.list_size
        sums = zip(together.registers, one.registers, strict=True)
        return tuple(half_up(numerator=(total - own) * scale, denominator=people) for total, own in sums)
    counted = together.practices - 1
    pairs = zip(together.raw, one.raw, strict=True)
    return tuple(half_up(numerator=total - own, denominator=counted) for total, own in pairs)


def _known(case: Case) -> frozenset[str]:
    """The practices that were beyond the threshold in the run before, if somebody has read of them."""
    if case.last is None or not case.read:
        return frozenset()
    together = nation(case.last.values(), size=len(case.nation.raw))
    ranked = ranking(rules=case.rules, stakes=case.last, together=together)
    return frozenset(one.organisation for one in ranked if _above(one, case.gates.influence.value))


def _above(one: Influence, limit: Decimal) -> bool:
    return one.gross > limit * 100 * MILLION


def _cause(case: Case, new: Sequence[Influence], again: int) -> str:
    limit = f"more than {threshold(case.gates.influence.value)} pounds of the others' pay"
    known = f" As in the run before, {practices(again)} did." if again else ""
    if not new:
        return f"No practice moved {limit} by moving the national figures, or none that did not before.{known}"
    told = sentences([_told(case, one) for one in new])
    return f"By moving the national figures, {practices(len(new))} moved {limit}: {told}.{known}"


def _told(case: Case, one: Influence) -> str:
    rule = adjusted_rules(rules=case.rules)[one.most]
    scale = case.rules.prevalence_scale
    own = percent(case.practices[one.organisation].raw[one.most], scale=scale)
    nations = percent(national_figures(rules=case.rules, of=case.nation)[one.most], scale=scale)
    front = f"{one.organisation} ({case.practices[one.organisation].supplier})"
    most = f"most by {rule.code}, of which it has {own} and the nation {nations}"
    return f"{front} moved {pounds(_pence(one.gross))}, {most}, or {percent(one.without, scale=scale)} without it"


def _evidence(case: Case, one: Influence) -> Evidence:
    rule, scale = adjusted_rules(rules=case.rules)[one.most], case.rules.prevalence_scale
    stake, effect = case.practices[one.organisation], case.without([one.organisation])
    register, size = number(stake.registers[one.most]), number(stake.list_size)
    figure = national_figures(rules=case.rules, of=case.nation)[one.most]
    net = f", {paid(effect.others)} to the others in all" if effect else ""
    return Evidence(
        subject=one.organisation,
        what=f"moved {pounds(_pence(one.gross))}{net}; most by {rule.code}, its register {register} of {size} people",
        present=f"national prevalence {percent(figure, scale=scale)}",
        reference=f"{percent(one.without, scale=scale)} without it",
        pence=effect.others if effect else None,
    )


def _pence(millionths: int) -> int:
    return half_up(numerator=millionths, denominator=MILLION)
