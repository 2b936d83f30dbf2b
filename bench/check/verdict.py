"""Whether a report says what is wrong with an extract: every planted mistake, and nothing else."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.check.layout import LINES, PROBLEMS
from bench.check.plants import Plant
from schemas.problem import Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """The lines of planted mistakes that a report lacks, and the lines that it complains of without a reason."""

    missed: frozenset[int]
    invented: frozenset[int]


def judge_lines(*, out: Path, plants: Sequence[Plant]) -> Verdict:
    """Judge a peer: any complaint of a line will do, in its own words."""
    bad = {plant.line for plant in plants}
    found = {int(line) for line in (out / LINES).read_text(encoding="ascii").split()}
    return Verdict(missed=frozenset(bad - found), invented=frozenset(found - bad))


def judge_problems(*, out: Path, plants: Sequence[Plant]) -> Verdict:
    """Judge this checker: each line with the code that belongs to it.

    A warning that nobody planted is an invention too, save in a practice that has mistakes: what is refused there is
    missing elsewhere.
    """
    wanted = {(plant.line, plant.code) for plant in plants}
    spoilt = {plant.organisation for plant in plants}
    with (out / PROBLEMS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(int(row["LINE"]), row["CODE"]) for row in rows}
    needless = {(int(row["LINE"]), row["CODE"]) for row in rows if not _follows(row, spoilt)} - wanted
    return Verdict(
        missed=frozenset(line for line, _ in wanted - found), invented=frozenset(line for line, _ in needless)
    )


def _follows(row: Mapping[str, str], spoilt: Collection[str]) -> bool:
    return row["SEVERITY"] == Severity.WARNING and row["ORG_CODE"] in spoilt
