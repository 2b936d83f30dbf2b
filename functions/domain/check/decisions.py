"""Reading a file of decisions: points that somebody decided, a line for each practice (or everybody) and indicator."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from functions.domain.calculate.deciding import decision_id
from functions.domain.calculate.rules import hundredths
from functions.domain.calculate.text import plain_text
from functions.domain.check.organisations import compact_date
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.stream import UnreadableFile, csv_sentence
from schemas.decision import EVERYBODY, PointsDecision
from schemas.problem import Code, Problem, Severity
from schemas.service import ServiceDocument

DECISION_COLUMNS: Final = [
    "QUALITY_SERVICE",
    "ACH_DATE",
    "ORG_CODE",
    "IND_CODE",
    "POINTS",
    "AUTHOR",
    "REASON",
    "SOURCE",
]
POINTS: Final = re.compile(r"\d{1,6}(?:\.\d{1,2})?", re.ASCII)
ORGANISATION: Final = re.compile(r"[A-Z0-9]{1,10}|\*", re.ASCII)
LONGEST: Final = 1000  # characters of a reason
Key = tuple[str, date, str, str]


@dataclass(frozen=True, slots=True)
class DecisionReading:
    """What a file of decisions said: those accepted, the organisations that another row was refused for, and every
    problem.
    """

    decisions: tuple[PointsDecision, ...]
    refused: frozenset[str]
    problems: ProblemList
    rows: int
    rows_accepted: int

    @property
    def readable(self) -> bool:
        """False when the file as a whole was refused."""
        return not self.problems.by_severity[Severity.FILE]


def read_decisions(*, file: str, lines: Iterable[str], services: Mapping[str, ServiceDocument]) -> DecisionReading:
    """Read decisions from lines of text. A row with a problem is refused, and so are two that differ on one figure."""
    return _Reader(file, services).read(csv.reader(iter(lines), strict=True))


class _Reader:
    def __init__(self, file: str, services: Mapping[str, ServiceDocument]) -> None:
        self._file, self._services = file, services
        self._problems, self._found, self._refused = ProblemList(), dict[Key, PointsDecision](), set[Key]()
        self._organisations, self._rows, self._given = set[str](), 0, Counter[Key]()

    def read(self, rows: "csv._reader") -> DecisionReading:  # type: ignore[name-defined]  # typeshed's own name
        try:
            self._read(rows)
        except UnreadableFile as unreadable:
            self._complain(rows.line_num, unreadable.code, Severity.FILE, unreadable.message)
        except csv.Error as error:
            self._complain(rows.line_num, Code.FILE_CSV, Severity.FILE, csv_sentence(error=error))
        whole = not self._problems.by_severity[Severity.FILE]
        accepted = tuple(self._found[key] for key in sorted(self._found) if whole and key not in self._refused)
        rows = sum(self._given[key] for key in self._given if whole and key not in self._refused)
        return DecisionReading(accepted, frozenset(self._organisations), self._problems, self._rows, rows)

    def _read(self, rows: "csv._reader") -> None:  # type: ignore[name-defined]  # as above
        header = next(rows, None)
        if header != DECISION_COLUMNS:
            code = Code.FILE_EMPTY if header is None else Code.FILE_HEADER
            self._complain(1, code, Severity.FILE, f"The header must be: {','.join(DECISION_COLUMNS)}")
            return
        for row in filter(any, rows):
            self._rows += 1
            self._row(row, rows.line_num)
        if not self._rows:
            message = "The file holds a header and no row. Send at least one row."
            self._complain(1, Code.FILE_EMPTY, Severity.FILE, message)

    def _row(self, row: Sequence[str], line: int) -> None:
        decision = self._decision(row, line)
        if isinstance(decision, str):
            self._refuse(row, line, decision)
            return
        key = (decision.service, decision.achievement_date, decision.organisation, decision.indicator)
        first = self._found.setdefault(key, decision)
        self._given[key] += 1
        if first.model_copy(update={"id": decision.id, "line": line}) != decision:
            self._refused.add(key)
            self._refuse(row, line, "Another row decides the same points otherwise. Send one; neither was taken.")

    def _refuse(self, row: Sequence[str], line: int, message: str) -> None:
        organisation, indicator = (*row[2:4], "", "")[:2]
        self._organisations.add(organisation)
        self._complain(line, Code.ROW_DECISION, Severity.ROW, message, organisation, indicator)

    def _complain(  # the place and what is wrong there
        self, line: int, code: Code, severity: Severity, message: str, organisation: str = "", indicator: str = ""
    ) -> None:
        place = self._file, line, shown(organisation), shown(indicator), "", ""
        self._problems.add(Problem(*place, code, severity, message))

    def _decision(self, row: Sequence[str], line: int) -> PointsDecision | str:
        if len(row) != len(DECISION_COLUMNS):
            return f"The row has {len(row)} columns instead of {len(DECISION_COLUMNS)}."
        service, day, organisation, indicator, points, *reasons = row
        document = self._services.get(service)
        if document is None:
            return f"QUALITY_SERVICE is not one of {', '.join(sorted(self._services))}."
        objection = _objection(document, day, organisation, reasons)
        if objection is not None:
            return objection
        fixed = _points(document, indicator, points)
        if isinstance(fixed, str):
            return fixed
        author, reason, source = (text.strip() for text in reasons)
        return decision_id(
            decision=PointsDecision(
                id="-", service=service, achievement_date=date.fromisoformat(day), organisation=organisation,
                indicator=indicator, points=fixed[0], author=author, reason=reason, source=source,
                file=self._file, line=line,
            )
        )  # fmt: skip


def _objection(document: ServiceDocument, day: str, organisation: str, reasons: Sequence[str]) -> str | None:
    dates = {collection.achievement_date for collection in document.collections}
    if compact_date(day) not in dates:
        return f"ACH_DATE is no achievement date of {document.code}. Send one such as {max(dates):%Y%m%d}."
    if ORGANISATION.fullmatch(organisation) is None:
        return f"ORG_CODE is not an organisation code, nor {EVERYBODY} for everybody."
    for column, text in zip(DECISION_COLUMNS[-3:], reasons, strict=True):
        if not text.strip() or len(text) > LONGEST:
            return (
                f"{column} is blank or longer than {LONGEST:,} characters. Say who decided, why, and where it stands."
            )
    return None


def _points(document: ServiceDocument, indicator: str, points: str) -> tuple[int | None] | str:
    """The points in hundredths, None where an earlier decision is withdrawn; or why they cannot be given."""
    offered = {one.code: hundredths(one.points) for one in document.scored}
    if indicator not in offered:
        return f"IND_CODE carries no points in {document.code}."
    if points == "":
        return (None,)
    if POINTS.fullmatch(points) is None:
        return "POINTS is not a number with at most two decimals, such as 5 or 2.75, nor blank to withdraw a decision."
    fixed = hundredths(Decimal(points))
    if fixed > offered[indicator]:
        return f"POINTS is more than the {plain_text(offered[indicator], places=2)} points that the indicator offers."
    return (fixed,)
