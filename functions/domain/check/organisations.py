"""Reading a file of organisations: who takes part, with the list counted on a date."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import ValidationError

from functions.domain.calculate.contract import list_at
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.row import plain_number
from functions.domain.check.stream import UnreadableFile, csv_sentence
from schemas.organisation import Organisation
from schemas.problem import Code, Problem, Severity

ORGANISATION_COLUMNS = [
    "ORG_CODE",
    "ORG_NAME",
    "LIST_SIZE",
    "LIST_SIZE_DATE",
    "PCN_ODS_CODE",
    "SUB_ICB_ODS_CODE",
    "ICB_ODS_CODE",
    "REGION_ODS_CODE",
]
CONTRACT_COLUMNS = ["CONTRACT_TYPE", "OPEN_DATE", "CLOSE_DATE", "SUPPLIER"]  # may follow in this order, or the first
HEADERS = [[*ORGANISATION_COLUMNS, *CONTRACT_COLUMNS[:more]] for more in range(len(CONTRACT_COLUMNS) + 1)]


@dataclass(frozen=True, slots=True)
class OrganisationReading:
    """What a file of organisations said: those accepted by code and list date, the line of each, and every problem."""

    file: str
    organisations: Mapping[tuple[str, date], Organisation]
    lines: Mapping[tuple[str, date], int]
    refused: frozenset[str]
    problems: ProblemList
    rows: int

    @property
    def readable(self) -> bool:
        """False when the file as a whole was refused."""
        return not self.problems.by_severity[Severity.FILE]

    def at(self, *, day: date) -> dict[str, Organisation]:
        """Every organisation with its list at a day, by code."""
        found = {code: one for (code, counted), one in self.organisations.items() if counted == day}
        lists: dict[str, list[Organisation]] = {}
        for (code, _), one in self.organisations.items():
            if code not in found:
                lists.setdefault(code, []).append(one)
        others = {code: list_at(day=day, lists=counted) for code, counted in lists.items()}
        return found | {code: one for code, one in others.items() if one is not None}

    def each(self, *, day: date) -> dict[str, Organisation]:
        """Every organisation by code, with its list at a day or, where it has none, its latest."""
        return {code: one for (code, _), one in self.organisations.items()} | self.at(day=day)


def read_organisations(*, file: str, lines: Iterable[str], suppliers: Collection[str]) -> OrganisationReading:
    """Read organisations from lines of text. A row with a problem is refused, the others accepted.

    `suppliers` are the folders of those that send extracts: the practices of any other could be sent by nobody.
    """
    problems, found, refused, count = ProblemList(), dict[tuple[str, date], Organisation](), set[str](), 0
    places = dict[tuple[str, date], int]()
    rows = csv.reader(iter(lines), strict=True)

    def complain(row: Sequence[str], code: Code, severity: Severity, message: str, value: str = "") -> None:
        problems.add(
            Problem(file, rows.line_num, shown("".join(row[:1])), "", "", shown(value), code, severity, message)
        )
        refused.update(row[:1])

    try:
        header = next(rows, None)
        if header not in HEADERS:
            code = Code.FILE_EMPTY if header is None else Code.FILE_HEADER
            more = f"{', '.join(CONTRACT_COLUMNS)} may follow in this order."
            complain((), code, Severity.FILE, f"The header must be: {','.join(ORGANISATION_COLUMNS)}. {more}")
            rows = csv.reader(iter(()))
        for row in rows:
            some = any(row)  # spreadsheets leave lines of commas behind
            count += some
            organisation = _organisation(row, columns=len(header or ()), suppliers=suppliers) if some else None
            if isinstance(organisation, str):
                complain(row, Code.ROW_ORGANISATION, Severity.ROW, organisation)
            elif organisation is not None:
                key = (organisation.code, organisation.list_size_date)
                places.setdefault(key, rows.line_num)
                if found.setdefault(key, organisation) != organisation:
                    message = "The organisation has another row with the same list date that differs. Send one."
                    complain(row, Code.ROW_ORGANISATION, Severity.ROW, message)
        if not count and not problems.total:
            complain((), Code.FILE_EMPTY, Severity.FILE, "The file holds a header and no row. Send at least one row.")
    except UnreadableFile as unreadable:
        complain((), unreadable.code, Severity.FILE, unreadable.message)
    except csv.Error as error:
        complain((), Code.FILE_CSV, Severity.FILE, csv_sentence(error=error))
    whole = not problems.by_severity[Severity.FILE]
    accepted = {key: found[key] for key in sorted(found) if whole and key[0] not in refused}
    return OrganisationReading(
        file=file, organisations=accepted, lines=places, refused=frozenset(refused), problems=problems, rows=count
    )


def _organisation(row: Sequence[str], *, columns: int, suppliers: Collection[str]) -> Organisation | str:
    if len(row) != columns and {len(row), columns} != {len(ORGANISATION_COLUMNS), len(ORGANISATION_COLUMNS) + 1}:
        return f"The row has {len(row)} columns instead of {columns}."
    code, name, size, day, network, sub_icb, icb, region, *contract = row
    contract_type, opens, closes, supplier = (*contract, *[""] * len(CONTRACT_COLUMNS))[: len(CONTRACT_COLUMNS)]
    people, counted = plain_number(size), compact_date(day)
    objection = _contract_objection(opens, closes) or _supplier_objection(supplier, suppliers)
    if objection is not None:
        return objection
    if people is None:
        return "LIST_SIZE is not a plain whole number. Send the number of registered people, such as 8250."
    if counted is None:
        return "LIST_SIZE_DATE is not a date such as 20240101. Send the day on which the list was counted."
    try:
        return Organisation(
            code=code,
            name=name,
            list_size=people,
            list_size_date=counted,
            network=network or None,
            sub_icb=sub_icb,
            icb=icb,
            region=region,
            contract_type=contract_type or None,
            opened=compact_date(opens),
            closed=compact_date(closes),
            supplier=supplier or None,
        )
    except ValidationError as error:
        names = {
            "code": "ORG_CODE",
            "network": "PCN_ODS_CODE",
            "sub_icb": "SUB_ICB_ODS_CODE",
            "icb": "ICB_ODS_CODE",
            "region": "REGION_ODS_CODE",
        }
        named = ", ".join(names.get(str(e["loc"][0]), str(e["loc"][0])) for e in error.errors())
        return f"{named} is not an organisation code: capital letters and digits, at most ten."


def _contract_objection(opens: str, closes: str) -> str | None:
    """What is wrong with the first and the last day of a contract, each blank where there is none."""
    if not opens and not closes:
        return None
    opened, closed = compact_date(opens), compact_date(closes)
    for column, text, day in (("OPEN_DATE", opens, opened), ("CLOSE_DATE", closes, closed)):
        if text and day is None:
            return f"{column} is not a date such as 20240101. Send the day, or nothing where there is none."
    if opened and closed and closed < opened:
        return "CLOSE_DATE is before OPEN_DATE. Send the first day of the contract and its last."
    return None


def _supplier_objection(supplier: str, suppliers: Collection[str]) -> str | None:
    """What is wrong with the supplier of a practice, blank where none is named."""
    if not supplier or supplier in suppliers:
        return None
    return f"SUPPLIER is no folder of a supplier. Send one of {', '.join(sorted(suppliers))}, or nothing."


@lru_cache(maxsize=1024)  # a file holds few dates, many times each
def compact_date(text: str) -> date | None:
    """A date written `20240101`, or None."""
    if len(text) != len("yyyymmdd") or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
