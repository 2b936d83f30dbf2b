"""The state of reading one extract, row by row."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import TypeAlias

from functions.domain.check.concluding import conclude
from functions.domain.check.found import Found
from functions.domain.check.names import MOST, Names
from functions.domain.check.personal import row_holds_a_person
from functions.domain.check.problems import shown
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import (
    COLUMNS,
    DATE,
    FIELD,
    INDICATOR,
    LAST,
    ORGANISATION,
    VALUE,
    plain_number,
    row_problems,
    submission_stamp,
)
from functions.domain.check.stored import PracticeReading
from functions.domain.check.stream import UnreadableFile
from functions.domain.submission import empty_submission
from schemas.problem import Code, Problem, Severity

STRANGERS = 10_000  # organisations that nobody knows: more than there are practices in England
STRANGE = f"The file names more than {STRANGERS:,} organisations that are not known. Check that ORG_CODE holds them."
MISSHAPEN = 1_000_000  # rows with too few or too many columns: a file of more would be read for hours for nothing
SHAPELESS = f"More than {MISSHAPEN:,} rows do not have {len(COLUMNS)} columns: this is no extract. Check what was sent."


Said: TypeAlias = tuple[int, int, int, bool]  # the slot of a row, its value, its time, and whether it is the last


class Fault(Enum):
    """Why a row cannot be taken, whosever it is."""

    PERSONAL = auto()  # it may identify a person
    SHAPE = auto()  # it has too few or too many columns
    SAYING = auto()  # what it says is wrong, or nothing that is asked for


class ExtractReader:
    """Collects the rows of one file, beside what was `found` in it before.

    Rows may come in any order; a practice's rows need not stand together.
    """

    def __init__(self, *, file: str, expectation: Expectation, found: Found | None = None) -> None:
        self._file = file
        self._expected = expectation
        self._numbers = expectation.grid.numbers
        self._names = frozenset(slot.field for slot in expectation.grid.slots)
        self._all_names = tuple(sorted(self._names))
        self._flags = frozenset(n for n, slot in enumerate(expectation.grid.slots) if slot.flag)
        self.found = Found() if found is None else found
        self._near = Names(seen=self.found.names)

    def read(self, *, line: int, row: Sequence[str]) -> None:
        """Accept a row, or explain why not and refuse its practice. A line without any text but commas is no row."""
        if any(row):
            self.settle(line=line, row=row, judged=self.judge(row=row))

    def judge(self, *, row: Sequence[str]) -> Said | Fault:
        """What a row says, or why it cannot be taken, whosever it is."""
        if row_holds_a_person(row=row, value=VALUE, columns=len(COLUMNS), names=self._names):
            return Fault.PERSONAL
        if len(row) != len(COLUMNS):
            return Fault.SHAPE
        return self._said(row) or Fault.SAYING

    def settle(self, *, line: int, row: Sequence[str], judged: Said | Fault) -> None:
        """Accept a row that was judged, or explain why not and refuse its practice."""
        self.found.rows += 1
        if judged is Fault.PERSONAL:
            self.found.note_person(line)
        elif judged is Fault.SHAPE:
            self._misshapen(line, row)
        else:
            practice = self.practice(line=line, organisation=row[ORGANISATION], day=row[DATE])
            self.found.note_beside("" if practice is None else row[ORGANISATION])
            if judged is Fault.SAYING:
                self._explain(line, row)
            if practice is not None:
                self._store(practice, line, judged)

    def _store(self, practice: PracticeReading, line: int, judged: Said | Fault) -> None:
        practice.rows += 1
        if isinstance(judged, tuple):
            slot, value, stamp, last = judged
            practice.store(slot=slot, value=value, stamp=stamp, last=last, line=line)
        else:
            practice.refused_at = practice.refused_at or line

    def _said(self, row: Sequence[str]) -> Said | None:
        service, _, _, _, indicator, field, text, _, _, submit_date, submit_time, last = row
        slot = self._numbers.get(indicator, {}).get(field)
        stamp = submission_stamp(submit_date, submit_time)
        value = plain_number(text)
        if (
            slot is None
            or stamp is None
            or value is None
            or service != self._expected.service
            or (value > 1 and slot in self._flags)
            or stamp > self._expected.latest
        ):
            return None
        return slot, value, stamp, last == LAST

    def practice(self, *, line: int, organisation: str, day: str) -> PracticeReading | None:
        """The reading of a practice that a row on this line is of; None where the row cannot be taken.

        Raises UnreadableFile where the file names more strangers than it can by mistake.
        """
        return self.found.days.get(day, {}).get(organisation) or self._admit(line, organisation, day)

    def expects(self, *, organisation: str, day: str) -> bool:
        """True when rows of this organisation and achievement date can be taken."""
        expected = self._expected
        return organisation in expected.admitted.get(day, ()) and organisation in expected.organisations

    @property
    def within_bounds(self) -> bool:
        """False where a file in one piece would have been refused for what was found, or told of it otherwise."""
        found = self.found
        return len(found.first_unknown) <= STRANGERS and found.misshapen_rows <= MISSHAPEN and len(found.names) <= MOST

    def finish(self) -> ExtractReading:
        """The reading, once every row was read."""
        return conclude(file=self._file, found=self.found, expected=self._expected)

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

    def _misshapen(self, line: int, row: Sequence[str]) -> None:
        """Refuse whoever a row of too few or too many columns names; what it says stands in the wrong ones."""
        self.found.misshapen, self.found.misshapen_rows = line, self.found.misshapen_rows + 1
        if self.found.misshapen_rows > MISSHAPEN:
            raise UnreadableFile(code=Code.FILE_CSV, message=SHAPELESS)
        self._explain(line, row)
        self.found.note_broken([column for column in row if column in self._expected.organisations], line)

    def _explain(self, line: int, row: Sequence[str]) -> None:
        expected = self._expected
        padded = row if len(row) > FIELD else (*row, *("",) * len(COLUMNS))
        organisation, indicator, field = padded[ORGANISATION], padded[INDICATOR], padded[FIELD]
        if organisation not in expected.organisations:
            organisation = shown(organisation)
        known = self._numbers.get(indicator)
        if known is None:
            indicator = shown(indicator)
            field = field if field in self._names else self._near.shown(name=field, known=self._all_names)
        elif field not in known:
            field = self._near.shown(name=field, known=tuple(known), of=indicator)
        place = (self._file, line, organisation, indicator, field)
        for found in row_problems(
            row=row, service=expected.service, grid=expected.grid, names=self._near, latest=expected.latest
        ):
            self.found.problems.add(Problem(*place, found.value, found.code, Severity.ROW, found.message))
