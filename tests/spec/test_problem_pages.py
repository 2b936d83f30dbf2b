"""Every problem code has its page, and every page is true: its example gets that code, and mended it does not."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cqrs.input_files import read_inputs
from cqrs.practices import gather_practices
from cqrs.problem_pages import written_pages
from functions.domain.calculate.contract import contract_objection
from functions.domain.calculate.deciding import Decided
from functions.domain.check.acknowledgement import note_missing
from functions.domain.check.decisions import DECISION_COLUMNS, read_decisions
from functions.domain.check.expectation import expectation
from functions.domain.check.extract import read_extract
from functions.domain.check.organisations import ORGANISATION_COLUMNS, read_organisations
from functions.domain.check.participation import PARTICIPATION_COLUMNS, read_participation
from functions.domain.check.place import report_folder
from functions.domain.check.reader import MISSHAPEN
from functions.domain.check.reading import Expectation
from functions.domain.check.stream import LONGEST_LINE
from functions.domain.check.upload import RefusedUpload, extract_upload
from functions.domain.grid import service_grid
from functions.ingest.extracts import ingest_extract
from schemas.catalogue import service_codes, service_document
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.policy import ContractList
from schemas.problem import Code, Problem, Severity
from schemas.problem_page import Example, Layout, problem_pages
from schemas.service import RunKind
from schemas.supplier import suppliers
from tests.inputs.extract import HEADER, REGISTER, row
from tests.inputs.service import small_service
from tests.integration.worlds import KEY, World, practice_rows
from tests.integration.worlds import extract as whole_extract

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "errors"
NAMED = ("AF001", "AF006", "QI013")
NOON = datetime(2024, 4, 3, 12, tzinfo=UTC)
Found = set[tuple[int, Code, Severity]]


LISTED = {"A81001": None, "A81002": None, "A81003": date(2023, 9, 30), "A81004": None, "A81005": None}


def organisation(code: str, closed: date | None = None, supplier: str | None = None) -> Organisation:
    return Organisation(
        code=code, name=code, list_size=8000, list_size_date=date(2024, 1, 1), network=None,
        sub_icb="16C", icb="QHM", region="Y63", closed=closed, supplier=supplier,
    )  # fmt: skip


def stage(*indicators: str, listed: bool = True, received: datetime = NOON) -> Expectation:
    """What the examples take for granted, as the index says it, of a service of the indicators that one is about."""
    document = small_service(*indicators)
    periods = (
        Participation(
            service="QOF2324", organisation=code, name=code, commissioner="16C", starts=date(2023, 4, 1), ends=ends
        )
        for code, ends in LISTED.items()
    )
    return expectation(
        document=document,
        grid=service_grid(document=document),
        dates=[entry.achievement_date for entry in document.collections if RunKind.PAYMENT in entry.run_kinds],
        organisations=[
            *(organisation(code) for code in ("A81001", "A81002", "A81003")),
            organisation("A81004", closed=date(2023, 3, 31)),
            organisation("A81005", supplier="tpp"),
        ],
        participation=ParticipationList(service="QOF2324", file="list", participations=tuple(periods))
        if listed
        else None,
        received=received,
        supplier="emis",
    )


def of_extract(content: bytes, expected: Expectation) -> Found:
    reading = read_extract(file="example.csv", chunks=[content], expectation=expected)
    note_missing(grid=expected.grid, reading=reading)
    return told(reading.problems.listed)


def told(problems: Iterable[Problem]) -> Found:
    return {(found.line, found.code, found.severity) for found in problems}


def sent(example: Example, text: str) -> Found:
    """What is found in one side of an example."""
    match example.layout:
        case Layout.KEY:
            claim = extract_upload(key=text, suppliers=suppliers(), services=service_codes())
            return {(0, claim.code, Severity.FILE)} if isinstance(claim, RefusedUpload) else set()
        case Layout.ORGANISATIONS:
            lines = [",".join(ORGANISATION_COLUMNS) + "\n", *text.splitlines(keepends=True)]
            return told(read_organisations(file="example.csv", lines=lines, suppliers=suppliers()).problems.listed)
        case Layout.PARTICIPATION:
            lines = [",".join(PARTICIPATION_COLUMNS) + "\n", *text.splitlines(keepends=True)]
            listed = read_participation(file="example.csv", lines=lines, services=service_codes())
            return told(listed.problems.listed)
        case Layout.DECISIONS:
            lines = [",".join(DECISION_COLUMNS) + "\n", *text.splitlines(keepends=True)]
            services = {"QOF2324": service_document("QOF2324")}
            return told(read_decisions(file="example.csv", lines=lines, services=services).problems.listed)
        case _:
            about = [code for code in NAMED if f",{code}," in example.right]
            content = text if example.layout is Layout.FILE else f"{HEADER}\n{text}"
            return of_extract(content.encode(example.encoding), stage(*about))


def wrong(example: Example) -> str:
    return example.wrong.removesuffix("\n") if example.cut else example.wrong


WRITTEN = [code for code, page in problem_pages().items() if page.example.layout is not Layout.DEED]
TOLD = [code for code, page in problem_pages().items() if page.example.layout is Layout.DEED]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert problem_pages().keys() == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_code_warns_where_its_page_says_that_it_is_a_warning(code: Code) -> None:
    assert code.warns is (problem_pages()[code].severity is Severity.WARNING)


def test_the_pages_are_in_the_order_of_the_index() -> None:
    order = [(list(Severity).index(page.severity), code) for code, page in problem_pages().items()]
    assert order == sorted(order)


def test_the_written_pages_are_those_of_the_catalogue() -> None:
    """`make docs` writes them."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert kept == written_pages()


def test_the_page_of_misshapen_files_tells_the_largest_line_field_and_count_of_bad_rows() -> None:
    wrong = problem_pages()[Code.FILE_CSV].wrong
    limits = (LONGEST_LINE, csv.field_size_limit(), MISSHAPEN)
    assert [limit for limit in limits if f"{limit:,}" not in wrong] == []


@pytest.mark.parametrize("code", Code)
def test_the_help_of_a_code_leads_to_its_page(code: Code) -> None:
    assert (ROOT / code.help).read_text(encoding="utf-8").startswith(f"# {code}\n")


@pytest.mark.parametrize("code", WRITTEN)
def test_an_example_is_found_with_its_code_severity_and_line_and_mended_it_is_not(code: Code) -> None:
    page = problem_pages()[code]
    assert (page.example.line, code, page.severity) in sent(page.example, wrong(page.example))
    assert sent(page.example, page.example.right) == set()


# What no row can show, done: the deed of each page, and the same done right.


def organisations_of(*, counted: str) -> str:
    return f"{','.join(ORGANISATION_COLUMNS)}\nA81001,The Surgery,8250,{counted},U00001,16C,QHM,Y63\n"


def calculated(folder: Path, *extracts: str, counted: str = "20240101") -> Found:
    """The problems of `cqrs calculate` for a service of AF001 and AF006."""
    document = small_service("AF001", "AF006")
    grid = service_grid(document=document)
    (folder / "organisations.csv").write_text(organisations_of(counted=counted), encoding="ascii")
    paths = [folder / f"{number}.csv" for number in range(len(extracts))]
    for path, text in zip(paths, extracts, strict=True):
        path.write_text(f"{HEADER}\n{text}", encoding="ascii")
    inputs = read_inputs(
        document=document,
        grid=grid,
        organisations=folder / "organisations.csv",
        participants=None,
        extracts=paths,
    )
    return told(gather_practices(document=document, grid=grid, inputs=inputs).problems)


def practice(*, day: str = "20240331", numerator: bool = True) -> str:
    fields = [("AF001", REGISTER), ("AF006", REGISTER), ("AF006", "Denominator"), ("AF006", "Numerator")]
    return "".join(f"{row(*field, day=day)}\n" for field in (fields if numerator else fields[:-1]))


def list_of(rows: int) -> Found:
    rest = f"QOF2324,A81001,{'x' * 3},16C,20230401,\n"
    lines = (f"{','.join(PARTICIPATION_COLUMNS)}\n" if not number else rest for number in range(rows + 1))
    return told(read_participation(file="list.csv", lines=lines, services=service_codes()).problems.listed)


def organisations_named(count: int) -> Found:
    rows = "".join(f"{row(practice=f'S{number:05d}')}\n" for number in range(count))
    return of_extract(f"{HEADER}\n{rows}".encode(), stage("AF001"))


def received(at: datetime) -> Found:
    return of_extract(f"{HEADER}\n{row()}\n".encode(), stage("AF001", received=at))


def decided(*, for_whom: str) -> Found:
    """The warnings of a run of A81001 with one decision."""
    rows = f"QOF2324,20240331,{for_whom},AF001,4.5,NHS England,Data faults.,Letter of 3 May\n"
    document = small_service("AF001")
    decisions = read_decisions(
        file="decisions.csv", lines=[",".join(DECISION_COLUMNS) + "\n", rows], services={"QOF2324": document}
    ).decisions
    day = date(2024, 3, 31)
    deciding = Decided(document=document, achievement_date=day, decisions=decisions, earlier=None)
    return told(deciding.unfollowed(practices=["A81001"]))


GOOD = whole_extract(practice_rows("A81001"))


def sent_after(first: bytes) -> Found:
    """The report of a good file that is put under a key of its own after another file."""
    world, later = World(), KEY.replace("april", "later")
    world.know("A81001")
    ingest_extract(upload=world.send(first, key=KEY), world=world.ingestion)
    record = ingest_extract(upload=world.send(GOOD, key=later), world=world.ingestion)
    text = world.exchange.held[f"{report_folder(key=later, file=record.id)}/problems.csv"].decode()
    rows = csv.DictReader(io.StringIO(text))
    return {(int(found["LINE"]), Code(found["CODE"]), Severity(found["SEVERITY"])) for found in rows}


def contract(*, counted: date) -> Found:
    """What is said of a contract with a list of that day, by a service that pays by the list of 1 January alone."""
    document = small_service("AF001")
    rule = document.policies.contract_list.model_copy(update={"rule": ContractList.LIST_DAY_ONLY})
    policies = document.policies.model_copy(update={"contract_list": rule})
    objection = contract_objection(
        document=document.model_copy(update={"policies": policies}),
        organisation=organisation("A81001").model_copy(update={"list_size_date": counted}),
        achievement_date=date(2024, 3, 31),
    )
    return {(0, objection[0], Severity.PRACTICE)} if objection else set()


def unpacked(blank: int) -> Found:
    return of_extract(gzip.compress(f"{HEADER}\n{row()}\n".encode() + b"\n" * blank), stage("AF001"))


DEEDS: dict[Code, Callable[[Path], tuple[Found, Found]]] = {
    Code.FILE_BOMB: lambda _: (unpacked(2**27), unpacked(0)),
    Code.FILE_DATE: lambda folder: (
        calculated(folder, practice(), practice(day="20240229")), calculated(folder, practice(), practice()),
    ),
    Code.FILE_DUPLICATE: lambda _: (sent_after(GOOD), sent_after(b"another")),
    Code.FILE_EARLY: lambda _: (received(datetime(2024, 2, 1, tzinfo=UTC)), received(NOON)),
    Code.WARNING_LATE: lambda _: (received(datetime(2024, 9, 1, tzinfo=UTC)), received(NOON)),
    Code.WARNING_DECISION: lambda _: (decided(for_whom="A81009"), decided(for_whom="A81001")),
    Code.PRACTICE_CONTRACT: lambda _: (contract(counted=date(2023, 10, 1)), contract(counted=date(2024, 1, 1))),
    Code.FILE_ORGANISATIONS: lambda _: (organisations_named(10_001), organisations_named(10_000)),
    Code.FILE_TOO_LARGE: lambda _: (list_of(250_001), list_of(250_000)),
    Code.PRACTICE_INCOMPLETE: lambda folder: (
        calculated(folder, practice(numerator=False)), calculated(folder, practice()),
    ),
    Code.PRACTICE_LIST: lambda folder: (
        calculated(folder, practice(), counted="20230101"), calculated(folder, practice()),
    ),
    Code.WARNING_PARTICIPATION: lambda _: (
        of_extract(f"{HEADER}\n{row()}\n".encode(), stage("AF001", listed=False)),
        of_extract(f"{HEADER}\n{row()}\n".encode(), stage("AF001")),
    ),
}  # fmt: skip


def test_every_deed_is_done_here() -> None:
    assert DEEDS.keys() == set(TOLD)


@pytest.mark.parametrize("code", DEEDS)
def test_a_deed_is_found_with_its_code_and_severity_and_done_right_it_is_not(code: Code, tmp_path: Path) -> None:
    done, right = DEEDS[code](tmp_path)
    assert (code, problem_pages()[code].severity) in {found[1:] for found in done}
    assert code not in {found[1] for found in right}
