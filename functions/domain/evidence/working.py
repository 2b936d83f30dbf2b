"""The working of a practice as it is kept: what it brought in, the lines of its payment, and what more would earn."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from functions.domain.calculate.achievement import Achievement, practice_achievement
from functions.domain.calculate.gain import practice_gains
from functions.domain.calculate.inputs import FrozenPractice, practice_from_line
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.rules import Rules, hundredths, service_rules
from functions.domain.calculate.working import working_lines
from functions.domain.digest import canonical_json
from schemas.service import ServiceDocument
from schemas.working import Gain, WorkingLine

RESULTS = frozenset({"points", "available", "payment", "lines", "gains"})  # what a line holds beside the inputs


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything that is the same for every practice of a run."""

    rules: Rules
    national: Mapping[str, int]
    worth: Valuation


@dataclass(frozen=True, slots=True)
class Worked:
    """A practice calculated: what it brought in, its achievement, and the `line` that is kept of it."""

    practice: FrozenPractice
    achievement: Achievement
    line: bytes


@dataclass(frozen=True, slots=True)
class KeptWorking:
    """What is read back of a practice. `points` and `available` in hundredths, `payment` in pence."""

    practice: FrozenPractice
    points: int
    available: int
    payment: int
    lines: tuple[WorkingLine, ...]
    gains: tuple[Gain, ...]


def run_engine(*, document: ServiceDocument, national: Mapping[str, int]) -> Engine:
    """What calculates every practice of a run, from its document and its national prevalences by indicator."""
    rules = service_rules(document=document)
    return Engine(rules=rules, national=national, worth=valuation(rules=rules, national=national))


def worked_practice(*, engine: Engine, line: bytes) -> Worked:
    """A practice of the frozen inputs, given by its line there, with everything that explains it.

    What it brought in is kept again beside what it came to: one line can be read and shown by itself, for ever.
    """
    practice = practice_from_line(grid=engine.rules.grid, line=line)
    inputs = practice.inputs
    achievement = practice_achievement(rules=engine.rules, practice=inputs, worth=engine.worth)
    lines = working_lines(rules=engine.rules, practice=inputs, achievement=achievement, national=engine.national)
    gains = practice_gains(rules=engine.rules, practice=inputs, achievement=achievement, worth=engine.worth)
    told = {
        **json.loads(line),
        "points": achievement.points,
        "available": achievement.available,
        "payment": achievement.payment,
        "lines": list(lines),
        "gains": list(gains),
    }
    return Worked(practice=practice, achievement=achievement, line=canonical_json(told))


def worked_practices(*, engine: Engine, inputs: Iterable[bytes]) -> tuple[Worked, ...]:
    """Every practice of some lines of the frozen inputs."""
    return tuple(worked_practice(engine=engine, line=line) for line in inputs)


def kept_points(*, line: bytes, indicators: Collection[str]) -> tuple[str, dict[str, int]]:
    """A practice of kept working, and the points (hundredths) that it was given for some indicators."""
    told = json.loads(line)
    lines = (WorkingLine(*words) for words in told["lines"])
    points = {one.indicator: hundredths(Decimal(one.points)) for one in lines if one.indicator in indicators}
    return told["organisation"], points


def kept_inputs(*, line: bytes) -> Mapping[str, Any]:
    """What a practice brought in, as its line of the frozen inputs said it and the line of its working says it again.

    Raises ValueError, AttributeError or LookupError where this is no such line.
    """
    return {name: value for name, value in json.loads(line).items() if name not in RESULTS}


def working_from_line(*, rules: Rules, line: bytes) -> KeptWorking:
    """The working that `worked_practice` wrote."""
    told = json.loads(line)
    return KeptWorking(
        practice=practice_from_line(grid=rules.grid, line=line),
        points=told["points"],
        available=told["available"],
        payment=told["payment"],
        lines=tuple(WorkingLine(*words) for words in told["lines"]),
        gains=tuple(Gain(*words) for words in told["gains"]),
    )
