"""The published QOF data of 2018/19 as what suppliers would have sent: every practice in full achievement.

What is published is registers and lists, not numerators, so each indicator counts everybody on its register (or on
the list where no register is published) and every flag says yes. Points available depend on registers alone, and
these are published to compare with. The published lists stand in for those of 1 January 2019.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from functions.domain.check.organisations import ORGANISATION_COLUMNS
from functions.domain.check.row import COLUMNS
from schemas.service import Indicator, ServiceDocument

SERVICE = "QOF1819"
SUBMITTED = ("02/04/2019", "11:19:50")


@dataclass(frozen=True, slots=True)
class PublishedPractice:
    """A practice as published. `registers` by group; `maximum` is its published points available, None if none."""

    code: str
    name: str
    list_size: int
    registers: Mapping[str, int]
    sub_icb: str
    icb: str
    region: str
    maximum: int | None


def published_practices(*, folder: Path) -> tuple[PublishedPractice, ...]:
    """Every practice of the published files, by code. Raises FileNotFoundError where they are absent."""
    registers: dict[str, dict[str, int]] = {}
    lists: dict[str, int] = {}
    for row in _rows(folder / "PREVALENCE_1819_v2.csv"):
        if row["REGISTER"]:
            registers.setdefault(row["PRACTICE_CODE"], {})[row["INDICATOR_GROUP_CODE"]] = int(row["REGISTER"])
        if row["PATIENT_LIST_TYPE"] == "TOTAL":
            lists[row["PRACTICE_CODE"]] = int(row["PATIENT_LIST_SIZE"])
    found = (
        _practice(row, lists[row["PRACTICE_CODE"]], registers.get(row["PRACTICE_CODE"], {}))
        for row in _rows(folder / "ORGANISATION_REFERENCE_1819_v2.csv")
    )
    return tuple(sorted(found, key=lambda practice: practice.code))


def write_organisations(*, practices: Sequence[PublishedPractice], document: ServiceDocument, path: Path) -> None:
    """Write the practices as a file of organisations, their lists dated as the rule asks."""
    day = f"{document.parameters.practice_list.value:%Y%m%d}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ORGANISATION_COLUMNS)
        for practice in practices:
            belongs = ("", practice.sub_icb, practice.icb, practice.region)
            writer.writerow((practice.code, practice.name, practice.list_size, day, *belongs))


def write_extract(*, practices: Sequence[PublishedPractice], document: ServiceDocument, path: Path) -> int:
    """Write the practices as one supplier's gzipped extract; how many rows. Without registers only flags are known."""
    day = f"{document.year.ends:%Y%m%d}"
    rows = 0
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for practice in practices:
            for indicator in document.indicators:
                for field, value in _values(practice, indicator):
                    place = (document.code, document.name, practice.code, day, indicator.code, field, value)
                    writer.writerow((*place, "None", "AUTOMATED", *SUBMITTED, "Y"))
                    rows += 1
    return rows


def _values(practice: PublishedPractice, indicator: Indicator) -> Iterator[tuple[str, int]]:
    fields = indicator.fields
    if fields.flag:
        yield fields.flag, 1
    if practice.registers:
        count = practice.registers.get(indicator.group, practice.list_size)
        for name in (fields.register_name, fields.numerator, fields.denominator):
            if name:
                yield name, count


def _practice(row: Mapping[str, str], list_size: int, registers: Mapping[str, int]) -> PublishedPractice:
    return PublishedPractice(
        code=row["PRACTICE_CODE"],
        name=row["PRACTICE_NAME"],
        list_size=list_size,
        registers=registers,
        sub_icb=row["CCG_CODE"],
        icb=row["STP_ONS_CODE"],
        region=row["REGION_CODE"],
        maximum=int(row["REVISED_MAXIMUM_POINTS"]) if row["REVISED_MAXIMUM_POINTS"] else None,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
