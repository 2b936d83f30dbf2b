"""What an extract is held against, and what came of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.domain.check.problems import ProblemList
from functions.domain.grid import Grid
from functions.domain.submission import Submission
from schemas.problem import Code, Severity


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an extract is held against: its service, who exists, who is admitted when, and the grid of rows.

    `admitted` gives for each achievement date that may be sent (as `20240331`) the organisations whose rows are taken;
    `closed` those that are closed at it. `listed` gives for each organisation on the participation list when it takes
    part, in words; it is None where no list was ever received, and every organisation is taken to participate.
    """

    service: str
    organisations: frozenset[str]
    admitted: Mapping[str, frozenset[str]]
    grid: Grid
    listed: Mapping[str, str] | None
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def dates(self) -> frozenset[str]:
        """The achievement dates that may be sent."""
        return frozenset(self.admitted)

    def why_not(self, *, organisation: str, day: str) -> tuple[Code, str, str]:
        """Why an organisation that exists is not admitted at an expected date: the code, the cause and the remedy."""
        if organisation in self.closed.get(day, ()):
            cause = f"The organisation is closed at {day}"
            return Code.PRACTICE_CLOSED, cause, "Check ORG_CODE, or have its date of closing corrected first."
        periods = (self.listed or {}).get(organisation)
        found = f"the participation list has it {periods}" if periods else "it is not on the participation list"
        cause = f"The organisation does not take part in {self.service} at {day}: {found}"
        remedy = "Check ACH_DATE, or ask its commissioner to offer it the service; then send it again."
        return Code.PRACTICE_NOT_PARTICIPATING, cause, remedy


@dataclass(slots=True)
class PracticeReading:
    """One practice's rows for one achievement date: its values, each with its line, and what speaks against it.

    `conflicts` and `duplicates` map a slot to the line at which a second value of the same time stood; a later value
    takes both back. `refused_at` is the first line that was refused, 0 while none was.
    """

    submission: Submission
    first_line: int
    rows: int = 0
    refused_at: int = 0
    conflicts: dict[int, int] = field(default_factory=dict)
    duplicates: dict[int, int] = field(default_factory=dict)

    def store(self, *, slot: int, value: int, stamp: int, line: int) -> None:
        """Keep a value unless a later one is held. Two values of one time are noted, whichever came first."""
        submission = self.submission
        held = submission.stamps[slot]
        if stamp > held:
            submission.values[slot], submission.stamps[slot] = value, stamp
            self._places()[slot] = line
            if held:
                self.conflicts.pop(slot, None)
                self.duplicates.pop(slot, None)
        elif stamp == held:
            same = value == submission.values[slot]
            (self.duplicates if same else self.conflicts).setdefault(slot, line)

    def take(self, submission: Submission, *, rows: int) -> None:
        """Store every value of a submission, each with its time and line, as so many rows."""
        self.rows += rows
        if self.rows == rows:
            self.submission = submission
            return
        for slot, stamp in enumerate(submission.stamps):
            if stamp:
                value, line = submission.values[slot], submission.places[slot]
                self.store(slot=slot, value=value, stamp=stamp, line=line)

    def move(self, *, lines: int) -> None:
        """Say that so many more lines stand before the practice's rows than was thought."""
        held = self.submission.places
        if isinstance(held, range):
            self.submission.places = range(held.start + lines, held.stop + lines)
        else:
            self.submission.places = [place and place + lines for place in held]
        self.first_line += lines
        self.refused_at = self.refused_at and self.refused_at + lines
        for noted in (self.conflicts, self.duplicates):
            noted.update({slot: line + lines for slot, line in noted.items()})

    def _places(self) -> list[int]:
        """The places, open to change: neighbouring lines are held as a range until one is replaced."""
        if isinstance(self.submission.places, range):
            self.submission.places = list(self.submission.places)
        return self.submission.places


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
