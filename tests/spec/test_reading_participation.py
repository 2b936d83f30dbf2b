"""What is accepted in a participation list and what is refused, as a table. A list counts whole or not at all."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from functions.domain.check.participation import MOST_ROWS, ParticipationReading, read_participation
from functions.domain.check.stream import text_lines
from schemas.participation import Participation
from schemas.problem import Code

HEADER = "QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT"
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CQRS_SHARED", ROOT.parent / "shared"))
PUBLISHED = SHARED / "data" / "cqrs_layout" / "FINAL_PRACTICE_LIST.csv"
SERVICES = ("QOF1819", "QOF2324")


def line(
    organisation: str = "A81001", starts: str = "20230401", ends: str = "20240331", *, service: str = "QOF2324"
) -> str:
    return f"{service},{organisation},Practice {organisation},16C,{starts},{ends}"


def read(*rows: str, header: str = HEADER) -> ParticipationReading:
    lines = (f"{row}\n" for row in (header, *rows))
    return read_participation(file="list.csv", lines=lines, services=SERVICES)


class Case(NamedTuple):
    """Rows below the header, and what is expected: who takes part in what, or the lines and values of the problems."""

    name: str
    rows: Sequence[str]
    accepted: Sequence[tuple[str, str]] = ()
    problems: Sequence[tuple[int, str]] = ()


ACCEPTED = [
    Case("two practices", [line(), line("A81002")], [("QOF2324", "A81001"), ("QOF2324", "A81002")]),
    Case("several services", [line(), line(service="QOF1819")], [("QOF1819", "A81001"), ("QOF2324", "A81001")]),
    Case("an open end", [line(ends="")], [("QOF2324", "A81001")]),
    Case("a single day", [line(starts="20240331")], [("QOF2324", "A81001")]),
    Case("a line that a spreadsheet leaves behind", [line(), ",,,,,"], [("QOF2324", "A81001")]),
    Case("the same row twice is one", [line(), line()], [("QOF2324", "A81001")]),
    Case(
        "two periods, the later one first",
        [line(starts="20231001"), line(ends="20230930")],
        [("QOF2324", "A81001"), ("QOF2324", "A81001")],
    ),
    Case("an empty line", ["", line(), ""], [("QOF2324", "A81001")]),
    Case("a name with a comma", [line().replace("Practice A81001", '"The Surgery, Densham"')], [("QOF2324", "A81001")]),
    Case("a commissioner in words", [line().replace("16C", "REGION A")], [("QOF2324", "A81001")]),
    Case("a network", [line("U89141")], [("QOF2324", "U89141")]),
]

REFUSED = [
    Case("an unknown service", [line(), line("A81002", service="QOF2342")], (), [(3, "QOF2342")]),
    Case("no service", [line(service="")], (), [(2, "")]),
    Case("a day that is not", [line(starts="20230231")], (), [(2, "20230231")]),
    Case("a day written otherwise", [line(ends="31/03/2024")], (), [(2, "(withheld: it may identify a person)")]),
    Case("no first day", [line(starts="")], (), [(2, "")]),
    Case("an end before its start", [line(ends="20230331")], (), [(2, "20230331")]),
    Case("a code of small letters", [line("a81001")], (), [(2, "")]),
    Case("no commissioner", [line().replace("16C", "")], (), [(2, "")]),
    Case("a name of 101 letters", [line().replace("Practice A81001", "x" * 101)], (), [(2, "")]),
    Case("a column too few", [line().removesuffix(",20240331")], (), [(2, "")]),
    Case("a column too many", [line() + ",x"], (), [(2, "")]),
    Case("the same days by another commissioner", [line(), line().replace("16C", "15N")], (), [(3, "20230401")]),
    Case("periods that share a day", [line(ends="20230930"), line(starts="20230930")], (), [(3, "20230930")]),
    Case(
        "a period after an open one",
        [line(ends=""), line("A81002"), line(starts="20240401", ends="")],
        (),
        [(4, "20240401")],
    ),
    Case(
        "a period within an earlier one, behind another within it",
        [line(), line(starts="20230501", ends="20230601"), line(starts="20230701", ends="20230801")],
        (),
        [(3, "20230501"), (4, "20230701")],
    ),
    Case("the later line is wrong, not the later day", [line(starts="20230901"), line()], (), [(3, "20230401")]),
]


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_list_without_a_problem_says_who_takes_part(case: Case) -> None:
    reading = read(*case.rows)
    assert (reading.problems.listed, reading.readable) == ([], True)
    found = [(service, one.organisation) for service, listed in reading.participations.items() for one in listed]
    assert found == list(case.accepted)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_every_bad_row_has_its_line_and_the_list_as_a_whole_does_not_count(case: Case) -> None:
    reading = read(*case.rows, line("A81009"))
    found = [(one.line, one.value) for one in reading.problems.listed if one.code is Code.ROW_PARTICIPATION]
    assert found == list(case.problems)
    whole = reading.problems.listed[-1]
    assert (whole.line, whole.code) == (0, Code.FILE_PARTICIPATION)
    assert (reading.participations, reading.readable) == ({}, False)


def test_the_report_says_why_the_list_does_not_count_and_what_to_do() -> None:
    problems = read(line(), line("A81002", service="QOF2342"), line("A81003", ends="2024")).problems.listed
    assert [problem.message for problem in problems] == [
        "There is no service of this code. Did you mean QOF2324?",
        "PART_ED_DT is not a date such as 20240331. Send the last day, or nothing where it is open.",
        (
            "2 rows cannot be taken, so that the list does not count: who is not on a list does not take part. "
            "The list received before stays. Send the whole list again."
        ),
    ]


def test_a_participation_has_its_days_its_commissioner_and_its_name() -> None:
    (found,) = read(line(ends="")).participations["QOF2324"]
    assert found == Participation(
        service="QOF2324", organisation="A81001", name="Practice A81001", commissioner="16C",
        starts=date(2023, 4, 1), ends=None,
    )  # fmt: skip


WHOLE = [
    ("nothing at all", b"", Code.FILE_EMPTY),
    ("a header and no row", f"{HEADER}\n".encode(), Code.FILE_EMPTY),
    ("another header", f"SERVICE,ORG\n{line()}\n".encode(), Code.FILE_HEADER),
    ("bytes that are not UTF-8", f"{HEADER}\n".encode() + b"\xe9\n", Code.FILE_ENCODING),
    ("a quote that never ends", f'{HEADER}\n{line()}\n"A'.encode(), Code.FILE_CSV),
]


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content: bytes, code: Code) -> None:
    reading = read_participation(file="list.csv", lines=text_lines(chunks=[content]), services=SERVICES)
    assert [problem.code for problem in reading.problems.listed] == [code]
    assert (reading.readable, reading.participations) == (False, {})


def test_a_list_that_would_fill_the_memory_is_refused() -> None:
    reading = read(*([line()] * (MOST_ROWS + 1)))
    assert [(problem.code, problem.line) for problem in reading.problems.listed] == [
        (Code.FILE_TOO_LARGE, MOST_ROWS + 2)
    ]


@pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="the published list is not here; set CQRS_SHARED to the folder that holds it"
)
def test_the_published_list_is_read_as_it_stands() -> None:
    reading = read_participation(file="list.csv", lines=text_lines(chunks=[PUBLISHED.read_bytes()]), services=SERVICES)
    assert (reading.problems.listed, len(reading.participations["QOF2324"])) == ([], 10)
