"""What is accepted in a file of organisations and what is refused, as a table."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pytest

from functions.domain.check.organisations import OrganisationReading, read_organisations
from functions.domain.check.stream import text_lines
from schemas.problem import Code

HEADER = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
GOOD = "A81001,The Densham Surgery,4050,20240101,U89141,16C,QHM,Y63"
SUPPLIERS = ("emis", "tpp")
OTHER = "A81002,Queens Park Medical Centre,18000,20240101,U07032,16C,QHM,Y63"


def read(*rows: str, header: str = HEADER) -> OrganisationReading:
    lines = [f"{line}\n" for line in (header, *rows)]
    return read_organisations(file="organisations.csv", lines=lines, suppliers=SUPPLIERS)


class Case(NamedTuple):
    """Rows below the header; the problems expected: line, code, organisation; and the organisations accepted."""

    name: str
    rows: Sequence[str]
    problems: Sequence[tuple[int, Code, str]]
    accepted: Sequence[str]


def refused(name: str, row: str, organisation: str = "A81001") -> Case:
    return Case(name, [row, OTHER], [(2, Code.ROW_ORGANISATION, organisation)], ["A81002"])


CASES = [
    Case("two organisations", [GOOD, OTHER], [], ["A81001", "A81002"]),
    Case("the same row twice", [GOOD, GOOD], [], ["A81001"]),
    Case("two list dates", [GOOD, GOOD.replace("20240101", "20230101")], [], ["A81001", "A81001"]),
    Case("an empty line", ["", GOOD], [], ["A81001"]),
    Case("a line that a spreadsheet leaves behind", [GOOD, ",,,,,,,"], [], ["A81001"]),
    Case("a practice of no network", [GOOD.replace("U89141", "")], [], ["A81001"]),
    Case("a contract type", [GOOD + ",GMS"], [], ["A81001"]),
    Case("a list of nobody", [GOOD.replace("4050", "0")], [], ["A81001"]),
    Case(
        "two lists of one date",
        [GOOD, OTHER, GOOD.replace("4050", "4051")],
        [(4, Code.ROW_ORGANISATION, "A81001")],
        ["A81002"],
    ),
    refused("a list that is no whole number", GOOD.replace("4050", "4,050").replace("4,050", '"4,050"')),
    refused("a list below nobody", GOOD.replace("4050", "-1")),
    refused("a day that is not", GOOD.replace("20240101", "20240230")),
    refused("a day written otherwise", GOOD.replace("20240101", "01/01/2024")),
    refused("a code of small letters", GOOD.replace("A81001", "a81001"), "a81001"),
    refused("no commissioner", GOOD.replace("16C", "")),
    refused("a column too few", GOOD.removesuffix(",Y63")),
    refused("two columns too many", GOOD + ",GMS,x"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_organisations_are_accepted_one_by_one_and_every_problem_has_its_line(case: Case) -> None:
    reading = read(*case.rows)
    assert [(p.line, p.code, p.organisation) for p in reading.problems.listed] == list(case.problems)
    assert [code for code, _ in reading.organisations] == list(case.accepted)


def test_an_organisation_has_its_list_with_its_date_its_place_and_its_line() -> None:
    reading = read(OTHER, GOOD + ",GMS")
    key = ("A81001", date(2024, 1, 1))
    assert reading.organisations[key].model_dump() == {
        "code": "A81001", "name": "The Densham Surgery", "list_size": 4050, "list_size_date": date(2024, 1, 1),
        "network": "U89141", "sub_icb": "16C", "icb": "QHM", "region": "Y63", "contract_type": "GMS",
        "opened": None, "closed": None, "supplier": None, "origin": None,
    }  # fmt: skip
    assert reading.lines[key] == 3


CONTRACTS = [
    ("both days", "GMS,20230701,20240229", (date(2023, 7, 1), date(2024, 2, 29))),
    ("no last day", ",20230701,", (date(2023, 7, 1), None)),
    ("neither", "GMS,,", (None, None)),
    ("one day", ",20240229,20240229", (date(2024, 2, 29), date(2024, 2, 29))),
    ("a last day before the first", ",20240229,20240228", "CLOSE_DATE is before OPEN_DATE."),
    ("a first day that is not", ",20230229,", "OPEN_DATE is not a date"),
    ("a last day written otherwise", ",,31/03/2024", "CLOSE_DATE is not a date"),
    ("a column too few", "GMS,20230701", "The row has 10 columns instead of 11."),
]


def test_a_practice_has_a_supplier_that_sends_extracts_or_none() -> None:
    """Of any other, everybody's rows of the practice would be refused, and only then."""
    header = f"{HEADER},CONTRACT_TYPE,OPEN_DATE,CLOSE_DATE,SUPPLIER"
    reading = read(f"{GOOD},GMS,,,emis", f"{OTHER},GMS,,,EMIS", header=header)
    assert [one.supplier for one in reading.organisations.values()] == ["emis"]
    assert [(problem.line, problem.code, problem.message) for problem in reading.problems.listed] == [
        (3, Code.ROW_ORGANISATION, "SUPPLIER is no folder of a supplier. Send one of emis, tpp, or nothing."),
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "told"), [case[1:] for case in CONTRACTS], ids=[case[0] for case in CONTRACTS])
def test_a_contract_may_have_a_first_and_a_last_day(row: str, told: tuple[date | None, date | None] | str) -> None:
    reading = read(f"{GOOD},{row}", header=f"{HEADER},CONTRACT_TYPE,OPEN_DATE,CLOSE_DATE")
    if isinstance(told, str):
        assert [problem.message.startswith(told) for problem in reading.problems.listed] == [True]
    else:
        (organisation,) = reading.organisations.values()
        assert (organisation.opened, organisation.closed) == told


@pytest.mark.parametrize("more", ["OPEN_DATE", "CONTRACT_TYPE,CLOSE_DATE,OPEN_DATE", "CONTRACT_TYPE,SOMETHING"])
def test_columns_of_another_name_or_order_refuse_the_file_and_are_not_taken_for_others(more: str) -> None:
    reading = read(f"{GOOD},20230701", header=f"{HEADER},{more}")
    assert [problem.code for problem in reading.problems.listed] == [Code.FILE_HEADER]


WHOLE = [
    ("nothing at all", b"", Code.FILE_EMPTY),
    ("a header and no row", f"{HEADER}\n".encode(), Code.FILE_EMPTY),
    ("another header", f"ORG_CODE,LIST\n{GOOD}\n".encode(), Code.FILE_HEADER),
    ("bytes that are not UTF-8", f"{HEADER}\n".encode() + b"\xe9\n", Code.FILE_ENCODING),
    ("a quote that never ends", f'{HEADER}\n{GOOD}\n"A'.encode(), Code.FILE_CSV),
]


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content: bytes, code: Code) -> None:
    reading = read_organisations(file="organisations.csv", lines=text_lines(chunks=[content]), suppliers=SUPPLIERS)
    assert [problem.code for problem in reading.problems.listed] == [code]
    assert (reading.readable, reading.organisations) == (False, {})
