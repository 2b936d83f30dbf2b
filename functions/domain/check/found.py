"""What reading an extract has found so far; what two neighbouring parts of a file say adds up to what both say."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from functions.domain.check.problems import LISTED, ProblemList
from functions.domain.check.stored import PracticeReading


@dataclass(slots=True)
class Found:
    """Practices by achievement date and code, organisations that nobody knows with their rows and first lines, the same
    of those not admitted, by organisation and date, the first row of each organisation with a date that is not
    expected, every problem, the first lines that may identify a person and how many there were, how many rows were
    read, and how many of them had more or fewer columns than they should, with the line of the last.

    A row of too few or too many columns refuses the organisations that it names anywhere, else the one whose rows stand
    beside it: `broken` has the first such line of each. `beside` is the organisation of the row read last, blank where
    it is not known; `astray` the first line that has none beside it, until the next is read. `orphans`: there was one.

    `names` are those that nobody knows and that a near one was looked for: a hostile file may invent one in each row.
    """

    days: dict[str, dict[str, PracticeReading]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    first_unknown: dict[str, int] = field(default_factory=dict)
    absent: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_absent: dict[tuple[str, str], int] = field(default_factory=dict)
    strays: dict[str, tuple[int, str]] = field(default_factory=dict)
    problems: ProblemList = field(default_factory=ProblemList)
    personal: list[int] = field(default_factory=list)
    personal_rows: int = 0
    broken: dict[str, int] = field(default_factory=dict)
    beside: str = ""
    astray: int = 0
    orphans: bool = False
    names: set[str] = field(default_factory=set)
    rows: int = 0
    misshapen: int = 0
    misshapen_rows: int = 0

    def note_person(self, line: int) -> None:
        """Note a line that may identify a person."""
        self.personal_rows += 1
        if len(self.personal) < LISTED:
            self.personal.append(line)

    def note_beside(self, organisation: str) -> None:
        """Say whose row was read; blank where nobody is known of whom it may be."""
        self.beside = organisation
        if self.astray and organisation:
            self.broken.setdefault(organisation, self.astray)
            self.astray = 0

    def note_broken(self, organisations: Collection[str], line: int) -> None:
        """Note a line that refuses whoever it names or, where it names none, whoever stands beside it."""
        for organisation in organisations or filter(None, (self.beside,)):
            self.broken.setdefault(organisation, line)
        if not organisations and not self.beside:
            self.astray, self.orphans = self.astray or line, True

    def shares_a_practice(self, *, later: "Found") -> bool:
        """True when a practice has rows in both parts: then they cannot be added up without their order."""
        return any(day in self.days and self.days[day].keys() & held.keys() for day, held in later.days.items())

    def add(self, *, later: "Found", lines: int) -> None:
        """Add what the part that follows has found, when `lines` lines stand before it. Neither has orphans.

        Raises ValueError where a practice has rows in both parts.
        """
        if self.shares_a_practice(later=later):
            raise ValueError("A practice has rows in both parts; read them as one.")
        for day, held in later.days.items():
            self.days.setdefault(day, {}).update(held)
            for practice in held.values() if lines else ():
                practice.move(lines=lines)
        self.unknown.update(later.unknown)
        for code, line in later.first_unknown.items():
            self.first_unknown.setdefault(code, line + lines)
        self.absent.update(later.absent)
        for place, line in later.first_absent.items():
            self.first_absent.setdefault(place, line + lines)
        for code, (line, day) in later.strays.items():
            self.strays.setdefault(code, (line + lines, day))
        self.problems.add_later(later=later.problems, lines=lines)
        self.personal.extend(line + lines for line in later.personal[: LISTED - len(self.personal)])
        self.personal_rows += later.personal_rows
        for code, line in later.broken.items():
            self.broken.setdefault(code, line + lines)
        self.beside = later.beside
        self.names |= later.names
        self.rows += later.rows
        self.misshapen = later.misshapen and later.misshapen + lines
        self.misshapen_rows += later.misshapen_rows


def most_rows(days: Mapping[str, Mapping[str, PracticeReading]]) -> str | None:
    """The achievement date that most of the rows carry, the latest of several; None where there is none."""
    rows = {day: sum(practice.rows for practice in held.values()) for day, held in days.items()}
    return max(rows, key=lambda day: (rows[day], day), default=None)
