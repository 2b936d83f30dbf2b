"""`cqrs check` says of a file what the upload of it would be told, and keeps and sends nothing."""

import csv
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cqrs.main import supplier_app
from functions.domain.check.organisations import ORGANISATION_COLUMNS
from functions.domain.check.participation import PARTICIPATION_COLUMNS
from functions.domain.check.place import report_folder
from functions.ingest.extracts import ingest_extract
from schemas.problem import REPORT_COLUMNS
from tests.integration.worlds import KEY, World, extract
from tests.integration.worlds import practice_rows as rows_of_one_value

ABSENT = "A81003"  # known, and not on the participation list


def practice_rows(code: str) -> Iterator[list[str]]:
    """Every row of a practice with nothing to remark on: registers above whatever is counted of them."""
    for row in rows_of_one_value(code):
        yield [*row[:6], "9000", *row[7:]] if row[5].lower().endswith("register") else row


def with_value(text: str) -> Callable[[list[str]], list[str]]:
    return lambda row: [*row[:6], text, *row[7:]] if row[4] == "AF001" else row


GOOD = extract(practice_rows("A81001"), practice_rows("A81002"))
ODD = extract(practice_rows("A81001"), practice_rows("A81001"), practice_rows("Z99999"), practice_rows(ABSENT))
FILES = {
    "all is well": GOOD,
    "gzip": gzip.compress(GOOD),
    "a part of a practice": b"\n".join(GOOD.split(b"\n")[:30]) + b"\n",
    "rows that are refused": extract(practice_rows("A81001"), practice_rows("A81002"), change=with_value("1.5")),
    "practices that are refused, and values twice": ODD,
    "something personal": extract(practice_rows("A81001"), change=with_value("Jane Smith")),
    "a header that is none": GOOD.partition(b"\n")[2],
    "no UTF-8": b"\xff\xfe",
    "cut short": gzip.compress(GOOD)[:2000],
    "nothing": b"",
}


class Desk:
    """A folder with what a supplier has: who is known, who takes part, and a file to check."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.report = folder, folder / "report"
        self.file = folder / "april.csv"
        self.organisations, self.participants = folder / "organisations.csv", folder / "participants.csv"
        known = [f"{code},Practice {code},8000,20240101,,16C,QHM,Y63" for code in ("A81001", "A81002", ABSENT)]
        listed = [f"QOF2324,{code},Practice {code},16C,20230401," for code in ("A81001", "A81002")]
        self.organisations.write_text("\n".join([",".join(ORGANISATION_COLUMNS), *known]) + "\n", encoding="ascii")
        self.participants.write_text("\n".join([",".join(PARTICIPATION_COLUMNS), *listed]) + "\n", encoding="ascii")

    def check(self, content: bytes, *options: str, against: bool = True, service: str = "QOF2324") -> Result:
        self.file.write_bytes(content)
        words = ["check", str(self.file), "--service", service, "--report", str(self.report), *options]
        if "--received" not in options:
            words += ["--received", "2024-04-03T12:00:00"]
        if against:
            words += ["--organisations", str(self.organisations), "--participants", str(self.participants)]
        return CliRunner().invoke(supplier_app(), words)

    def problems(self) -> list[list[str]]:
        with (self.report / "problems.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def record(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.report / "report.json").read_text(encoding="utf-8"))
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_is_told_what_its_upload_is_told(desk: Desk, content: bytes) -> None:
    desk.check(content, "--supplier", "tpp")
    world = World()
    world.know("A81001", "A81002", ABSENT)
    world.offer("A81001", "A81002")
    taken_in = ingest_extract(upload=world.send(content, key=KEY), world=world.ingestion)
    folder, held = report_folder(key=KEY, file=taken_in.id), world.exchange.held
    assert (desk.report / "problems.csv").read_bytes() == held[f"{folder}/problems.csv"]
    uploaded = json.loads(held[f"{folder}/report.json"])
    assert {**desk.record(), "id": "", "key": ""} == {**uploaded, "id": "", "key": ""}


def test_a_file_without_problems_is_status_0(desk: Desk) -> None:
    result = desk.check(GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:4] == [
        "april.csv: accepted.",
        "1,104 rows read, 1,104 accepted, 0 refused.",
        "2 practices accepted, 2 of them complete; 0 refused.",
        "No problems.",
    ]
    assert desk.problems() == [list(REPORT_COLUMNS)]


def test_warnings_alone_are_status_0(desk: Desk) -> None:
    result = desk.check(FILES["a part of a practice"])
    assert result.exit_code == 0
    assert "WARNING-INCOMPLETE" in result.stdout


def test_a_refused_practice_is_status_1_and_the_first_problems_are_shown_with_value_and_page(desk: Desk) -> None:
    result = desk.check(extract(practice_rows("A81001"), change=with_value("1.5")))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[2] == "0 practices accepted, 0 of them complete; 1 refused: A81001."
    (shown,) = [line for line in lines if "ROW-NUMBER," in line]
    assert shown.startswith('  april.csv:2: A81001 AF001 Atrial Fibrillation Register "1.5": The value is not')
    assert shown.endswith(" [ROW-NUMBER, docs/errors/ROW-NUMBER.md]")


def test_what_refuses_is_shown_before_what_is_only_remarkable_and_the_rest_is_counted(desk: Desk) -> None:
    result = desk.check(extract(practice_rows("A81001"), practice_rows("A81001"), practice_rows("Z99999")))
    shown = [line for line in result.stdout.splitlines() if line.startswith("  ")]
    assert "PRACTICE-UNKNOWN" in shown[0]
    assert len(shown) == 11
    assert shown[-1] == "  ... and 543 more, in problems.csv."


@pytest.mark.parametrize("name", ["a header that is none", "no UTF-8", "cut short", "nothing", "something personal"])
def test_a_file_of_which_nothing_is_read_is_status_2(desk: Desk, name: str) -> None:
    assert desk.check(FILES[name]).exit_code == 2


def test_what_is_no_file_that_can_be_read_twice_is_status_2_and_named(desk: Desk) -> None:
    """What a shell puts for `<(cat april.csv)` is such a name."""
    end, other = os.pipe()
    os.write(other, b"QUALITY_SERVICE\n")
    os.close(other)
    name = f"/dev/fd/{end}"
    result = CliRunner().invoke(supplier_app(), ["check", name, "--service", "QOF2324", "--report", str(desk.report)])
    os.close(end)
    assert (result.exit_code, result.stderr.startswith(f"{name} is no file that can be read twice.")) == (2, True)


def test_what_may_identify_a_person_is_neither_shown_nor_written(desk: Desk) -> None:
    result = desk.check(FILES["something personal"])
    written = "".join(path.read_text(encoding="utf-8") for path in desk.report.iterdir())
    assert "Jane" not in result.stdout + result.stderr + written
    assert "FILE-PERSONAL" in result.stdout


def test_without_organisations_every_code_that_looks_like_one_is_known_and_that_is_said(desk: Desk) -> None:
    content = extract(practice_rows("Z99999"), practice_rows("a81001"))
    result = desk.check(content, against=False)
    assert desk.record()["refused_practices"] == ["a81001"]
    assert "Every organisation whose code looks like one was taken as known" in result.stdout
    assert "taken as known" not in desk.check(content).stdout


def test_without_organisations_a_participation_list_still_says_who_takes_part(desk: Desk) -> None:
    content = extract(practice_rows("A81001"), practice_rows("Z99999"))
    desk.check(content, "--participants", str(desk.participants), against=False)
    assert [row[6] for row in desk.problems()[1:]] == ["PRACTICE-NOT-PARTICIPATING"]


def test_a_supplier_who_may_not_send_is_told_so(desk: Desk) -> None:
    result = desk.check(GOOD, "--supplier", "acme")
    assert result.exit_code == 2
    assert "There is no supplier acme." in result.stdout


def test_organisations_that_cannot_be_read_end_the_check(desk: Desk) -> None:
    desk.organisations.write_text("CODE\nA81001\n", encoding="ascii")
    result = desk.check(GOOD)
    assert result.exit_code == 2
    assert "organisations.csv:1: The header must be" in result.stderr
    assert not desk.report.exists()


def test_a_participation_list_that_does_not_count_ends_the_check(desk: Desk) -> None:
    desk.participants.write_text(desk.participants.read_text().replace("20230401", "2023"), encoding="ascii")
    result = desk.check(GOOD)
    assert result.exit_code == 2
    assert "FILE-PARTICIPATION" in result.stderr


def test_the_folder_that_a_file_lies_in_identifies_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "9434765919"
    folder.mkdir()
    assert Desk(folder).check(GOOD).exit_code == 0


@pytest.mark.parametrize("value", ["9434765919", "Jane Smith"])
def test_a_file_refused_for_its_sender_is_looked_through_as_its_upload_would_be(desk: Desk, value: str) -> None:
    result = desk.check(extract(practice_rows("A81001"), change=with_value(value)), "--supplier", "acme")
    assert result.exit_code == 2
    assert [row[6] for row in desk.problems()[1:]] == ["FILE-PERSONAL"]
    assert value not in (desk.report / "report.json").read_text(encoding="utf-8") + result.output


def test_a_name_that_tells_a_number_is_not_repeated_where_the_sender_is_refused(desk: Desk) -> None:
    desk.file = desk.folder / "9434765919.csv"
    result = desk.check(GOOD, "--supplier", "acme")
    told = (desk.report / "report.json").read_text(encoding="utf-8") + (desk.report / "problems.csv").read_text("utf-8")
    assert "9434765919" not in told + result.stdout.replace(str(desk.file), "")
    assert "received before" not in told


def test_a_file_received_on_the_last_day_of_all_is_checked(desk: Desk) -> None:
    assert desk.check(GOOD, "--received", "9999-12-31T23:59:59").exit_code == 0


def test_a_service_that_nobody_knows_is_status_2_with_the_nearest(desk: Desk) -> None:
    result = desk.check(GOOD, service="QOF2342")
    assert result.exit_code == 2
    assert "Did you mean" in result.stderr


def test_a_report_that_cannot_be_written_is_said_and_status_2(desk: Desk) -> None:
    desk.report.mkdir()
    (desk.report / "report.json").mkdir()
    result = desk.check(GOOD)
    assert result.exit_code == 2
    assert "report.json" in result.stderr


def test_who_checks_does_not_wait_for_what_only_others_need() -> None:
    code = "import sys; from cqrs.main import supplier_app; supplier_app(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert {"boto3", "aws_cdk", "cqrs.reconcile", "cqrs.sample"}.isdisjoint(done.stdout.split())


def test_a_code_is_explained_and_a_misspelt_one_gets_the_nearest() -> None:
    told = CliRunner().invoke(supplier_app(), ["errors", "row-number"])
    assert told.stdout.startswith("# ROW-NUMBER\n")
    near = CliRunner().invoke(supplier_app(), ["errors", "ROW-NUMBR"])
    assert (near.exit_code, "Did you mean ROW-NUMBER?" in near.stderr) == (2, True)


def test_every_code_is_listed_with_its_severity_and_title() -> None:
    lines = CliRunner().invoke(supplier_app(), ["errors"]).stdout.splitlines()
    assert "ROW-NUMBER                  row       The value is not a plain whole number" in lines


def test_pages_of_codes_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "ROW-OLD.md").write_text("gone", encoding="ascii")
    CliRunner().invoke(supplier_app(), ["errors", "--out", str(tmp_path)])
    assert not (tmp_path / "ROW-OLD.md").exists()
    assert (tmp_path / "ROW-NUMBER.md").exists()
