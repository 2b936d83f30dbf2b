"""What one practice brings into the national figures and takes out of the nation's money."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.calculate.points import indicator_points
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rule, Rules
from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, FILE
from schemas.service import ServiceDocument

RegisterName = tuple[str, str]  # the group, and the FIELD_NAME of the register on its rows


@dataclass(frozen=True, slots=True)
class Stake:
    """A practice as the gates see it.

    `values` by slot; `latest`: when its last count was submitted, 20240402111950; `counts`: people on each register, by
    `RegisterName`. In the order of the rules that follow prevalence: `registers`, `raw` prevalences (whole numbers of
    1 / scale) and `weights`, points x register x days. `flat`: points x list x days of all other rules together.
    `fixed`: the indicators whose points a decision gives.
    """

    organisation: str
    supplier: str
    list_size: int
    values: Sequence[int]
    latest: int
    counts: Mapping[RegisterName, int]
    registers: tuple[int, ...]
    raw: tuple[int, ...]
    weights: tuple[int, ...]
    flat: int
    fixed: frozenset[str]


def adjusted_rules(*, rules: Rules) -> tuple[Rule, ...]:
    """The rules whose pounds follow prevalence, in their order."""
    return tuple(rule for rule in rules.rules if rule.adjusted and rule.register is not None)


def register_slots(*, document: ServiceDocument, grid: Grid) -> Mapping[RegisterName, int]:
    """Every register of a service once, with the slot of the first indicator of its group that carries it."""
    found: dict[RegisterName, int] = {}
    for indicator in document.scored:
        name = indicator.fields.register_name
        if name is not None:
            found.setdefault((indicator.group, name), grid.numbers[indicator.code][name])
    return found


def counted_slots(*, grid: Grid) -> tuple[int, ...]:
    """The slots of what a system counts; where there is no such slot, all. Flags are entered by hand, at any time."""
    counted = tuple(number for number, slot in enumerate(grid.slots) if not slot.flag)
    return counted or tuple(range(len(grid.slots)))


def last_submitted(*, slots: Sequence[int], practice: FrozenPractice) -> int:
    """The last time of submission among some slots, 20240402111950; 0 where there are none."""
    stamps = practice.submission.stamps
    return max((stamps[slot] for slot in slots), default=0)


def stake(
    *,
    rules: Rules,
    counts: Mapping[RegisterName, int],
    values: Sequence[int],
    latest: int,
    practice: FrozenPractice,
) -> Stake:
    """The stake of a practice with these values, by slot of the rules' grid, and these counts on its registers."""
    size, scale = practice.list_size, rules.prevalence_scale
    registers = tuple(values[rule.register or 0] for rule in adjusted_rules(rules=rules))
    weights, flat = _weights(rules, practice, values)
    return Stake(
        organisation=practice.organisation,
        supplier=supplier(practice=practice),
        list_size=size,
        values=values,
        latest=latest,
        counts=counts,
        registers=registers,
        raw=tuple(half_up(numerator=count * scale, denominator=size) if size else 0 for count in registers),
        weights=weights,
        flat=flat,
        fixed=frozenset(practice.fixed),
    )


def supplier(*, practice: FrozenPractice) -> str:
    """Who sent most of a practice's values; of two who sent as many, the first by name."""
    senders = [file.supplier for file in practice.files]
    if len(set(senders)) == 1:
        return senders[0]
    submission = practice.submission
    places = zip(submission.values, submission.places, strict=True)
    sent = Counter(senders[place // FILE] for value, place in places if value != ABSENT)
    return min(sent, key=lambda name: (-sent[name], name))


def _weights(rules: Rules, practice: FrozenPractice, values: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """The weights by rule that follows prevalence, and the flat weight; nothing where there is no list."""
    days, size = _days(rules, practice), practice.list_size
    weights, flat = [], 0
    for rule in rules.rules:
        decided = practice.fixed.get(rule.code)
        points = (decided.points if decided else indicator_points(rule=rule, values=values)) * days * (size > 0)
        if rule.adjusted and rule.register is not None:
            weights.append(points * values[rule.register])
        else:
            flat += points * size
    return tuple(weights), flat


def _days(rules: Rules, practice: FrozenPractice) -> int:
    if rules.days is None:
        return 1
    return rules.days if practice.days_open is None else practice.days_open
