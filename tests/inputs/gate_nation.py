"""A synthetic nation with a month behind it: plausible registers that moved by a few percent, and four suppliers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from functions.domain.calculate.inputs import FrozenPractice, SourceFile
from functions.domain.grid import Grid, service_grid
from functions.domain.submission import submission_of
from schemas.service import Indicator, ServiceDocument

SUPPLIERS = ("emis", "tpp", "vision", "microtest")
NOW, THEN = 20240402111950, 20240302111950


@dataclass(frozen=True)
class Counted:
    """A practice with its list and its values by slot, now and a month before."""

    code: str
    supplier: str
    size: int
    values: Sequence[int]
    last: Sequence[int]


def counted_nation(*, document: ServiceDocument, practices: int, seed: int = 1) -> dict[str, Counted]:
    """The practices by code. Chance comes from the seed alone."""
    chance, grid = Random(seed), service_grid(document=document)  # noqa: S311  # a sample to repeat
    usual = {name: chance.uniform(0.01, 0.12) for name in sorted(_registers(document))}
    found = {}
    for number in range(practices):
        code, size = f"{'ABCDEFGH'[number // 1000]}{81000 + number % 1000}", chance.randrange(3_000, 15_000)
        rates = {name: rate * chance.uniform(0.75, 1.25) for name, rate in usual.items()}
        last = list(_values(document, grid, size, rates, chance))
        values = _grown(grid, document, last, chance)
        found[code] = Counted(code, SUPPLIERS[number % len(SUPPLIERS)], size, values, last)
    return found


def frozen(
    nation: Mapping[str, Counted], *, last: bool = False, stamps: Mapping[str, int] | None = None
) -> Iterator[FrozenPractice]:
    """The practices as a run froze them, now or a month before; `stamps` are the times of some."""
    usual = THEN if last else NOW
    for code in sorted(nation):
        one = nation[code]
        values = one.last if last else one.values
        yield FrozenPractice(
            organisation=code,
            commissioner="16C",
            list_size=one.size,
            files=(SourceFile(f"file of {one.supplier}", f"{one.supplier}.csv", one.supplier),),
            submission=submission_of(
                values=list(values),
                stamps=[(stamps or {}).get(code, usual)] * len(values),
                places=list(range(2, 2 + len(values))),
            ),
        )


def halved(one: Counted, grid: Grid) -> Counted:
    """The practice with every count but its flags halved, as a system that loses every second patient sends it."""
    halves = [value if slot.flag else value // 2 for slot, value in zip(grid.slots, one.values, strict=True)]
    return replace(one, values=halves)


def _registers(document: ServiceDocument) -> set[tuple[str, str]]:
    return {(one.group, one.fields.register_name) for one in document.scored if one.fields.register_name}


def _values(
    document: ServiceDocument, grid: Grid, size: int, rates: Mapping[tuple[str, str], float], chance: Random
) -> Iterator[int]:
    for indicator in document.indicators:
        register = int(size * rates.get((indicator.group, indicator.fields.register_name or ""), 0.2))
        yield from _indicator(grid, indicator, register, chance)


def _indicator(grid: Grid, indicator: Indicator, register: int, chance: Random) -> Iterator[int]:
    fields, below = indicator.fields, register - register // 12
    reached = below - chance.randrange(1 + below // 3)
    known = {fields.register_name: register, fields.numerator: reached, fields.denominator: below}
    for field in grid.numbers[indicator.code]:
        yield 1 if field == fields.flag else known.get(field, chance.randrange(1 + register // 20))


def _grown(grid: Grid, document: ServiceDocument, last: Sequence[int], chance: Random) -> list[int]:
    """The same a month later: each area's counts up or down by at most 3 percent, shares as they were."""
    groups = {indicator.code: indicator.group for indicator in document.indicators}
    growth = {group: chance.randrange(97, 104) for group in sorted(set(groups.values()))}
    return [
        value if slot.flag else value * growth[groups[slot.indicator]] // 100
        for slot, value in zip(grid.slots, last, strict=True)
    ]
