"""Whether a program's payments.csv is right, practice by practice, against the oracle's exact fractions."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from bench.pay.layout import RIGHT
from cqrs.results import PAYMENT_COLUMNS


class Figures(NamedTuple):
    """A practice's points, points available, and pounds."""

    points: Fraction
    available: Fraction
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Verdict:
    """The practices whose payment is wrong, and those whose points or points available are; sorted."""

    payments: tuple[str, ...]
    points: tuple[str, ...]


def right_figures(*, folder: Path) -> Mapping[str, Figures]:
    """What the oracle says of each practice of a nation's folder."""
    with (folder / RIGHT).open(encoding="utf-8", newline="") as file:
        return {row["ORG_CODE"]: _figures(row) for row in csv.DictReader(file)}


def judge(*, payments: Path, right: Mapping[str, Figures]) -> Verdict:
    """Judge a payments.csv. A practice that is missing, is there twice, should not be there, or has no number is wrong.

    A number is what counts, not how it is written: 622 is 622.00.
    """
    found = _found(payments)
    practices = sorted(right.keys() | found.keys())
    return Verdict(
        payments=tuple(code for code in practices if _differs(found.get(code), right.get(code), slice(2, 3))),
        points=tuple(code for code in practices if _differs(found.get(code), right.get(code), slice(2))),
    )


def _differs(found: Figures | None, right: Figures | None, part: slice) -> bool:
    return found is None or right is None or found[part] != right[part]


def _found(payments: Path) -> dict[str, Figures | None]:
    """The figures by practice, None where a row is no use; nothing at all of a file with other columns."""
    found: dict[str, Figures | None] = {}
    with payments.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != PAYMENT_COLUMNS:
            return {}
        for row in rows:
            code = row["ORG_CODE"]
            found[code] = None if code in found else _readable(row)
    return found


def _readable(row: Mapping[str, str]) -> Figures | None:
    try:
        return _figures(row)
    except (TypeError, ValueError, ZeroDivisionError):  # a cell that is missing, or no number
        return None


def _figures(row: Mapping[str, str]) -> Figures:
    return Figures(Fraction(row["POINTS"]), Fraction(row["MAX_POINTS"]), Fraction(row["AMOUNT"]))
