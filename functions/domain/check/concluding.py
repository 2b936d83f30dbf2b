"""The verdict on each practice of a file, and on the file, once every row of it was read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import ne

from functions.domain.check.found import Found, most_rows
from functions.domain.check.problems import WITHHELD, ProblemList, shown
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.relations import Relation, relations
from functions.domain.check.remarks import practice_remarks, worth_a_remark
from functions.domain.check.stored import PracticeReading
from schemas.problem import Code, Problem, Severity

PERSONAL = (
    "Something on this line looks like an NHS number, a birth date or a name. Such a file is taken out of reach, and "
    "nothing of it counts. Send counts alone: an extract names no patient."
)
EARLY = "The collection for {day} opens on {opens}. Extract anew and send it from then on."
LATE = (
    "The collection for {day} closed on {ended}. What the file holds counts in runs that are started from now on; ask "
    "NHS England whether there will be one."
)
UNLISTED = (
    "No participation list was ever received for {service}: every organisation that is known is taken to participate. "
    "Have the list sent before the run; this file need not be sent again."
)


def conclude(*, file: str, found: Found, expected: Expectation) -> ExtractReading:
    """The reading of a file. Its date is the one that most of its rows carry."""
    if found.personal:
        return _quarantined(file, found)
    if found.strays and not found.days and {day for _, day in found.strays.values()} <= expected.unopened.keys():
        return _early(file, found, expected)
    conclusion = Conclusion(file=file, found=found, expected=expected)
    day = most_rows(found.days)
    practices = found.days.get(day, {}) if day else {}
    found.problems.extend(conclusion.problems(day=day, practices=practices))
    return ExtractReading(
        file=file,
        achievement_date=day,
        practices={code: practice for code, practice in practices.items() if code not in conclusion.refused},
        refused=conclusion.refused,
        problems=found.problems,
        rows=found.rows,
    )


def _quarantined(file: str, found: Found) -> ExtractReading:
    """The reading of a file that may identify people: where it does, and nothing else of what it says."""
    problems = ProblemList()
    for line in found.personal:
        problems.add(Problem(file, line, "", "", "", WITHHELD, Code.FILE_PERSONAL, Severity.FILE, PERSONAL))
    problems.count(code=Code.FILE_PERSONAL, severity=Severity.FILE, more=found.personal_rows - len(found.personal))
    return ExtractReading(
        file=file, achievement_date=None, practices={}, refused={}, problems=problems, rows=found.rows, personal=True
    )


def _early(file: str, found: Found, expected: Expectation) -> ExtractReading:
    """The reading of a file that comes before its collection is open: nothing of it can be right yet."""
    line, day = min(found.strays.values())
    message = EARLY.format(day=day, opens=f"{expected.unopened[day]:%Y%m%d}")
    problems = ProblemList()
    problems.add(Problem(file, line, "", "", "", day, Code.FILE_EARLY, Severity.FILE, message))
    return ExtractReading(
        file=file, achievement_date=None, practices={}, refused={}, problems=problems, rows=found.rows
    )


NEAR = 100  # codes that nobody knows for which the one that is meant is looked for: it takes a while


class Conclusion:
    """What is wrong with practices as a whole. `refused` gathers those that are not taken, with the line of each."""

    def __init__(self, *, file: str, found: Found, expected: Expectation) -> None:
        self._file = file
        self._found = found
        self._expected = expected
        self.refused = dict(found.first_unknown)

    def problems(self, *, day: str | None, practices: Mapping[str, PracticeReading]) -> Iterator[Problem]:
        """Every problem that could not be told while rows were read; `practices` are those of the file's own date."""
        yield from self._unknown()
        yield from self._absent()
        yield from self._dates(day)
        yield from self._late(day)
        for code, line in self._found.broken.items():
            self.refused.setdefault(code, line)
        related = _related(self._expected, practices)
        for code, practice in practices.items():
            if code in related or worth_a_remark(practice=practice):
                yield from self._remarks(code, practice, related.get(code, ()))
            lines = [line for line in (practice.refused_at, self._found.broken.get(code)) if line]
            if lines:
                self.refused[code] = min(lines)

    def _unknown(self) -> Iterator[Problem]:
        sent = {code for held in self._found.days.values() for code in held}
        missing = sorted(set[str]().union(*self._expected.admitted.values()) - sent)
        for number, (organisation, line) in enumerate(self._found.first_unknown.items()):
            near = self._near(organisation, missing) if number < NEAR else ""
            message = (
                f"The organisation is not known on the date that lists are counted; its "
                f"{_rows(self._found.unknown[organisation])} refused.{near} Check ORG_CODE, or send the organisation "
                "first."
            )
            yield self._problem(organisation, line, Code.PRACTICE_UNKNOWN, message)

    def _near(self, organisation: str, missing: Iterable[str]) -> str:
        """The code that may be meant, in a sentence: written otherwise, or one letter from one that was not sent."""
        plain = organisation.strip().upper()
        if plain in self._expected.organisations:
            return f" Did you mean {plain}? It is written in capitals, without blanks."
        near = next((code for code in missing if _differ_in_one(code, organisation)), None)
        return f" Did you mean {near}?" if near else ""

    def _absent(self) -> Iterator[Problem]:
        if self._expected.listed is None:
            place = (self._file, 0, "", "", "", "", Code.WARNING_PARTICIPATION, Severity.WARNING)
            yield Problem(*place, UNLISTED.format(service=self._expected.service))
        for (organisation, day), line in self._found.first_absent.items():
            self.refused.setdefault(organisation, line)
            code, cause, remedy = self._expected.why_not(organisation=organisation, day=day)
            message = f"{cause}; its {_rows(self._found.absent[organisation, day])} refused. {remedy}"
            yield self._problem(organisation, line, code, message, value=day)

    def _dates(self, chosen: str | None) -> Iterator[Problem]:
        dates = ", ".join(sorted(self._expected.dates))
        may_be = f"it may be one of {dates}" if dates else "none can be sent yet"
        unexpected = f"{self._expected.service} has no such achievement date here; {may_be}."
        other = f"The file is of achievement date {chosen}. Send each achievement date in a file of its own."
        for organisation, (line, day) in self._found.strays.items():
            self.refused.setdefault(organisation, line)
            opens = self._expected.unopened.get(day)
            message = unexpected if opens is None else EARLY.format(day=day, opens=f"{opens:%Y%m%d}")
            yield self._problem(organisation, line, Code.PRACTICE_DATE, message, value=shown(day))
        for day, practices in self._found.days.items():
            for organisation, practice in practices.items() if day != chosen else ():
                self.refused.setdefault(organisation, practice.first_line)
                yield self._problem(organisation, practice.first_line, Code.PRACTICE_DATE, other, value=day)

    def _late(self, day: str | None) -> Iterator[Problem]:
        ended = self._expected.ended.get(day or "")
        if ended is not None:
            message = LATE.format(day=day, ended=f"{ended:%Y%m%d}")
            place = (self._file, 0, "", "", "", "")
            yield Problem(*place, Code.WARNING_LATE, Severity.WARNING, message)

    def _remarks(self, organisation: str, practice: PracticeReading, related: Sequence[Relation]) -> Iterator[Problem]:
        for remark in practice_remarks(practice=practice, related=related):
            if remark.severity is Severity.PRACTICE:
                practice.refused_at = practice.refused_at or remark.line
            slot = self._expected.grid.slots[remark.slot]
            place = (self._file, remark.line, organisation, slot.indicator, slot.field)
            value = str(practice.submission.values[remark.slot])
            yield Problem(*place, value, remark.code, remark.severity, remark.message)

    def _problem(self, organisation: str, line: int, code: Code, message: str, *, value: str = "") -> Problem:
        return Problem(self._file, line, shown(organisation), "", "", value, code, Severity.PRACTICE, message)


def _related(expected: Expectation, practices: Mapping[str, PracticeReading]) -> Mapping[str, Sequence[Relation]]:
    """The practices whose counts do not stand to one another as they should, and how."""
    codes, submissions = list(practices), [practice.submission for practice in practices.values()]
    found = defaultdict[str, list[Relation]](list)
    for number, relation in relations(grid=expected.grid, submissions=submissions):
        found[codes[number]].append(relation)
    return found


def _rows(count: int) -> str:
    """So many rows, and the verb."""
    return "1 row is" if count == 1 else f"{count} rows are"


def _differ_in_one(code: str, other: str) -> bool:
    return len(code) == len(other) and sum(map(ne, code, other)) == 1
