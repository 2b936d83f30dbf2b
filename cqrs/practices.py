"""Which practices the files allow to be calculated, and why each of the others is left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cqrs.input_files import Inputs
from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.contract import contract_objection, days_open
from functions.domain.calculate.deciding import Decided
from functions.domain.check.expectation import participants
from functions.domain.check.gathering import gather_practice, taken_as_they_are
from functions.domain.check.organisations import OrganisationReading, compact_date
from functions.domain.check.reading import ExtractReading
from functions.domain.grid import Grid
from functions.domain.submission import Submission
from schemas.organisation import Organisation
from schemas.participation import ParticipationList
from schemas.problem import Code, Problem, Severity
from schemas.service import ServiceDocument


@dataclass(frozen=True, slots=True)
class Gathered:
    """The practices to calculate, in the order of their codes, and what speaks against the others.

    `achievement_date` is the date of every extract, as `20240331`; blank where they do not agree or none has one.
    `left_out` names every organisation that should be calculated and is not: one that is known and does not take part
    at that date is neither. `problems` are the lines of `problems.csv`.
    """

    achievement_date: str
    practices: tuple[PracticeInputs, ...]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]

    def decided_by(self, decided: Decided) -> "Gathered":
        """The same with the points fixed that are decided, and a warning of every decision that fixes none."""
        if decided.nothing:
            return self
        practices = tuple(
            replace(
                one, fixed={code: given.points for code, given in decided.fixed(organisation=one.organisation).items()}
            )
            for one in self.practices
        )
        problems = (*self.problems, *decided.unfollowed(practices=(one.organisation for one in self.practices)))
        return replace(self, practices=practices, problems=problems)


def gather_practices(*, document: ServiceDocument, grid: Grid, inputs: Inputs) -> Gathered:
    """Take together what all files said. A practice refused in one of them is left out, whatever another says."""
    found = [problem for _, problems in inputs.problems() for problem in problems.listed]
    refused = set(inputs.organisations.refused).union(*(read.refused for read in inputs.extracts))
    known = {code for code, _ in inputs.organisations.organisations}
    dates = {read.achievement_date for read in inputs.extracts if read.achievement_date}
    if len(dates) > 1:
        problems = (*found, *_date_problems(inputs.extracts))
        return Gathered("", (), tuple(sorted(refused | known)), problems)
    day = compact_date("".join(dates))
    taking_part = _taking_part(inputs.listed(service=document.code), known, day)
    practices, elsewhere = [], known - taking_part  # elsewhere: neither calculated nor left out
    listed = inputs.organisations.at(day=document.parameters.practice_list.value)
    whole = _whole(grid, inputs.extracts)
    for code in sorted(taking_part):
        objection = _contract_problem(document, listed.get(code), day or document.year.ends, inputs.organisations)
        if objection is not None:
            elsewhere.add(code)
            found.extend([objection] if any(code in read.practices for read in inputs.extracts) else [])
            continue
        if code in known:
            values = whole.get(code) or _values(grid, code, inputs.extracts)
            gathered = _practice(document, code, listed.get(code), values, inputs)
        else:
            gathered = _unknown(code, inputs)
        if isinstance(gathered, PracticeInputs):
            practices.append(gathered)
        else:
            found.extend(gathered)
    left_out = (refused | taking_part).difference(elsewhere, (practice.organisation for practice in practices))
    return Gathered("".join(dates), tuple(practices), tuple(sorted(left_out)), tuple(found))


def _taking_part(listed: ParticipationList | None, known: set[str], day: date | None) -> frozenset[str]:
    """Who takes part at the achievement date; everybody on the list where no extract has one."""
    if listed is not None and day is None:
        return frozenset(one.organisation for one in listed.participations)
    return participants(on=listed, known=known, day=day or date.max)


def _contract_problem(
    document: ServiceDocument, organisation: Organisation | None, day: date, known: OrganisationReading
) -> Problem | None:
    if organisation is None:
        return None
    objection = contract_objection(document=document, organisation=organisation, achievement_date=day)
    if objection is None:
        return None
    line = known.lines[organisation.code, organisation.list_size_date]
    return Problem(known.file, line, organisation.code, "", "", "", objection[0], Severity.PRACTICE, objection[1])


def _practice(
    document: ServiceDocument,
    code: str,
    organisation: Organisation | None,
    values: Submission | tuple[Problem, ...],
    inputs: Inputs,
) -> PracticeInputs | tuple[Problem, ...]:
    if organisation is None:
        problem = _list_problem(code, document.parameters.practice_list.value, inputs.organisations)
        return (problem,) if isinstance(values, Submission) else (problem, *values)
    if isinstance(values, Submission):
        days = days_open(year=document.year, organisation=organisation)
        return PracticeInputs(organisation=code, list_size=organisation.list_size, values=values.values, days_open=days)
    return values


def _whole(grid: Grid, extracts: Sequence[ExtractReading]) -> dict[str, Submission]:
    """The values of the practices that one file alone speaks of, and that nothing speaks against: nearly all."""
    files = Counter(code for read in extracts for code in (*read.practices, *read.refused))
    codes = [(code, read) for read in extracts for code in read.practices if files[code] == 1]
    submissions = [read.practices[code].submission for code, read in codes]
    taken = taken_as_they_are(grid=grid, submissions=submissions)
    return {code: one for (code, _), one, whole in zip(codes, submissions, taken, strict=True) if whole}


def _values(grid: Grid, code: str, extracts: Sequence[ExtractReading]) -> Submission | tuple[Problem, ...]:
    """The values that count, or why there are none; no further word where a file's own problems say it already."""
    if any(code in read.refused for read in extracts):
        return ()
    sent = [(read.file, read.practices[code]) for read in extracts if code in read.practices]
    if not sent:
        message = "Nothing was submitted for this practice. Give the extract that holds it, or leave the practice out."
        return (Problem("", 0, code, "", "", "", Code.PRACTICE_INCOMPLETE, Severity.PRACTICE, message),)
    file, first = sent[0]
    submissions = tuple(practice.submission for _, practice in sent)
    return gather_practice(grid=grid, organisation=code, submissions=submissions, file=file, line=first.first_line)


def _unknown(code: str, inputs: Inputs) -> tuple[Problem, ...]:
    """Why a participant that is no known organisation is left out; no further word where its own row says it."""
    if code in inputs.organisations.refused:
        return ()
    message = "The participation list has this organisation, and the organisations do not. Give the list of each."
    return (Problem("", 0, code, "", "", "", Code.PRACTICE_UNKNOWN, Severity.PRACTICE, message),)


def _list_problem(code: str, list_date: date, organisations: OrganisationReading) -> Problem:
    counted = max(day for known, day in organisations.organisations if known == code)
    message = (
        f"The list was counted on {counted:%Y%m%d}, the rule asks for {list_date:%Y%m%d}. "
        "Give the list that was counted on that day."
    )
    line = organisations.lines[code, counted]
    place = (organisations.file, line, code, "", "", f"{counted:%Y%m%d}")
    return Problem(*place, Code.PRACTICE_LIST, Severity.PRACTICE, message)


def _date_problems(extracts: Sequence[ExtractReading]) -> Iterator[Problem]:
    dates = ", ".join(sorted({read.achievement_date for read in extracts if read.achievement_date}))
    for read in extracts:
        if read.achievement_date:
            message = (
                f"The file is of achievement date {read.achievement_date}, but the files are of {dates}. "
                "Calculate each date on its own."
            )
            place = (read.file, 1, "", "", "", read.achievement_date)
            yield Problem(*place, Code.FILE_DATE, Severity.FILE, message)
