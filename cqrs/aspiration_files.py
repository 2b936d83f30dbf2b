"""The files of aspiration: payments and agreed points that are read, amounts and balances that are written."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, Generic, TypeVar

from functions.domain.calculate.aspiration import Aspiration, Balance
from functions.domain.calculate.rules import hundredths
from functions.domain.calculate.text import decimal_text, plain_text
from functions.domain.check.decisions import POINTS
from functions.domain.check.problems import shown
from functions.domain.check.row import plain_number

Figure = TypeVar("Figure")
Row = Mapping[str, str]

MONTHS: Final = ("APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "JAN", "FEB", "MAR")
AGREED_COLUMNS: Final = ("ORG_CODE", "POINTS", "LIST_SIZE")
PAYMENT_COLUMNS: Final = ("QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", "AMOUNT")
BASIS_COLUMNS: Final = ("LAST_PAYMENT", "AGREED_POINTS", "LIST_SIZE")
TERM_COLUMNS: Final = ("VALUE_OF_POINT", "PREVIOUS_VALUE_OF_POINT", "NATIONAL_AVERAGE_LIST", "PERCENT")
ASPIRATION_COLUMNS: Final = ("QUALITY_SERVICE", "ORG_CODE", *MONTHS, "TOTAL", *BASIS_COLUMNS, *TERM_COLUMNS, "REASON")
BALANCE_COLUMNS: Final = ("QUALITY_SERVICE", "ORG_CODE", "ACHIEVEMENT", "ASPIRATION_PAID", "BALANCE", "REASON")
POUNDS: Final = re.compile(r"\d{1,12}\.\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AgreedPoints:
    """What was agreed with a new contractor: points in hundredths, and its list in people."""

    points: int
    list_size: int


@dataclass(frozen=True, slots=True)
class Figures(Generic[Figure]):
    """The figures of a file by practice, the practices that it was refused for, and a sentence for every problem.

    `readable`: False when the file as a whole says nothing.
    """

    found: Mapping[str, Figure]
    refused: frozenset[str] = frozenset()
    problems: Sequence[str] = ()
    readable: bool = True


def no_figures() -> Figures[Figure]:
    """The figures of a file that was not given."""
    return Figures(found={})


def read_payments(*, path: Path, achieved: date, service: str | None) -> Figures[int]:
    """The payments in pence of a payments.csv, each of one achievement date and, where one is named, service."""
    day = f"{achieved:%Y%m%d}"

    def payment(row: Row) -> int | str:
        if service is not None and row["QUALITY_SERVICE"] != service:
            return f"the payment is of {shown(row['QUALITY_SERVICE'])}; give those of {service}."
        if row["ACH_DATE"] != day:
            return f"the payment is of {shown(row['ACH_DATE'])}; give those of {day}, when its year ended."
        return _pence(row["AMOUNT"])

    return _figures(path, PAYMENT_COLUMNS, payment)


def read_agreed(*, path: Path, offered: int) -> Figures[AgreedPoints]:
    """The points agreed with new contractors, of those that the year offers (hundredths), and the list of each."""

    def agreed(row: Row) -> AgreedPoints | str:
        people, points = plain_number(row["LIST_SIZE"]), row["POINTS"]
        if people is None:
            return f"the list {shown(row['LIST_SIZE'])} is not a whole number; give the people on it."
        if POINTS.fullmatch(points) is None:
            return f"{shown(points)} is not a number of points; write it like 500 or 512.50."
        found = hundredths(Decimal(points))
        if found > offered:
            return f"{points} points are more than the {plain_text(offered, places=2)} that the year offers."
        return AgreedPoints(points=found, list_size=people)

    return _figures(path, AGREED_COLUMNS, agreed)


def aspiration_row(*, service: str, practice: str, aspiration: Aspiration) -> tuple[str, ...]:
    """A practice's twelve amounts in pounds, what they were worked out from, and why they are what they are."""
    terms, basis = aspiration.terms, aspiration.basis
    amounts = (*aspiration.monthly, aspiration.total)
    values = (terms.value_of_point, terms.previous_value_of_point)
    return (
        service,
        practice,
        *(decimal_text(amount, places=2) for amount in amounts),
        *("" if figure is None else decimal_text(figure, places=2) for figure in (basis.payment, basis.points)),
        "" if basis.list_size is None else str(basis.list_size),
        *(decimal_text(value, places=2) for value in values),
        str(terms.national_average_list),
        decimal_text(terms.percent, places=2),
        aspiration.reason,
    )


def balance_row(*, service: str, practice: str, balance: Balance) -> tuple[str, ...]:
    """A practice's balance at the year's end, in pounds; below 0 it is recovered."""
    amounts = (balance.achievement, balance.paid, balance.amount)
    return (service, practice, *(decimal_text(amount, places=2) for amount in amounts), balance.reason)


def _figures(path: Path, columns: Sequence[str], figure: Callable[[Row], Figure | str]) -> Figures[Figure]:
    """The figures of a file, a practice a row; a sentence in the place of a figure is why there is none."""
    found, refused, problems = dict[str, Figure](), set[str](), list[str]()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, restval="", strict=True)
            missing = [name for name in columns if name not in (rows.fieldnames or ())]
            if missing:
                problem = f"{path}: it has no {', '.join(missing)}; give a file with {', '.join(columns)}."
                return Figures({}, problems=(problem,), readable=False)
            for row in rows:
                practice = row["ORG_CODE"]
                again = practice in found or practice in refused
                read = "it stands here a second time; keep one row." if again else figure(row)
                if isinstance(read, str):
                    found.pop(practice, None)
                    refused.add(practice)
                    problems.append(f"{path}:{rows.line_num}: {shown(practice)}: {read}")
                else:
                    found[practice] = read
    except (UnicodeDecodeError, csv.Error) as error:
        return Figures({}, problems=(f"{path}: it cannot be read as CSV: {error}.",), readable=False)
    return Figures(found, frozenset(refused), problems)


def _pence(text: str) -> int | str:
    """Pounds written with two decimals, in pence; a sentence where they are not."""
    if POUNDS.fullmatch(text) is None:
        return f"{shown(text)} is not a number of pounds with two decimals; write it like 1234.50."
    return int(text.replace(".", ""))
