"""What differs between what a run kept and what is there or comes out now, by name."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from functions.domain.calculate.text import decimal_text
from functions.domain.evidence.national import NationalFigures
from functions.domain.explain.columns import grouped
from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, decode_values
from schemas.working import Gain, WorkingLine

NAMED = 3  # deviations of one practice named one by one; of the others, how many
LONGEST = 60  # characters of a value
INPUTS = {
    "its extract": ("values", "times", "places", "files"),
    "its list or contract": ("list_size", "days_open", "listed", "commissioner"),
    "its decisions": ("fixed", "decisions"),
}
RESULTS = {"payment": "£", "points": "", "available": ""}  # all three in hundredths; what stands before them


@dataclass(frozen=True, slots=True)
class Deviation:
    """A figure by its name, as it was kept and as it is now."""

    name: str
    kept: str
    current: str

    def __str__(self) -> str:
        return f"{self.name} (kept {self.kept}, now {self.current})"


def inputs_deviating(*, grid: Grid, kept: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Which inputs of a practice differ, a phrase for its extract, its list and its decisions each.

    Both are what a line of frozen inputs says. Raises ValueError, LookupError or TypeError where one says nothing such.
    """
    for name, keys in INPUTS.items():
        found = [one for key in keys for one in _input(grid, key, kept, now)]
        if found:
            yield f"{name}: {listed(found)}"


def working_deviating(*, grid: Grid, kept: bytes, now: bytes) -> str:
    """What differs in the working of a practice, in a phrase. Raises as `inputs_deviating` does."""
    was, here = json.loads(kept), json.loads(now)
    totals = (
        Deviation(name, f"{front}{_hundredths(was[name])}", f"{front}{_hundredths(here[name])}")
        for name, front in RESULTS.items()
        if was[name] != here[name]
    )
    lines = _fields("", WorkingLine._fields, was["lines"], here["lines"])
    gains = _fields("what more would earn on ", Gain._fields, was["gains"], here["gains"])
    found = [*totals, *lines, *gains]
    phrases = [*([listed(found)] if found else []), *inputs_deviating(grid=grid, kept=was, now=here)]
    return "; ".join(phrases) or "how it is written, no figure"


def national_deviating(*, kept: NationalFigures, now: NationalFigures) -> Iterator[Deviation]:
    """Every national figure that differs."""
    for name in ("practices", "people", "scale"):
        yield from _figure(name, getattr(kept, name), getattr(now, name))
    places = len(str(now.scale)) - 1
    for name, what, decimals in (
        ("prevalence", "prevalence of", places),
        ("raw", "sum of prevalences of", places),
        ("registers", "people on the register of", 0),
    ):
        was, here = getattr(kept, name), getattr(now, name)
        for code in dict.fromkeys((*here, *was)):
            yield from _figure(f"{what} {code}", was.get(code), here.get(code), decimals)


def listed(found: Sequence[Deviation]) -> str:
    """Deviations in one phrase, the first of them by name."""
    more = f" and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return f"{', '.join(map(str, found[:NAMED]))}{more}"


def _figure(name: str, was: int | None, here: int | None, places: int = 0) -> Iterator[Deviation]:
    if was != here:
        told = ("nothing" if one is None else grouped(decimal_text(one, places=places)) for one in (was, here))
        yield Deviation(name, *told)


def _input(grid: Grid, key: str, kept: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Deviation]:
    if kept[key] == now[key]:
        return
    if key == "values":
        counts = (decode_values(grid=grid, encoded=told[key]) for told in (kept, now))
        for slot, was, here in zip(grid.slots, *counts, strict=True):
            if was != here:
                yield Deviation(f"{slot.indicator} {slot.field}", _count(was), _count(here))
    elif key == "fixed":
        for code in sorted({*kept[key], *now[key]}):
            was, here = (told[key].get(code) for told in (kept, now))
            if was != here:
                yield Deviation(f"points of {code}", _fixed(was), _fixed(here))
    else:
        yield Deviation(key.replace("_", " "), _shown(kept[key]), _shown(now[key]))


def _fields(
    front: str, fields: Sequence[str], kept: Iterable[Sequence[str]], now: Iterable[Sequence[str]]
) -> Iterator[Deviation]:
    """What differs in lines of named fields, of which the first is the name of the line."""
    for was, here in zip_longest(kept, now, fillvalue=()):
        line = (here or was)[0]
        for field, first, second in zip_longest(fields, was, here, fillvalue=""):
            if first != second:
                yield Deviation(f"{front}{line} {field}", first or "nothing", second or "nothing")


def _count(value: int) -> str:
    return "nothing" if value == ABSENT else f"{value:,}"


def _fixed(told: Sequence[Any] | None) -> str:
    return "nothing" if told is None else f"{_hundredths(told[0])} by {told[1]}"


def _hundredths(value: int) -> str:
    return grouped(decimal_text(value, places=2))


def _shown(value: object) -> str:
    """A value as a sentence may hold it, however long it is."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
