"""The state of reading one extract, row by row, and the verdict on each practice at its end."""

from collections.abc import Iterator, Mapping, Sequence

from functions.domain.check.found import Found, most_rows
from functions.domain.check.problems import shown
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import (
    COLUMNS,
    DATE,
    FIELD,
    INDICATOR,
    LAST,
    ORGANISATION,
    plain_number,
    row_problems,
    submission_stamp,
)
from functions.domain.check.stored import PracticeReading
from functions.domain.check.stream import UnreadableFile
from functions.domain.submission import empty_submission, numerators_above
from schemas.problem import Code, Problem, Severity

STRANGERS = 10_000  # organisations that nobody knows: more than there are practices in England
STRANGE = f"The file names more than {STRANGERS:,} organisations that are not known. Check that ORG_CODE holds them."
UNLISTED = (
    "No participation list was ever received for {service}: every organisation that is known is taken to participate. "
    "Have the list sent before the run; this file need not be sent again."
)


class ExtractReader:
    """Collects the rows of one file. Rows may come in any order; a practice's rows need not stand together."""

    def __init__(self, *, file: str, expectation: Expectation) -> None:
        self._file = file
        self._expected = expectation
        self._numbers = expectation.grid.numbers
        self._flags = frozenset(n for n, slot in enumerate(expectation.grid.slots) if slot.flag)
        self.found = Found()

    def read(self, *, line: int, row: Sequence[str]) -> None:
        """Accept a row, or explain why not and refuse its practice. A line without any text is no row."""
        if not row:
            return
        self.found.rows += 1
        if len(row) != len(COLUMNS):
            self._explain(line, row)
            return
        service, _, organisation, day, indicator, field, text, _, _, submit_date, submit_time, last = row
        practice = self.practice(line=line, organisation=organisation, day=day)
        if practice is None:
            return
        practice.rows += 1
        slot = self._numbers.get(indicator, {}).get(field)
        stamp = submission_stamp(submit_date, submit_time)
        value = plain_number(text)
        if (
            slot is None
            or stamp is None
            or value is None
            or service != self._expected.service
            or (value > 1 and slot in self._flags)
        ):
            self._explain(line, row)
        else:
            practice.store(slot=slot, value=value, stamp=stamp, last=last == LAST, line=line)

    def practice(self, *, line: int, organisation: str, day: str) -> PracticeReading | None:
        """The reading of a practice that a row on this line is of; None where the row cannot be taken.

        Raises UnreadableFile where the file names more strangers than it can by mistake.
        """
        return self.found.days.get(day, {}).get(organisation) or self._admit(line, organisation, day)

    def expects(self, *, organisation: str, day: str) -> bool:
        """True when rows of this organisation and achievement date can be taken."""
        return organisation in self._expected.admitted.get(day, ())

    def finish(self) -> ExtractReading:
        """The reading, once every row was read. The file's date is the one that most of its rows carry."""
        day = most_rows(self.found.days)
        practices = self.found.days.get(day, {}) if day else {}
        refused = dict(self.found.first_unknown)
        self.found.problems.extend(self._unknown_problems())
        self.found.problems.extend(self._absence_problems(refused))
        self.found.problems.extend(self._date_problems(day, refused))
        for code, practice in practices.items():
            self.found.problems.extend(self._practice_problems(code, practice))
            if practice.refused_at:
                refused[code] = practice.refused_at
        accepted = {code: practice for code, practice in practices.items() if code not in refused}
        return ExtractReading(
            file=self._file,
            achievement_date=day,
            practices=accepted,
            refused=refused,
            problems=self.found.problems,
            rows=self.found.rows,
        )

    def _admit(self, line: int, organisation: str, day: str) -> PracticeReading | None:
        if organisation not in self._expected.organisations:
            self.found.unknown[organisation] += 1
            self.found.first_unknown.setdefault(organisation, line)
            if len(self.found.first_unknown) > STRANGERS:
                raise UnreadableFile(code=Code.FILE_ORGANISATIONS, message=STRANGE)
            return None
        admitted = self._expected.admitted.get(day)
        if admitted is None:
            self.found.strays.setdefault(organisation, (line, day))
            return None
        if organisation not in admitted:
            self.found.absent[organisation, day] += 1
            self.found.first_absent.setdefault((organisation, day), line)
            return None
        size = len(self._expected.grid.slots)
        practice = PracticeReading(submission=empty_submission(size=size), lasts=bytearray(size), first_line=line)
        return self.found.days.setdefault(day, {}).setdefault(organisation, practice)

    def _explain(self, line: int, row: Sequence[str]) -> None:
        padded = (*row, *("",) * len(COLUMNS))
        organisation, indicator, field = padded[ORGANISATION], padded[INDICATOR], padded[FIELD]
        known = field in self._numbers.get(indicator, {})  # a name of the service's own identifies nobody
        for found in row_problems(row=row, service=self._expected.service, grid=self._expected.grid):
            place = (self._file, line, shown(organisation), shown(indicator), field if known else shown(field))
            self.found.problems.add(Problem(*place, found.value, found.code, Severity.ROW, found.message))
        if len(row) <= DATE:  # too short to say whose it is; the other rows of its practice will be missed
            return
        day = padded[DATE]
        practice = self.practice(line=line, organisation=organisation, day=day)
        if practice is not None:
            practice.refused_at = practice.refused_at or line

    def _unknown_problems(self) -> Iterator[Problem]:
        for organisation, line in self.found.first_unknown.items():
            message = (
                f"The organisation is not known on the date that lists are counted; its "
                f"{self.found.unknown[organisation]} rows are refused. Check ORG_CODE, or send the organisation first."
            )
            yield self._practice_problem(organisation, line, Code.PRACTICE_UNKNOWN, message)

    def _absence_problems(self, refused: dict[str, int]) -> Iterator[Problem]:
        if self._expected.listed is None:
            place = (self._file, 0, "", "", "", "", Code.WARNING_PARTICIPATION, Severity.WARNING)
            yield Problem(*place, UNLISTED.format(service=self._expected.service))
        for (organisation, day), line in self.found.first_absent.items():
            refused.setdefault(organisation, line)
            code, cause, remedy = self._expected.why_not(organisation=organisation, day=day)
            message = f"{cause}; its {self.found.absent[organisation, day]} rows are refused. {remedy}"
            yield self._practice_problem(organisation, line, code, message, value=day)

    def _date_problems(self, chosen: str | None, refused: dict[str, int]) -> Iterator[Problem]:
        dates = ", ".join(sorted(self._expected.dates))
        unexpected = f"{self._expected.service} has no such achievement date here; it may be one of {dates}."
        other = f"The file is of achievement date {chosen}. Send each achievement date in a file of its own."
        for organisation, (line, day) in self.found.strays.items():
            refused.setdefault(organisation, line)
            yield self._practice_problem(organisation, line, Code.PRACTICE_DATE, unexpected, value=shown(day))
        for day, practices in self.found.days.items():
            for organisation, practice in practices.items() if day != chosen else ():
                refused.setdefault(organisation, practice.first_line)
                yield self._practice_problem(organisation, practice.first_line, Code.PRACTICE_DATE, other, value=day)

    def _practice_problems(self, organisation: str, practice: PracticeReading) -> Iterator[Problem]:
        for line, slot in by_line(practice.duplicates):
            message = "The same value was already sent for this time of submission; one of the two rows is enough."
            yield self._slot_problem(organisation, practice, slot, line, Code.WARNING_DUPLICATE, message)
        for line, slot in by_line(practice.conflicts):
            practice.refused_at = practice.refused_at or line
            message = "Another value has the same time of submission. Send the right one with a later time."
            yield self._slot_problem(organisation, practice, slot, line, Code.PRACTICE_CONFLICT, message)
        for slot in numerators_above(grid=self._expected.grid, values=practice.submission.values):
            line = practice.submission.places[slot]
            practice.refused_at = practice.refused_at or line
            message = "The numerator is above its denominator. A patient counted in it must be in the denominator too."
            yield self._slot_problem(organisation, practice, slot, line, Code.PRACTICE_NUMERATOR, message)

    def _slot_problem(
        self, organisation: str, practice: PracticeReading, slot: int, line: int, code: Code, message: str
    ) -> Problem:
        place = self._expected.grid.slots[slot]
        severity = Severity.WARNING if code is Code.WARNING_DUPLICATE else Severity.PRACTICE
        value = str(practice.submission.values[slot])
        return Problem(self._file, line, organisation, place.indicator, place.field, value, code, severity, message)

    def _practice_problem(self, organisation: str, line: int, code: Code, message: str, *, value: str = "") -> Problem:
        return Problem(self._file, line, shown(organisation), "", "", value, code, Severity.PRACTICE, message)


def by_line(noted: Mapping[int, int]) -> list[tuple[int, int]]:
    """What was noted of slots with the line of each, as lines with their slots, in the order of the file."""
    return sorted((line, slot) for slot, line in noted.items())
