"""What an extract is held against, and what came of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from functions.domain.check.problems import ProblemList
from functions.domain.check.stored import PracticeReading
from functions.domain.grid import Grid
from schemas.problem import Code, Severity

NEVER = 10**14  # after the last moment of the year 9999


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an extract is held against: its service, who exists, who is admitted when, and the grid of rows.

    `admitted` gives for each achievement date that may be sent (as `20240331`) the organisations whose rows are taken;
    `closed` those whose contract was open on no day of the year up to it. `listed` gives for each organisation on the
    participation list when it takes part, in words; it is None where no list was ever received, and every organisation
    is taken to participate.

    `foreign` gives for each organisation that another supplier serves that supplier. `unopened` are achievement dates
    whose collection is not open yet, with the day on which it opens, and `ended` those whose collection is over, with
    its last day. Nothing can have been submitted after `latest`, a whole number 20240402111950.
    """

    service: str
    organisations: frozenset[str]
    admitted: Mapping[str, frozenset[str]]
    grid: Grid
    listed: Mapping[str, str] | None
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    unopened: Mapping[str, date] = field(default_factory=dict)
    ended: Mapping[str, date] = field(default_factory=dict)
    latest: int = NEVER

    @property
    def dates(self) -> frozenset[str]:
        """The achievement dates that may be sent."""
        return frozenset(self.admitted)

    def why_not(self, *, organisation: str, day: str) -> tuple[Code, str, str]:
        """Why an organisation that exists is not admitted at an expected date: the code, the cause and the remedy."""
        if organisation in self.foreign:
            cause = f"The organisation uses the system of {self.foreign[organisation]}"
            return (
                Code.PRACTICE_SUPPLIER,
                cause,
                "Leave it out, or have its supplier corrected in the organisations first.",
            )
        if organisation in self.closed.get(day, ()):
            cause = f"The contract of the organisation was open on no day of the year up to {day}"
            return Code.PRACTICE_CLOSED, cause, "Check ORG_CODE, or have OPEN_DATE or CLOSE_DATE corrected first."
        periods = (self.listed or {}).get(organisation)
        found = f"the participation list has it {periods}" if periods else "it is not on the participation list"
        cause = f"The organisation does not take part in {self.service} at {day}: {found}"
        remedy = "Check ACH_DATE, or ask its commissioner to offer it the service; then send it again."
        return Code.PRACTICE_NOT_PARTICIPATING, cause, remedy


@dataclass(frozen=True, slots=True)
class ExtractReading:
    """What a file said. `practices` holds those accepted; `refused` names the others with the line that refused them.

    `achievement_date` is None when no row could be read. `rows` counts the rows below the header, `rows_accepted`
    those of the practices accepted. `personal`: the file may identify people, and nobody is to see what it says.
    """

    file: str
    achievement_date: str | None
    practices: Mapping[str, PracticeReading]
    refused: Mapping[str, int]
    problems: ProblemList
    rows: int
    personal: bool = False

    @property
    def readable(self) -> bool:
        """False when the file as a whole was refused."""
        return not self.problems.by_severity[Severity.FILE]

    @property
    def rows_accepted(self) -> int:
        """The rows of the practices that were accepted."""
        return sum(practice.rows for practice in self.practices.values())
