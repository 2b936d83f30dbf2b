"""One row of an extract: what is wrong with it. Nothing here remembers another row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from functions.domain.check.names import Names
from functions.domain.check.personal import may_be_shown
from functions.domain.check.problems import WITHHELD, shown
from functions.domain.grid import Grid
from schemas.problem import Code

COLUMNS = [
    "QUALITY_SERVICE",
    "NAME",
    "ORG_CODE",
    "ACH_DATE",
    "IND_CODE",
    "FIELD_NAME",
    "VALUE",
    "DEFAULT_VALUES_USED",
    "SUBMIT_USER_ID",
    "SUBMIT_DATE",
    "SUBMIT_TIME",
    "LAST_SUBMISSION",
]
SERVICE, ORGANISATION, DATE, INDICATOR, FIELD, VALUE, SUBMIT_DATE, SUBMIT_TIME = 0, 2, 3, 4, 5, 6, 9, 10
LAST = "Y"  # what LAST_SUBMISSION says of a value that no later one takes the place of
DIGITS = 9  # a count of a thousand million people is a mistake
REMEMBERED = 2**10  # answers kept: neighbouring rows ask the same again, and a hostile file cannot fill the memory

_MOMENT = re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: its code, the offending value, and what to send instead."""

    code: Code
    value: str
    message: str


@lru_cache(maxsize=REMEMBERED)
def submission_stamp(day: str, time: str) -> int | None:
    """SUBMIT_DATE (dd/mm/yyyy) and SUBMIT_TIME (hh:mm:ss) as a whole number that sorts: 20240402111950, or None."""
    text = f"{day} {time}"
    if _MOMENT.fullmatch(text) is None:  # strptime alone would take `1/4/2024 ` and other blanks
        return None
    try:
        moment = datetime.strptime(text, "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007  # the layout names no zone
    except ValueError:
        return None
    return int(moment.strftime("%Y%m%d%H%M%S"))


def plain_number(value: str) -> int | None:
    """A count written as a plain whole number, the only way that a count is accepted; else None.

    ASCII digits without sign, blanks, separators or leading zeros: int() alone would take `-0`, `+1` and `1_0`.
    """
    if not (value.isascii() and value.isdigit()) or len(value) > DIGITS or (value[0] == "0" and value != "0"):
        return None
    return int(value)


def row_problems(*, row: Sequence[str], service: str, grid: Grid, names: Names, latest: int) -> Iterable[RowProblem]:
    """Everything that is wrong with a row of an extract of `service`, apart from its organisation and its date.

    Nothing can have been submitted after `latest`, a whole number 20240402111950.
    """
    if len(row) != len(COLUMNS):
        message = f"The row has {len(row)} columns instead of {len(COLUMNS)}. Quote values that hold a comma."
        yield RowProblem(code=Code.ROW_COLUMNS, value=str(len(row)), message=message)
        return
    if row[SERVICE] != service:
        message = f"The row is of another service. This file was sent for {service}: send each service in its own file."
        yield RowProblem(code=Code.ROW_SERVICE, value=shown(row[SERVICE]), message=message)
    yield from _name_problems(row, grid, names)
    yield from _value_problems(row, grid)
    stamp = submission_stamp(row[SUBMIT_DATE], row[SUBMIT_TIME])
    if stamp is None:
        message = "SUBMIT_DATE and SUBMIT_TIME are not a date like 02/04/2024, the day first, and a time like 11:19:50."
        value = shown(f"{row[SUBMIT_DATE]} {row[SUBMIT_TIME]}")
        yield RowProblem(code=Code.ROW_SUBMITTED, value=value, message=message)
    elif stamp > latest:
        message = (
            "The time of submission is later than that at which the file was received. Correct the clock, or the row."
        )
        value = f"{row[SUBMIT_DATE]} {row[SUBMIT_TIME]}"  # a moment that has not come is nobody's birth date
        yield RowProblem(code=Code.ROW_FUTURE, value=value, message=message)


def _name_problems(row: Sequence[str], grid: Grid, names: Names) -> Iterable[RowProblem]:
    indicator, field = row[INDICATOR], row[FIELD]
    fields = grid.numbers.get(indicator)
    if fields is None:
        message = f"The service has no indicator of this code.{names.hint(name=indicator, known=tuple(grid.numbers))}"
        yield RowProblem(code=Code.ROW_INDICATOR, value=shown(indicator), message=message)
    elif field not in fields:
        known = tuple(fields)
        message = f"{indicator} has no field of this name.{names.hint(name=field, known=known, of=indicator)}"
        value = names.shown(name=field, known=known, of=indicator)
        yield RowProblem(code=Code.ROW_FIELD, value=value, message=message)


def _value_problems(row: Sequence[str], grid: Grid) -> Iterable[RowProblem]:
    number = plain_number(row[VALUE])
    if number is None:
        message = (
            "The value is blank. Send 0 where nobody was counted."
            if not row[VALUE].strip()
            else f"The value is not a plain whole number of at most {DIGITS} digits. Send a count like 0 or 123."
        )
        value = shown(row[VALUE]) if may_be_shown(row[VALUE]) else WITHHELD
        yield RowProblem(code=Code.ROW_NUMBER, value=value, message=message)
        return
    slot = grid.numbers.get(row[INDICATOR], {}).get(row[FIELD])
    if slot is not None and grid.slots[slot].flag and number > 1:
        message = "A yes/no flag is 1 for yes or 0 for no."
        yield RowProblem(code=Code.ROW_FLAG, value=shown(row[VALUE]), message=message)
