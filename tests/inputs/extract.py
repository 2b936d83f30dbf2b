"""An extract, row by row, each row right unless a test says otherwise."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.problem import Code

HEADER = (
    "QUALITY_SERVICE,NAME,ORG_CODE,ACH_DATE,IND_CODE,FIELD_NAME,VALUE,DEFAULT_VALUES_USED,"
    "SUBMIT_USER_ID,SUBMIT_DATE,SUBMIT_TIME,LAST_SUBMISSION"
)
NAME = "Quality and Outcomes Framework 2023/24"
REGISTER, OTHER_REGISTER = "Atrial Fibrillation Register", "Asthma Register"
FIRST, SECOND = "02/04/2024 11:19:50", "02/04/2024 14:16:53"


def row(  # noqa: PLR0913  # one for each column that a test may want to be different
    indicator: str = "AF001",
    field: str = REGISTER,
    value: str = "10",
    *,
    practice: str = "A81001",
    at: str = FIRST,
    service: str = "QOF2324",
    day: str = "20240331",
    name: str = NAME,
    user: str = "AUTOMATED",
    last: str = "Y",
) -> str:
    """One row; `at` is the date and the time of its submission."""
    date, _, time = at.partition(" ")
    return f"{service},{name},{practice},{day},{indicator},{field},{value},None,{user},{date},{time},{last}"


def extract(*rows: str, header: str = HEADER) -> list[bytes]:
    """The bytes of a file, a line at a time: line 1 is the header."""
    return [f"{line}\n".encode() for line in (header, *rows)]


class Case(NamedTuple):
    """Rows, and the problems expected of them: line, code and offending value."""

    name: str
    rows: Sequence[str]
    problems: Sequence[tuple[int, Code, str]]
    accepted: Sequence[str] = ()
