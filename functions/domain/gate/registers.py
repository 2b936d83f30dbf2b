"""Registers one by one: each against the same practice's last. A fault in one disease moves no median of them all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rule, Rules
from functions.domain.gate.nation import Figures, unit
from functions.domain.gate.ratio import median, ratio_of
from functions.domain.gate.stake import RegisterName, Stake, adjusted_rules
from functions.domain.gate.words import MILLION
from functions.domain.submission import ABSENT

Rows = Mapping[RegisterName, tuple[int, ...]]  # the adjusted rules of each register, by number


class Change(NamedTuple):
    """A register of a practice now and then: its prevalence against the last in millionths, and its people."""

    ratio: int
    people: int
    last: int


Changes = Mapping[RegisterName, Mapping[str, Change]]  # by register and practice


@dataclass(frozen=True, slots=True)
class Moved:
    """A register of a practice that moved, and `worth`, in pence: what that is to the practice itself, at full points
    and the national figures of the run before.
    """

    organisation: str
    register: RegisterName
    change: Change
    worth: int


def register_rows(*, rules: Rules, names: Iterable[RegisterName]) -> Rows:
    """Every register with the adjusted rules that have a row of it: each indicator sends its own."""
    found: dict[RegisterName, list[int]] = {name: [] for name in names}
    for number, rule in enumerate(adjusted_rules(rules=rules)):
        found.setdefault(register_of(rules=rules, rule=rule), []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def register_of(*, rules: Rules, rule: Rule) -> RegisterName:
    """The register of an adjusted rule."""
    return rule.group, rules.grid.slots[rule.register or 0].field


def register_changes(
    *, pairs: Iterable[tuple[Stake, Stake]], rows: Rows, slots: Sequence[int], smallest: int
) -> Changes:
    """How every register that was sent both times, and was once large enough, moved, of practices now and then.

    `slots` are those of the adjusted rules. Of the rows of one register the one that moved most counts.
    """
    found: dict[RegisterName, dict[str, Change]] = {name: {} for name in rows}
    for now, then in pairs:
        if now.list_size and then.list_size:
            for name, numbers in rows.items():
                counts = _counts(now, then, name, numbers, slots)
                judged = [_change(now, then, *people) for people in counts if max(people) >= smallest]
                if judged:
                    found[name][now.organisation] = max(judged, key=lambda one: distance(one.ratio))
    return found


def median_ratios(*, changes: Changes, fewest: int) -> Mapping[RegisterName, int]:
    """The median of each register that was judged in enough practices."""
    enough = ((name, found.values()) for name, found in changes.items() if len(found) >= fewest)
    return {name: median(one.ratio for one in found) or 0 for name, found in enough if found}


def worth(*, rules: Rules, now: Stake, then: Stake, numbers: Sequence[int], figures: Figures) -> int:
    """What the move of a register is worth to the practice, in pence, by the adjusted rules that it is a row of.

    points x people x value of a point / (national prevalence x average list): the practice's own list cancels out.
    """
    adjusted, found = adjusted_rules(rules=rules), 0
    for number in numbers:
        if figures[number]:
            points = adjusted[number].points * abs(now.registers[number] - then.registers[number]) * (rules.days or 1)
            amount = points * rules.prevalence_scale * rules.value_of_point
            found += half_up(numerator=amount, denominator=figures[number] * unit(rules=rules))
    return found


def distance(ratio: int) -> int:
    """How far a ratio is from 1, in millionths, whether up or down."""
    return max(ratio, MILLION * MILLION // max(ratio, 1))


def _counts(
    now: Stake, then: Stake, name: RegisterName, numbers: Sequence[int], slots: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """People now and then, on every different row of a register that was sent both times."""
    last = then.counts.get(name, ABSENT)
    found = {(now.counts[name], last)} if last != ABSENT else set()
    for number in numbers:
        if then.values[slots[number]] != ABSENT:
            found.add((now.registers[number], then.registers[number]))
    yield from found


def _change(now: Stake, then: Stake, people: int, last: int) -> Change:
    ratio = ratio_of(max(people, 1) * then.list_size, max(last, 1) * now.list_size)
    return Change(ratio, people, last)
