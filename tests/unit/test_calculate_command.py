"""`cqrs calculate` hands out points, payments, working and problems, and says by its exit status how far it came."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from cqrs.progress import progress_bar
from schemas.problem import REPORT_COLUMNS
from schemas.working import WorkingLine
from tests.inputs.calculate_folder import Folder, organisation, participant, practice_rows
from tests.inputs.extract import row


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.organisations(organisation("A81001"), organisation("A81002"))
    made.participants(participant("A81001"), participant("A81002"))
    return made


def test_every_practice_calculated_is_status_0_four_files_and_the_evidence(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81002") + practice_rows("A81001"))
    result = folder.calculate()
    assert (result.exit_code, result.stderr) == (0, "")
    assert folder.written == {"points.csv", "payments.csv", "working.csv", "problems.csv", "run.json", "evidence"}
    assert folder.table("problems.csv") == [list(REPORT_COLUMNS)]


def test_payments_hold_points_points_available_and_pounds_in_the_order_of_codes(folder: Folder) -> None:
    """Two practices of average list and prevalence: each point is worth 213.43, and 500.43 of them 106,806.77."""
    folder.extract("one.csv", practice_rows("A81002") + practice_rows("A81001"))
    folder.calculate()
    header, *rows = folder.table("payments.csv")
    assert header == ["QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", "POINTS", "MAX_POINTS", "AMOUNT"]
    assert [line[:3] for line in rows] == [["QOF2324", "A81001", "20240331"], ["QOF2324", "A81002", "20240331"]]
    points, available, amount = rows[0][3:]
    assert (points, available) == ("500.43", "635.00")
    assert amount == rows[1][5]
    assert amount == "106806.77"


def test_points_have_a_row_for_each_indicator_that_carries_points_and_nobody_has_approved_them(
    folder: Folder,
) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    folder.calculate()
    header, *rows = folder.table("points.csv")
    assert header == ["QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", "IND_CODE", "POINTS", "APPROVED"]
    assert len(rows) == 76
    assert rows[:2] == [
        ["QOF2324", "A81001", "20240331", "AF001", "5.00", ""],
        ["QOF2324", "A81001", "20240331", "AF006", "9.60", ""],
    ]
    assert not [line for line in rows if line[3].startswith("COPD009MI")]


def test_the_working_has_every_figure_of_every_indicator_and_a_line_for_the_rounding(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    folder.calculate()
    header, *rows = folder.table("working.csv")
    assert header == ["QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", *(name.upper() for name in WorkingLine._fields)]
    assert len(rows) == 76 + 1
    assert rows[-1][3] == "rounding"


def test_payments_alone_are_written_where_nothing_else_is_wanted(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    assert folder.calculate("--outputs", "payments").exit_code == 0
    assert folder.written == {"payments.csv"}


def test_payments_alone_leave_nothing_of_an_older_run_beside_them(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    folder.organisations(organisation("A81001", size="100"), organisation("A81002"))
    assert folder.calculate("--outputs", "payments").exit_code == 0
    assert folder.written == {"payments.csv", "evidence"}


def test_gzip_and_plain_files_give_the_same_bytes(folder: Folder) -> None:
    folder.extract("one.csv.gz", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    packed = folder.table("payments.csv")
    folder.extracts.clear()
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    assert folder.table("payments.csv") == packed


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_through(folder: Folder) -> None:
    folder.extract("good.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.extract("bad.csv", [], header="ORG_CODE")
    result = folder.calculate()
    assert result.exit_code == 1
    assert len(folder.table("payments.csv")) == 3
    assert f"{folder.path / 'bad.csv'}:1: The header lacks" in result.stderr


def test_files_of_two_achievement_dates_are_not_calculated_and_each_date_is_said(folder: Folder) -> None:
    folder.extract("march.csv", practice_rows("A81001"))
    folder.extract("february.csv", practice_rows("A81002", day="20240229"))
    result = folder.calculate()
    assert result.exit_code == 2
    assert len(folder.table("payments.csv")) == 1
    found = {tuple(line[:1] + line[5:8]) for line in folder.table("problems.csv")[1:]}
    assert found == {
        (str(folder.path / "march.csv"), "20240331", "FILE-DATE", "file"),
        (str(folder.path / "february.csv"), "20240229", "FILE-DATE", "file"),
    }
    assert "20240229" in result.stderr
    assert "20240331" in result.stderr


def test_where_nothing_can_be_calculated_the_status_is_2_and_no_older_result_is_left(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    folder.calculate()
    folder.extracts.clear()
    folder.extract("one.csv", [row(value="x")])
    assert folder.calculate().exit_code == 2
    assert [len(folder.table(name)) for name in ("payments.csv", "points.csv", "working.csv")] == [1, 1, 1]


def test_organisations_that_cannot_be_read_are_status_2(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    (folder.path / "organisations.csv").write_bytes(b"")
    result = folder.calculate()
    assert result.exit_code == 2
    assert "FILE-EMPTY" in result.stderr


def test_an_unknown_service_is_status_2_with_the_nearest_one(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    result = folder.calculate(service="QOF2342")
    assert result.exit_code == 2
    assert "QOF2324" in result.stderr.partition(" Did you mean ")[2]
    assert folder.written == set()


def test_a_missing_file_is_status_2(folder: Folder) -> None:
    folder.extracts.append(folder.path / "nowhere.csv")
    result = folder.calculate()
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_cannot_be_written_to_is_status_2_without_a_traceback(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    (folder.path / "out").mkdir()
    (folder.path / "out" / "payments.csv").mkdir()
    result = folder.calculate()
    assert result.exit_code == 2
    assert "payments.csv" in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert not [name for name in folder.written if name.startswith(".")]


def test_what_may_identify_a_person_is_never_printed(folder: Folder) -> None:
    folder.extract("one.csv", [*practice_rows("A81001"), row(practice="9434765919"), row(value="9434765919")])
    result = folder.calculate()
    assert "9434765919" not in result.output
    assert "9434765919" not in str(folder.table("problems.csv"))


def test_the_command_runs_as_a_program_and_prints_plainly_when_it_is_no_terminal(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    words = ["calculate", "--service", "QOF2324", "--extract", str(folder.extracts[0]), "--outputs", "payments"]
    words += ["--organisations", str(folder.path / "organisations.csv"), "--out", str(folder.path / "out")]
    program = "from cqrs.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert done.stdout.startswith("QOF2324 at 20240331: 1 of 2 practices calculated, payments of 106806.77 pounds")
    assert "\x1b" not in done.stdout + done.stderr


def test_at_a_terminal_a_bar_shows_how_far_it_is() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with progress_bar(what="Reading", total=10, console=console) as advance:
        advance(10)
    assert isinstance(console.file, io.StringIO)
    assert "Reading" in console.file.getvalue()
    assert "100%" in console.file.getvalue()
