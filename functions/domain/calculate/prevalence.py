"""National raw prevalence: how common each register is, over the practices calculated in a run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rules
from schemas.policy import NationalPrevalence


@dataclass(frozen=True, slots=True)
class PrevalenceSums:
    """What the national figures are worked out from; sums of two sets of practices add up to the sums of both.

    By indicator: `raw` adds the practices' raw prevalences (whole numbers of `1 / scale`), `registers` the people on
    the registers. `practices` and `people` count the practices with a list above zero and their lists.
    """

    scale: int
    practices: int
    people: int
    raw: Mapping[str, int]
    registers: Mapping[str, int]


def prevalence_sums(*, rules: Rules, practices: Iterable[tuple[int, Sequence[int]]]) -> PrevalenceSums:
    """The sums over practices, each given as its list and its values by slot. A list of zero is left out."""
    slots = [(rule.code, rule.register) for rule in rules.rules if rule.adjusted and rule.register is not None]
    raw, scale = dict.fromkeys((code for code, _ in slots), 0), rules.prevalence_scale
    registers = dict(raw)
    counted = people = 0
    for size, values in practices:
        if size > 0:
            counted, people = counted + 1, people + size
            for code, slot in slots:
                count = values[slot]
                registers[code] += count
                raw[code] += (2 * count * scale + size) // (2 * size)  # half_up, in line: a nation takes half a million
    return PrevalenceSums(scale=scale, practices=counted, people=people, raw=raw, registers=registers)


def national_prevalence(*, policy: NationalPrevalence, sums: PrevalenceSums) -> Mapping[str, int]:
    """National raw prevalence by indicator, as whole numbers of `1 / scale`: of 12 decimals, 21000000000 is 2.1 %.

    `mean_of_practices` is the arithmetic mean of the practices' prevalences, `pooled` all people on the registers
    over all people on the lists. Both are 0 where nobody was counted.
    """
    if sums.practices == 0:
        return dict.fromkeys(sums.raw, 0)
    if policy is NationalPrevalence.POOLED:
        return {code: half_up(numerator=n * sums.scale, denominator=sums.people) for code, n in sums.registers.items()}
    return {code: half_up(numerator=total, denominator=sums.practices) for code, total in sums.raw.items()}
