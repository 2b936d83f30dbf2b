"""The published practices as the files that would have been sent: organisations, participants, full achievement."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

from cqrs.full_achievement import full_values
from cqrs.proxies import USUAL
from cqrs.published import PublishedPractice
from functions.domain.check.organisations import ORGANISATION_COLUMNS
from functions.domain.check.participation import PARTICIPATION_COLUMNS
from functions.domain.check.row import COLUMNS
from schemas.service import ServiceDocument

SUBMITTED = ("02/04/2019", "11:19:50")


def write_organisations(*, practices: Sequence[PublishedPractice], document: ServiceDocument, path: Path) -> None:
    """Write the practices as a file of organisations, their lists dated as the rule asks."""
    day = f"{document.parameters.practice_list.value:%Y%m%d}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ORGANISATION_COLUMNS)
        for practice in practices:
            belongs = ("", practice.sub_icb, practice.icb, practice.region)
            writer.writerow((practice.code, practice.name, practice.list_size, day, *belongs))


def write_participants(*, practices: Sequence[PublishedPractice], document: ServiceDocument, path: Path) -> None:
    """Write the practices as a participation list: each for the whole year, by the offer of its sub-ICB."""
    first, last = f"{document.year.starts:%Y%m%d}", f"{document.year.ends:%Y%m%d}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PARTICIPATION_COLUMNS)
        for practice in practices:
            writer.writerow((document.code, practice.code, practice.name, practice.sub_icb, first, last))


def write_extract(*, practices: Sequence[PublishedPractice], document: ServiceDocument, path: Path) -> int:
    """Write the practices as one supplier's gzipped extract; how many rows. Without registers only flags are known."""
    day = f"{document.year.ends:%Y%m%d}"
    rows = 0
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for practice in practices:
            for indicator in document.indicators:
                for field, value in full_values(practice=practice, indicator=indicator, proxies=USUAL):
                    place = (document.code, document.name, practice.code, day, indicator.code, field, value)
                    writer.writerow((*place, "None", "AUTOMATED", *SUBMITTED, "Y"))
                    rows += 1
    return rows
