"""What is wrong with something we were sent: one line of a report, and every code such a line may carry."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How far a problem reaches. Only a warning leaves everything accepted."""

    FILE = "file"
    PRACTICE = "practice"
    ROW = "row"
    WARNING = "warning"


class Code(StrEnum):
    """The stable codes of problems. A code never changes its meaning; `problems.toml` explains each."""

    FILE_KEY = "FILE-KEY"
    FILE_SUPPLIER = "FILE-SUPPLIER"
    FILE_EMPTY = "FILE-EMPTY"
    FILE_HEADER = "FILE-HEADER"
    FILE_ENCODING = "FILE-ENCODING"
    FILE_TRUNCATED = "FILE-TRUNCATED"
    FILE_BOMB = "FILE-BOMB"
    FILE_PERSONAL = "FILE-PERSONAL"
    FILE_EARLY = "FILE-EARLY"
    FILE_DUPLICATE = "FILE-DUPLICATE"
    FILE_TOO_LARGE = "FILE-TOO-LARGE"
    FILE_CSV = "FILE-CSV"
    FILE_DATE = "FILE-DATE"
    FILE_ORGANISATIONS = "FILE-ORGANISATIONS"
    FILE_PARTICIPATION = "FILE-PARTICIPATION"
    PRACTICE_UNKNOWN = "PRACTICE-UNKNOWN"
    PRACTICE_CLOSED = "PRACTICE-CLOSED"
    PRACTICE_NOT_PARTICIPATING = "PRACTICE-NOT-PARTICIPATING"
    PRACTICE_SUPPLIER = "PRACTICE-SUPPLIER"
    PRACTICE_NUMERATOR = "PRACTICE-NUMERATOR"
    PRACTICE_CONFLICT = "PRACTICE-CONFLICT"
    PRACTICE_INCOMPLETE = "PRACTICE-INCOMPLETE"
    PRACTICE_LIST = "PRACTICE-LIST"
    PRACTICE_CONTRACT = "PRACTICE-CONTRACT"
    ROW_COLUMNS = "ROW-COLUMNS"
    ROW_SERVICE = "ROW-SERVICE"
    PRACTICE_DATE = "PRACTICE-DATE"
    ROW_SUBMITTED = "ROW-SUBMITTED"
    ROW_FUTURE = "ROW-FUTURE"
    ROW_INDICATOR = "ROW-INDICATOR"
    ROW_FIELD = "ROW-FIELD"
    ROW_NUMBER = "ROW-NUMBER"
    ROW_FLAG = "ROW-FLAG"
    ROW_ORGANISATION = "ROW-ORGANISATION"
    ROW_PARTICIPATION = "ROW-PARTICIPATION"
    ROW_DECISION = "ROW-DECISION"
    WARNING_DECISION = "WARNING-DECISION"
    WARNING_COHORT = "WARNING-COHORT"
    WARNING_LAST = "WARNING-LAST"
    WARNING_LATE = "WARNING-LATE"
    WARNING_REGISTERS = "WARNING-REGISTERS"
    WARNING_DUPLICATE = "WARNING-DUPLICATE"
    WARNING_INCOMPLETE = "WARNING-INCOMPLETE"
    WARNING_PARTICIPATION = "WARNING-PARTICIPATION"

    @property
    def help(self) -> str:
        """The page that explains the code: its place in the repository."""
        return f"docs/errors/{self}.md"

    @property
    def warns(self) -> bool:
        """True of what leaves everything accepted, as `problems.toml` says: its severity is `warning`."""
        return self is Code.FILE_DUPLICATE or self.startswith("WARNING-")


PROBLEM_COLUMNS = ("FILE", "LINE", "ORG_CODE", "IND_CODE", "FIELD_NAME", "VALUE", "CODE", "SEVERITY", "MESSAGE")
# What is new comes last, so that the others stay in their places.
REPORT_COLUMNS = (*PROBLEM_COLUMNS, "HELP")


class Problem(NamedTuple):
    """One problem, in the order of `PROBLEM_COLUMNS`.

    `line` counts from 1, the header being line 1; 0 where the file as a whole is meant. The other places are blank
    where the problem reaches further than they do.
    """

    file: str
    line: int
    organisation: str
    indicator: str
    field: str
    value: str
    code: Code
    severity: Severity
    message: str
