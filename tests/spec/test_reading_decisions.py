"""What is accepted in a file of decisions and what is refused, as a table."""

from typing import NamedTuple

import pytest

from functions.domain.check.decisions import DecisionReading, read_decisions
from functions.domain.check.stream import text_lines
from schemas.catalogue import service_document
from schemas.problem import Code

HEADER = "QUALITY_SERVICE,ACH_DATE,ORG_CODE,IND_CODE,POINTS,AUTHOR,REASON,SOURCE"
GOOD = "QOF2324,20240331,*,AF001,5,NHS England,Data faults.,Letter of 3 May"
OTHER = GOOD.replace("*", "A81001")


def read(*rows: str, header: str = HEADER) -> DecisionReading:
    lines = text_lines(chunks=["\n".join([header, *rows, ""]).encode()])
    return read_decisions(file="decisions.csv", lines=lines, services={"QOF2324": service_document("QOF2324")})


@pytest.mark.parametrize(
    ("points", "hundredths"), [("5", 500), ("0", 0), ("4.5", 450), ("4.05", 405), ("0.00", 0), ("", None)]
)
def test_points_are_read_exactly_and_none_withdraws(points: str, hundredths: int | None) -> None:
    reading = read(GOOD.replace(",5,", f",{points},"))
    assert [decision.points for decision in reading.decisions] == [hundredths]


def test_a_decision_says_who_decided_why_and_where_it_stands_and_is_known_by_all_of_it() -> None:
    first, second = read(GOOD, OTHER).decisions
    assert (first.author, first.reason, first.source) == ("NHS England", "Data faults.", "Letter of 3 May")
    assert (first.file, first.line, first.organisation) == ("decisions.csv", 2, "*")
    assert len({first.id, second.id, *(one.id for one in read(GOOD.replace("faults", "loss")).decisions)}) == 3


def test_a_line_that_a_spreadsheet_leaves_behind_is_no_decision() -> None:
    reading = read(GOOD, ",,,,,,,")
    assert (len(reading.decisions), reading.rows, reading.problems.total) == (1, 1, 0)


class Refused(NamedTuple):
    name: str
    row: str
    message: str


REFUSED = [
    Refused("another service", GOOD.replace("QOF2324", "QOF9999"), "QUALITY_SERVICE is not one of QOF2324."),
    Refused("a day that is no achievement date", GOOD.replace("20240331", "20240330"), "ACH_DATE is no achievement"),
    Refused("a practice in small letters", GOOD.replace("*", "a81001"), "ORG_CODE is not an organisation code"),
    Refused("an indicator of another year", GOOD.replace("AF001", "AF999"), "IND_CODE carries no points in QOF2324."),
    Refused("an indicator without points", GOOD.replace("AF001", "COPD009MI1"), "IND_CODE carries no points"),
    Refused("more than is offered", GOOD.replace(",5,", ",5.01,"), "POINTS is more than the 5 points"),
    Refused("less than nothing", GOOD.replace(",5,", ",-1,"), "POINTS is not a number"),
    Refused("a third decimal", GOOD.replace(",5,", ",4.005,"), "POINTS is not a number"),
    Refused("points in words", GOOD.replace(",5,", ",five,"), "POINTS is not a number"),
    Refused("points of another script", GOOD.replace(",5,", ",\u0665,"), "POINTS is not a number"),
    Refused("nobody who decided", GOOD.replace("NHS England", " "), "AUTHOR is blank"),
    Refused("no reason", GOOD.replace("Data faults.", ""), "REASON is blank"),
    Refused("no source", GOOD.replace("Letter of 3 May", ""), "SOURCE is blank"),
    Refused("a column too many", f"{GOOD},x", "The row has 9 columns instead of 8."),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_row_with_a_problem_is_refused_with_its_line_and_the_others_are_accepted(case: Refused) -> None:
    reading = read(OTHER, case.row)
    assert [(problem.line, problem.code) for problem in reading.problems.listed] == [(3, Code.ROW_DECISION)]
    assert reading.problems.listed[0].message.startswith(case.message)
    assert [decision.organisation for decision in reading.decisions] == ["A81001"]


def test_two_rows_that_decide_the_same_points_otherwise_are_both_refused() -> None:
    reading = read(GOOD, OTHER, GOOD.replace(",5,", ",4,"))
    assert [(problem.line, problem.organisation) for problem in reading.problems.listed] == [(4, "*")]
    assert [decision.organisation for decision in reading.decisions] == ["A81001"]
    assert reading.refused == {"*"}


def test_the_same_row_twice_is_one_decision() -> None:
    assert len(read(GOOD, GOOD).decisions) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (f"{HEADER}\n".encode(), Code.FILE_EMPTY),
        (f"{HEADER},MORE\n{GOOD}\n".encode(), Code.FILE_HEADER),
        (f"{HEADER}\n".encode() + b"\xe9\n", Code.FILE_ENCODING),
        (f'{HEADER}\n{GOOD}\n"Q'.encode(), Code.FILE_CSV),
    ],
)
def test_a_file_that_cannot_be_read_decides_nothing(content: bytes, code: Code) -> None:
    services = {"QOF2324": service_document("QOF2324")}
    reading = read_decisions(file="decisions.csv", lines=text_lines(chunks=[content]), services=services)
    assert [problem.code for problem in reading.problems.listed] == [code]
    assert (reading.readable, reading.decisions) == (False, ())
