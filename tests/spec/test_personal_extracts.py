"""What may identify a person is found wherever it stands, and repeated nowhere."""

import re
from datetime import UTC, datetime

import pytest

from functions.domain.check.acknowledgement import Arrival, file_record, problems_csv
from functions.domain.check.concluding import conclude
from functions.domain.check.extract import read_extract
from functions.domain.check.found import Found
from functions.domain.check.problems import LISTED, WITHHELD
from functions.domain.check.reading import ExtractReading
from schemas.problem import Code
from tests.inputs.extract import REGISTER, extract, row
from tests.inputs.service import expectation, small_grid

GRID = small_grid("AF001", "AF006", "AST005", "QI013")
ARRIVAL = Arrival(
    id="1", key="k", name="e.csv", supplier="tpp", service="QOF2324", run_kind=None, sha256="2",
    received_at=datetime(2024, 4, 2, tzinfo=UTC),
)  # fmt: skip


def read(*rows: str) -> ExtractReading:
    held_against = expectation(GRID, "A81001", "A81002")
    return read_extract(file="extract.csv", chunks=extract(*rows), expectation=held_against)


PERSONAL = [
    *(
        row(**{column: "9434765919"})
        for column in ("practice", "indicator", "field", "value", "service", "day", "name")
    ),
    *(row(**{column: "943 476 5919"}) for column in ("value", "name", "user")),
    row(user="943-476-5919"),
    row(at="9434765919 11:19:50"),
    row(last="9434765919"),
    row("AF01", value="9434765919"),
    row(practice="Z99999", name="seen by 9434765919"),
    row() + ",9434765919",
    "9434765919",
    row(value="01/02/1960"),
    row(value="1960-02-01"),
    row(value="1 Feb 1960"),
    row(value="Jane Smith"),
    row(value="J Smith"),
    row(value="O'Brien Maura"),
    row(value='"SMITH, Jane"'),
    *(
        row(value=f'"{value}"')
        for value in (
            "SMITH, Jane (Mrs)", "Smith, J.", "Jane Smith.", "(Jane Smith)", "Jane\tSmith", "Mary O\u2019Brien",
            "Jose\u0301 Garci\u0301a", "jane.smith@nhs.net", "March 20, 1950", "20MAR1950", "20. 3. 1950",
            "20th March 1950",
            "01041950", "19500320", "1950-03-20 00:00:00", "20/03/1950 00:00", "1950-03-20T00:00:00Z",
            "19500320 ", "+19500320", "19500320.0", "19500320113000", "18.03.1950.", "20,03,1950",
            "20\u201303\u20131950", "20_03_1950", "20|03|1950", "20  /  03 / 1950", "~20/03/1950", "DOB:20/03/1950",
            "20th of March 1950", "3/20/50", "Jane\u00a0Smith", "Jane Smith 20/03/1950", "Jane Smith (72)",
            "SMITH^JANE", "Smith/Jane", "Jane_Smith",
            "Jane Smith!", "Jane\u2010Smith", "A Smith", "Patient Smith", "Unknown (Smith, J)",
        )
    ),
    *(
        row(value=number)
        for number in (
            "943\u00a0476\u00a05919", "943.476.5919", "943  476  5919", "943\u2011476\u20115919", "943/476/5919",
            "943_476_5919", "943-476 5919", "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19",
        )
    ),
    row().replace(",10,None", ",Jane Smith,10,None"),  # a comma too many
    row(field=f"{REGISTER},x").replace(",10,None", ",Jane Smith,None"),
]  # fmt: skip


@pytest.mark.parametrize("line", PERSONAL)
def test_a_file_that_may_identify_a_person_says_where_and_nothing_else(line: str) -> None:
    reading = read(row(), line, row(practice="A81002", value="x"), line)
    assert [(p.line, p.code, p.value) for p in reading.problems.listed] == [
        (3, Code.FILE_PERSONAL, WITHHELD), (5, Code.FILE_PERSONAL, WITHHELD),
    ]  # fmt: skip
    assert (reading.personal, reading.readable, reading.practices, reading.refused) == (True, False, {}, {})


NOBODY = [
    "9434765918", "94347659190", "not known", "No data available", "n/a", REGISTER, "99999999.", "(none)",
    "Not submitted", "Not done", "To follow", "Nil return", "Practice closed", "Below threshold", "System error",
    "Divide by zero", "#N/A", "#DIV/0!", "N/A - pending", "not entitled", "0x1F", "1e3", "1_000_000", '"1,00,000"',
    "11:19:50", "12345678.5", "Smith",
]  # fmt: skip


@pytest.mark.parametrize("value", NOBODY)
def test_what_identifies_nobody_is_an_ordinary_problem(value: str) -> None:
    reading = read(row(value=value))
    assert [p.code for p in reading.problems.listed] == [Code.ROW_NUMBER]
    assert not reading.personal


@pytest.mark.parametrize("value", ["12345678", "32011950", "19501301", "18991231", "21000101"])
def test_eight_digits_that_are_no_day_of_a_life_are_a_count(value: str) -> None:
    assert read(row(value=value)).problems.total == 0


SPELLINGS = [
    "Jane Smith", "Smith- Jane", "SMITH^JANE", "Smith/J", "Jane_Smith", "Dr. J. Smith", "jane.smith@nhs.net",
    "20/03/1950", "20.03.1950", "20 Mar 1950", "20MAR1950", "1950-3-20", "31/02/1950", "943 476 5918",
    "Jane\u00a0Smith",
]  # fmt: skip
COLUMNS = ["practice", "indicator", "field", "value", "service", "day", "at"]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_may_identify_a_person_is_repeated_nowhere_whatever_column_it_stands_in(
    column: str, spelling: str
) -> None:
    held_against = expectation(GRID, "A81001")
    line = row(**({"value": "-1"} | {column: f"{spelling} " if column == "at" else spelling}))
    reading = read_extract(file="e.csv", chunks=extract(line, row()), expectation=held_against)
    record = file_record(
        arrival=ARRIVAL, achievement_date=None, problems=reading.problems, rows=2, rows_accepted=0, practices=0,
        practices_complete=0, refused=reading.refused,
    )  # fmt: skip
    told = f"{problems_csv(problems=reading.problems.listed).decode()}{record.model_dump_json()}"
    assert reading.problems.total
    assert spelling not in told
    assert not {"smith", "1950", "5918"} & set(re.findall(r"[a-z]+|[0-9]+", told.lower()))


@pytest.mark.parametrize("code", ["A81001x", "AF-001", "AF 001", "QOF2324/25", "ZZZ", "not known"])
def test_what_is_nobodys_name_is_repeated_so_that_it_can_be_found(code: str) -> None:
    (problem,) = read(row(code)).problems.listed
    assert problem.value == code


def test_a_name_beside_a_known_field_is_not_repeated() -> None:
    reading = read(row(field=f"{REGISTER} Jane Smith 20/03/1950"))
    (problem,) = reading.problems.listed
    assert (problem.code, problem.field, problem.value) == (Code.ROW_FIELD, WITHHELD, WITHHELD)
    assert "Jane" not in problem.message


def test_what_would_break_the_lines_of_a_report_is_not_repeated_as_it_stands() -> None:
    (problem,) = read(row("AF\x0b01")).problems.listed
    assert problem.value == "AF\N{REPLACEMENT CHARACTER}01"
    reading = read_extract(file="e.csv", chunks=extract(row(value='"1\r2"')), expectation=expectation(GRID, "A81001"))
    assert [p.value for p in reading.problems.listed] == ["1\N{REPLACEMENT CHARACTER}2"]


def test_of_many_lines_that_may_identify_a_person_the_first_are_listed_and_all_are_counted() -> None:
    found = Found()
    for line in range(2, LISTED + 12):
        found.note_person(line)
    reading = conclude(file="e.csv", found=found, expected=expectation(GRID, "A81001"))
    assert (len(reading.problems.listed), reading.problems.total) == (LISTED, LISTED + 10)


def test_a_file_that_cannot_be_read_to_its_end_is_personal_by_what_was_read() -> None:
    reading = read(row(value="9434765919"), row(value='"1'))
    assert [p.code for p in reading.problems.listed] == [Code.FILE_PERSONAL]
