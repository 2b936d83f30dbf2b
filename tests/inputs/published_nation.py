"""The published nations of 2017/18 and 2018/19 as frozen practices, everybody in full achievement.

What is published is registers and lists; every other count is taken to be the register of its group.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from functions.domain.calculate.inputs import FrozenPractice, SourceFile
from functions.domain.grid import Grid
from functions.domain.submission import submission_of
from schemas.service import Indicator, ServiceDocument

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Path(os.environ.get("CQRS_SHARED", ROOT.parent / "shared")) / "data" / "qof_published"
FILES = {"2017/18": "PREVALENCE_1718.csv", "2018/19": "PREVALENCE_1819_v2.csv"}


def published(*, document: ServiceDocument, grid: Grid, year: str, stamp: int) -> Iterator[FrozenPractice]:
    """Every practice with a register published, by code."""
    registers: dict[str, dict[str, int]] = {}
    lists: dict[str, int] = {}
    with (PUBLISHED / FILES[year]).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["REGISTER"]:
                registers.setdefault(row["PRACTICE_CODE"], {})[row["INDICATOR_GROUP_CODE"]] = int(row["REGISTER"])
            if row["PATIENT_LIST_TYPE"] == "TOTAL":
                lists[row["PRACTICE_CODE"]] = int(row["PATIENT_LIST_SIZE"])
    for code in sorted(registers):
        values = [
            value
            for indicator in document.indicators
            for value in _values(grid, indicator, registers[code].get(indicator.group, 0))
        ]
        yield FrozenPractice(
            organisation=code,
            commissioner="16C",
            list_size=lists[code],
            files=(SourceFile("published", FILES[year], "published"),),
            submission=submission_of(
                values=values,
                stamps=[stamp] * len(values),
                places=[2] * len(values),
            ),
        )


def _values(grid: Grid, indicator: Indicator, register: int) -> Iterator[int]:
    fields = indicator.fields
    counted = {fields.register_name: register, fields.numerator: register, fields.denominator: register, fields.flag: 1}
    return (counted.get(field, 0) for field in grid.numbers[indicator.code])
