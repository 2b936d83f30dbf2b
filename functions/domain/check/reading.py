"""What an extract is held against, and what came of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.domain.check.problems import ProblemList
from functions.domain.check.stored import PracticeReading
from functions.domain.grid import Grid
from schemas.problem import Severity


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an extract is held against: its service, the achievement dates that may be sent (as `20240331`),
    the organisations that exist, and the grid of rows.
    """

    service: str
    dates: frozenset[str]
    organisations: frozenset[str]
    grid: Grid


@dataclass(frozen=True, slots=True)
class ExtractReading:
    """What a file said. `practices` holds those accepted; `refused` names the others with the line that refused them.

    `achievement_date` is None when no row could be read. `rows` counts the rows below the header, `rows_accepted`
    those of the practices accepted.
    """

    file: str
    achievement_date: str | None
    practices: Mapping[str, PracticeReading]
    refused: Mapping[str, int]
    problems: ProblemList
    rows: int

    @property
    def readable(self) -> bool:
        """False when the file as a whole was refused."""
        return not self.problems.by_severity[Severity.FILE]

    @property
    def rows_accepted(self) -> int:
        """The rows of the practices that were accepted."""
        return sum(practice.rows for practice in self.practices.values())
