"""Reading a participation list: who takes part in which service, from when to when.

A list counts whole or not at all. Who is not on it does not take part and is not paid, so that leaving out a row that
cannot be read would end somebody's participation; the list that was received before says more than half of a new one.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError

from functions.domain.check.organisations import compact_date
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.stream import UnreadableFile, csv_sentence
from schemas.participation import LONGEST_TEXT, Participation
from schemas.problem import Code, Problem, Severity

PARTICIPATION_COLUMNS = ["QUALITY_SERVICE", "SP_ORG_CODE", "SP_ORG_NAME", "CO_ORG_CODE", "PART_ST_DT", "PART_ED_DT"]
MOST_ROWS = 250_000  # rows held at once: every practice of England in forty services


@dataclass(frozen=True, slots=True)
class ParticipationReading:
    """What a participation list said: who takes part, by service, in the order of codes and days; and every problem.

    `participations` is empty where the list is refused, and `refused` names the organisations whose rows are why.
    """

    file: str
    participations: Mapping[str, tuple[Participation, ...]]
    refused: frozenset[str]
    problems: ProblemList
    rows: int

    @property
    def readable(self) -> bool:
        """False when the list was refused."""
        return not self.problems.by_severity[Severity.FILE]

    @property
    def organisations(self) -> frozenset[str]:
        """Everybody who takes part in something."""
        return frozenset(one.organisation for listed in self.participations.values() for one in listed)


def read_participation(*, file: str, lines: Iterable[str], services: Collection[str]) -> ParticipationReading:
    """Read a participation list of some of these services from lines of text. Never raises for what is in it."""
    reader = _ListReader(file=file, services=services)
    rows = csv.reader(iter(lines), strict=True)
    try:
        _check_header(next(rows, None))
        for row in rows:
            if any(row):
                reader.read(line=rows.line_num, row=row)
        _check_rows(reader.rows)
    except UnreadableFile as unreadable:
        reader.refuse(line=max(rows.line_num, 1), code=unreadable.code, message=unreadable.message)
    except csv.Error as error:
        reader.refuse(line=rows.line_num, code=Code.FILE_CSV, message=csv_sentence(error=error))
    return reader.finish()


class _ListReader:
    """The rows of a list, each with the line on which it stood first. The same row twice is one."""

    def __init__(self, *, file: str, services: Collection[str]) -> None:
        self._file = file
        self._services = services
        self._found: dict[Participation, int] = {}
        self._refused: set[str] = set()
        self._problems = ProblemList()
        self.rows = 0

    def read(self, *, line: int, row: Sequence[str]) -> None:
        """Take a row, or say what is wrong with it. Raises UnreadableFile where there are too many."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            message = f"The list has more than {MOST_ROWS:,} rows. Send each service in a file of its own."
            raise UnreadableFile(code=Code.FILE_TOO_LARGE, message=message)
        found = _participation(row, self._services)
        if isinstance(found, Participation):
            self._found.setdefault(found, line)
        else:
            value, message = found
            self._complain(line, "".join(row[1:2]), value, message)

    def refuse(self, *, line: int, code: Code, message: str) -> None:
        """Refuse the list for something about the file."""
        self._problems.add(Problem(self._file, line, "", "", "", "", code, Severity.FILE, message))

    def finish(self) -> ParticipationReading:
        """The reading, once every row was read."""
        order = sorted(self._found, key=lambda one: (one.service, one.organisation, one.starts, self._found[one]))
        self._check_periods(order)
        wrong = self._problems.by_severity[Severity.ROW]
        if wrong:
            message = (
                f"{wrong:,} {'row' if wrong == 1 else 'rows'} cannot be taken, so that the list does not count: who is "
                "not on a list does not take part. The list received before stays. Send the whole list again."
            )
            self.refuse(line=0, code=Code.FILE_PARTICIPATION, message=message)
        listed: dict[str, list[Participation]] = {}
        for one in () if self._problems.total else order:
            listed.setdefault(one.service, []).append(one)
        return ParticipationReading(
            file=self._file,
            participations={service: tuple(found) for service, found in listed.items()},
            refused=frozenset(self._refused),
            problems=self._problems,
            rows=self.rows,
        )

    def _check_periods(self, order: Sequence[Participation]) -> None:
        """Complain of every row whose days another row of the same organisation and service has already."""
        longest: Participation | None = None
        for one in order:
            same = longest and (longest.service, longest.organisation) == (one.service, one.organisation)
            if longest and same and one.starts <= longest.last_day:
                early, late = sorted((longest, one), key=self._found.__getitem__)
                message = f"Its days overlap with those of line {self._found[early]}. Send one row for each period."
                self._complain(self._found[late], late.organisation, f"{late.starts:%Y%m%d}", message)
            if not (longest and same) or one.last_day > longest.last_day:
                longest = one

    def _complain(self, line: int, organisation: str, value: str, message: str) -> None:
        place = (self._file, line, shown(organisation), "", "", shown(value))
        self._problems.add(Problem(*place, Code.ROW_PARTICIPATION, Severity.ROW, message))
        self._refused.add(organisation)


def _participation(row: Sequence[str], services: Collection[str]) -> Participation | tuple[str, str]:
    """A row, or the offending value and what to send instead."""
    if len(row) != len(PARTICIPATION_COLUMNS):
        return "", f"The row has {len(row)} columns instead of {len(PARTICIPATION_COLUMNS)}. Quote names with a comma."
    service, organisation, name, commissioner, first, last = row
    starts, ends = compact_date(first), compact_date(last)
    if service not in services:
        return service, f"There is no service of this code.{_near(service, services)}"
    if starts is None or (ends is None and last) or (ends is not None and ends < starts):
        return _wrong_days(first, last)
    try:
        return Participation(
            service=service,
            organisation=organisation,
            name=name,
            commissioner=commissioner,
            starts=starts,
            ends=ends,
        )
    except ValidationError as error:
        return "", " ".join(WANTED[str(found["loc"][0])] for found in error.errors())


def _wrong_days(first: str, last: str) -> tuple[str, str]:
    if compact_date(first) is None:
        return first, "PART_ST_DT is not a date such as 20230401. Send the first day of the participation."
    if compact_date(last) is None:
        return last, "PART_ED_DT is not a date such as 20240331. Send the last day, or nothing where it is open."
    return last, f"PART_ED_DT is before PART_ST_DT, {first}. Send the last day of the participation."


WANTED = {
    "organisation": "SP_ORG_CODE is not an organisation code: capital letters and digits, at most ten.",
    "name": f"SP_ORG_NAME has more than {LONGEST_TEXT} characters. Shorten it.",
    "commissioner": f"CO_ORG_CODE is blank or has more than {LONGEST_TEXT} characters. Send the commissioner's code.",
}


def _near(service: str, services: Collection[str]) -> str:
    near = get_close_matches(service.upper()[:LONGEST_TEXT], services, n=1)
    return f" Did you mean {near[0]}?" if near else f" Known are {', '.join(sorted(services))}."


def _check_header(header: list[str] | None) -> None:
    if header is None:
        raise UnreadableFile(code=Code.FILE_EMPTY, message="The file is empty. Send the header and at least one row.")
    if header != PARTICIPATION_COLUMNS:
        message = f"The header must be: {','.join(PARTICIPATION_COLUMNS)}"
        raise UnreadableFile(code=Code.FILE_HEADER, message=message)


def _check_rows(rows: int) -> None:
    if not rows:
        message = "The file holds a header and no row. Send at least one row."
        raise UnreadableFile(code=Code.FILE_EMPTY, message=message)
