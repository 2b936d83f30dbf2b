"""Every file is acknowledged: what was read, accepted and refused, and all that is wrong with it."""

import csv
import io
import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.check.acknowledgement import Arrival, acknowledgement, file_record, note_missing, problems_csv
from functions.domain.check.extract import read_extract
from functions.domain.check.place import report_folder
from functions.domain.check.problems import ProblemList, shown
from functions.domain.check.reading import ExtractReading
from functions.domain.check.upload import ExtractUpload, RefusedUpload, extract_upload
from schemas.acknowledgement import acknowledgement_schema
from schemas.file import FileRecord, Verdict
from schemas.problem import REPORT_COLUMNS, Code, Problem, Severity
from schemas.service import RunKind
from schemas.supplier import suppliers
from tests.inputs.extract import REGISTER, extract, row
from tests.inputs.service import expectation, small_grid

ROOT = Path(__file__).resolve().parents[2]
GRID = small_grid("AF001", "AF006")
ARRIVAL = Arrival(
    id="one", key="extracts/emis/QOF2324/PAYMENT/extract.csv", name="extract.csv", supplier="emis", service="QOF2324",
    run_kind=RunKind.PAYMENT, sha256="0", received_at=datetime(2024, 4, 2, 12, tzinfo=UTC),
)  # fmt: skip
COMPLETE = [
    row(), row("AF006"), row("AF006", "Numerator", "3"), row("AF006", "Denominator", "4"),
]  # fmt: skip


def read(*rows: str) -> ExtractReading:
    held_against = expectation(GRID, "A81001", "A81002")
    return read_extract(file="extract.csv", chunks=extract(*rows), expectation=held_against)


def acknowledged(*rows: str) -> FileRecord:
    reading = read(*rows)
    complete = note_missing(grid=GRID, reading=reading)
    return file_record(
        arrival=ARRIVAL, achievement_date=date(2024, 3, 31), problems=reading.problems, rows=reading.rows,
        rows_accepted=reading.rows_accepted, practices=len(reading.practices), practices_complete=complete,
        refused=reading.refused,
    )  # fmt: skip


def test_a_good_file_is_acknowledged_as_well() -> None:
    record = acknowledged(*COMPLETE)
    assert (record.verdict, record.rows, record.rows_accepted, record.rows_refused) == (Verdict.ACCEPTED, 4, 4, 0)
    assert (record.practices, record.practices_complete, record.problems) == (1, 1, {})


def test_a_file_with_one_bad_practice_is_accepted_in_part() -> None:
    record = acknowledged(*COMPLETE, row(practice="A81002", value="-1"))
    assert (record.verdict, record.rows_refused, record.refused_practices) == (Verdict.PARTLY_ACCEPTED, 1, ("A81002",))
    assert record.problems == {"ROW-NUMBER": 1}


def test_what_is_too_long_for_a_code_is_named_by_its_problem_alone() -> None:
    """A record is one item of a table, in which ten thousand of them would find no room."""
    record = acknowledged(*COMPLETE, row(practice="Z99999"), row(practice="THE-PRACTICE-AT-THE-LAKE"))
    assert (record.verdict, record.refused_practices) == (Verdict.PARTLY_ACCEPTED, ("Z99999",))
    assert record.problems == {"PRACTICE-UNKNOWN": 2}


@pytest.mark.parametrize("rows", [[], [row(value="-1")], [row(practice="Z99999")]])
def test_a_file_of_which_nothing_is_accepted_is_refused(rows: list[str]) -> None:
    assert acknowledged(*rows).verdict is Verdict.REFUSED


def test_a_practice_that_sent_only_a_part_is_warned_of_at_the_line_of_that_part() -> None:
    reading = read(row(), row("AF006"), row("AF006", "Numerator", "3"))
    assert note_missing(grid=GRID, reading=reading) == 0
    (problem,) = reading.problems.listed
    assert (problem.line, problem.indicator, problem.field) == (3, "AF006", "Denominator")
    assert (problem.code, problem.severity) == (Code.WARNING_INCOMPLETE, Severity.WARNING)


def test_an_organisation_code_that_may_be_an_nhs_number_is_not_kept_in_the_record() -> None:
    assert "9434765919" not in acknowledged(row(practice="9434765919"), *COMPLETE).model_dump_json()


def problem(line: int, file: str = "a.csv") -> Problem:
    return Problem(file, line, "A81001", "AF001", REGISTER, "x", Code.ROW_NUMBER, Severity.ROW, 'Say "0", not x')


def test_problems_are_listed_by_file_and_line_as_csv_that_any_reader_takes() -> None:
    text = problems_csv(problems=[problem(10), problem(9), problem(2, "b.csv")]).decode()
    header, *rows = csv.reader(io.StringIO(text))
    assert tuple(header) == REPORT_COLUMNS
    assert [line[:2] for line in rows] == [["a.csv", "9"], ["a.csv", "10"], ["b.csv", "2"]]
    assert rows[0][5:] == ["x", "ROW-NUMBER", "row", 'Say "0", not x', "docs/errors/ROW-NUMBER.md"]


def test_a_list_of_problems_that_is_cut_still_counts_every_one() -> None:
    problems = ProblemList(limit=2)
    assert not problems.cut
    problems.extend(problem(line) for line in range(5))
    assert (len(problems.listed), problems.total, problems.cut) == (2, 5, True)
    assert problems.by_severity[Severity.ROW] == 5


@pytest.mark.parametrize("value", ["9434765919", "943-476-5919", "01/02/1960", "1/2/60", "Jane Smith", "José Ñúñez"])
def test_what_may_identify_a_person_is_withheld(value: str) -> None:
    assert shown(value) == "(withheld: it may identify a person)"


@pytest.mark.parametrize("value", ["", "-1", "1.0", "AF001", "Numerator", "123456789"])
def test_what_helps_to_find_a_mistake_is_shown(value: str) -> None:
    assert shown(value) == value


def test_a_value_without_end_does_not_keep_the_reader() -> None:
    began = time.process_time()
    assert shown("A" * 10**6) == "A" * 40 + "..."
    assert time.process_time() - began < 1


def test_a_long_value_is_shortened() -> None:
    assert shown("x" * 1000) == "x" * 40 + "..."


SERVICES = ("QOF1819", "QOF2324")


def test_the_key_of_an_upload_says_who_sent_it_what_for() -> None:
    upload = extract_upload(key="extracts/emis/QOF2324/PAYMENT/a/b.csv", suppliers=suppliers(), services=SERVICES)
    assert upload == ExtractUpload("emis", "QOF2324", RunKind.PAYMENT, "a/b.csv")


KEYS = [
    ("extracts/emis/QOF2324/extract.csv", Code.FILE_KEY),
    ("extracts/emis/QOF2324/PAYMENT/", Code.FILE_KEY),
    ("extracts//QOF2324/PAYMENT/extract.csv", Code.FILE_KEY),
    ("extracts/emis/QOF2324/payment/extract.csv", Code.FILE_KEY),
    ("extracts/nobody/QOF2324/PAYMENT/extract.csv", Code.FILE_SUPPLIER),
    ("extracts/emis/QOF9999/PAYMENT/extract.csv", Code.FILE_SUPPLIER),
]


@pytest.mark.parametrize(("key", "code"), KEYS)
def test_an_upload_under_another_key_is_refused_with_its_reason(key: str, code: Code) -> None:
    refused = extract_upload(key=key, suppliers=suppliers(), services=SERVICES)
    assert isinstance(refused, RefusedUpload)
    assert refused.code is code


@pytest.mark.parametrize(
    ("key", "supplier"),
    [
        ("extracts/emis/extract.csv", "emis"),
        ("extracts/emis/QOF2324/PAYMENT/", "emis"),
        ("extracts/emis//PAYMENT/extract.csv", "emis"),
        ("extracts/emis", ""),
        ("extracts/nobody/extract.csv", ""),
        ("extracts//emis/extract.csv", ""),
        ("other/emis/extract.csv", ""),
    ],
)
def test_an_upload_that_lies_in_the_wrong_place_of_a_supplier_s_folder_is_that_supplier_s(
    key: str, supplier: str
) -> None:
    refused = extract_upload(key=key, suppliers=suppliers(), services=SERVICES)
    assert isinstance(refused, RefusedUpload)
    assert (refused.supplier, refused.code) == (supplier, Code.FILE_KEY)


def test_the_schema_of_the_report_in_the_docs_is_the_present_one() -> None:
    kept = (ROOT / "docs" / "acknowledgement.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(acknowledgement_schema()), "write it anew with make docs"


def test_every_field_of_a_report_is_in_its_schema_and_is_always_there() -> None:
    schema = json.loads(acknowledgement_schema())
    problems = ProblemList()
    told = acknowledgement(record=acknowledged(*COMPLETE), problems=problems, key=ARRIVAL.key, name=ARRIVAL.name)
    assert set(json.loads(told.model_dump_json())) == set(schema["properties"]) == set(schema["required"])


def test_a_report_whose_listing_is_cut_says_so_and_counts_everything() -> None:
    problems = ProblemList(limit=2)
    problems.extend(problem(line) for line in range(5))
    told = acknowledgement(record=acknowledged(*COMPLETE), problems=problems, key=ARRIVAL.key, name=ARRIVAL.name)
    assert (told.problems_total, told.listed, told.listing_cut, told.problems) == (5, 2, True, {"ROW-NUMBER": 5})


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        ("extracts/tpp/QOF2324/TEST/a.csv", "reports/extracts/tpp/QOF2324/TEST/a.csv/0f"),
        ("extracts/tpp/QOF2324/TEST/9434765919.csv", "reports/extracts/tpp/QOF2324/TEST/withheld/0f"),
        ("extracts/tpp/QOF2324/TEST/943 476 5919/a.csv", "reports/extracts/tpp/QOF2324/TEST/withheld/a.csv/0f"),
        ("extracts/tpp/QOF2324/TEST/1234567890.csv", "reports/extracts/tpp/QOF2324/TEST/1234567890.csv/0f"),
        ("april.csv", "reports/april.csv/0f"),
    ],
)
def test_a_report_lies_under_the_name_of_its_upload_unless_that_may_name_a_person(key: str, folder: str) -> None:
    assert report_folder(key=key, file="0f") == folder


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=1024))
def test_the_longest_key_has_a_report_that_its_bucket_takes_and_under_its_supplier(name: str) -> None:
    key = f"extracts/tpp/{name}"
    folder = report_folder(key=key, file="0" * 32)
    assert len(f"{folder}/received/{'0' * 32}.json".encode()) <= 1024
    assert folder.startswith("reports/extracts/tpp/")
