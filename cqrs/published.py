"""The published QOF data of 2017/18 and 2018/19: each practice's registers, list, points available and achieved."""

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

REPOSITORY = Path(__file__).resolve().parents[1]


class PublishedDataAbsent(LookupError):  # noqa: N818  # says what is missing and where it is looked for
    """The published files are not on this machine."""


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year's files, each year's with column names of its own: registers, organisations, and points achieved."""

    service: str
    registers: str
    organisations: str
    icb: str
    achieved: str
    score: str


YEARS: Final = {
    "QOF1718": PublishedYear(
        service="QOF1718",
        registers="PREVALENCE_1718.csv",
        organisations="ORGANISATION_REFERENCE_1718.csv",
        icb="STP_CODE",
        achieved="QOF_2017-18.csv",
        score="Achievement score (max. 559)",
    ),
    "QOF1819": PublishedYear(
        service="QOF1819",
        registers="PREVALENCE_1819_v2.csv",
        organisations="ORGANISATION_REFERENCE_1819_v2.csv",
        icb="STP_ONS_CODE",
        achieved="QOF_2018-19.csv",
        score="Achievement score (559 max)",
    ),
}


@dataclass(frozen=True, slots=True)
class PublishedPractice:
    """A practice as published. `registers` by group, in people; empty where none are published.

    `maximum` is its published points available, in whole points, and `achieved` its points in hundredths; None where
    it has none.
    """

    code: str
    name: str
    list_size: int
    registers: Mapping[str, int]
    sub_icb: str
    icb: str
    region: str
    maximum: int | None
    achieved: int | None

    @property
    def calculated(self) -> bool:
        """Whether anything of it was published but its name and list."""
        return bool(self.registers) or self.maximum is not None


def published_folder() -> Path:
    """Where the published files lie: `data` in the shared folder. Raises PublishedDataAbsent."""
    folder = Path(os.environ.get("CQRS_SHARED", REPOSITORY.parent / "shared")) / "data"
    if not folder.is_dir():
        raise PublishedDataAbsent(f"There is no {folder}: set CQRS_SHARED to the shared folder.")
    return folder


def published_practices(*, folder: Path, year: PublishedYear) -> tuple[PublishedPractice, ...]:
    """Every practice of a year, by code. Raises FileNotFoundError where a file is absent."""
    files = folder / "qof_published"
    registers: dict[str, dict[str, int]] = {}
    lists: dict[str, int] = {}
    for row in file_rows(files / year.registers):
        if row["REGISTER"]:
            registers.setdefault(row["PRACTICE_CODE"], {})[row["INDICATOR_GROUP_CODE"]] = int(row["REGISTER"])
        if row["PATIENT_LIST_TYPE"] == "TOTAL":
            lists[row["PRACTICE_CODE"]] = int(row["PATIENT_LIST_SIZE"])
    scores = {row["Practice code"]: row[year.score] for row in file_rows(files / year.achieved)}
    practices = []
    for row in file_rows(files / year.organisations):
        code, maximum = row["PRACTICE_CODE"], row["REVISED_MAXIMUM_POINTS"]
        one = PublishedPractice(
            code=code,
            name=row["PRACTICE_NAME"],
            list_size=lists[code],
            registers=registers.get(code, {}),
            sub_icb=row["CCG_CODE"],
            icb=row[year.icb],
            region=row["REGION_CODE"],
            maximum=int(maximum) if maximum else None,
            achieved=_hundredths(scores.get(code, "")),
        )
        practices.append(one)
    return tuple(sorted(practices, key=lambda practice: practice.code))


def file_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a published file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _hundredths(text: str) -> int | None:
    """Points as published, with at most two decimals; None where there is no number."""
    return int(100 * Decimal(text)) if text.replace(".", "", 1).isdigit() else None
