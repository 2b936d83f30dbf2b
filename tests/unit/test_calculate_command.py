"""`cqrs calculate` hands out points, payments, working and problems, and says by its exit status how far it came."""

import csv
import gzip
import io
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from cqrs.main import analyst_app
from cqrs.progress import progress_bar
from schemas.catalogue import service_document
from schemas.problem import REPORT_COLUMNS
from schemas.working import WorkingLine
from tests.inputs.extract import HEADER, SECOND, row

ORGANISATIONS = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
PARTICIPANTS = "QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT"
FLAG = "Yes/No Flag"


def practice_rows(code: str, day: str = "20240331") -> list[str]:
    """Every required row of QOF 2023/24: registers of 100, 80 of 100 in every fraction, every flag 1."""
    rows = []
    for indicator in service_document("QOF2324").indicators:
        names = indicator.fields
        given = {names.register_name: "100", names.numerator: "80", names.denominator: "100", names.flag: "1"}
        rows += [row(indicator.code, f, v, practice=code, day=day) for f, v in given.items() if f is not None]
    return rows


def organisation(code: str, *, size: str = "9639", counted: str = "20240101") -> str:
    return f"{code},Practice {code},{size},{counted},,16C,QHM,Y63"


def participant(code: str, *, ends: str = "20240331", service: str = "QOF2324") -> str:
    return f"{service},{code},Practice {code},16C,20230401,{ends}"


class Folder:
    """A folder of input files, and the results of calculating them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.extracts: list[Path] = []

    def organisations(self, *rows: str) -> None:
        self._write("organisations.csv", [ORGANISATIONS, *rows])

    def participants(self, *rows: str) -> None:
        self._write("participants.csv", [PARTICIPANTS, *rows])

    def extract(self, name: str, rows: Sequence[str], *, header: str = HEADER) -> None:
        self.extracts.append(self._write(name, [header, *rows]))

    def calculate(self, *options: str, service: str = "QOF2324") -> Result:
        given = [word for path in self.extracts for word in ("--extract", str(path))]
        places = ["--organisations", str(self.path / "organisations.csv"), "--out", str(self.path / "out")]
        listed = self.path / "participants.csv"
        places += ["--participants", str(listed)] if listed.exists() else []
        return CliRunner().invoke(analyst_app(), ["calculate", "--service", service, *given, *places, *options])

    def table(self, name: str) -> list[list[str]]:
        with (self.path / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    @property
    def written(self) -> set[str]:
        out = self.path / "out"
        return {path.name for path in out.iterdir()} if out.exists() else set()

    def _write(self, name: str, lines: Sequence[str]) -> Path:
        content = "".join(f"{line}\n" for line in lines).encode()
        (self.path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return self.path / name


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


def test_gzip_and_plain_files_give_the_same_bytes(folder: Folder) -> None:
    folder.extract("one.csv.gz", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    packed = folder.table("payments.csv")
    folder.extracts.clear()
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    assert folder.table("payments.csv") == packed


def test_a_practice_with_a_problem_is_left_out_and_named_and_the_status_is_1(folder: Folder) -> None:
    folder.extract("one.csv", [*practice_rows("A81001"), row(value="-1", practice="A81002")])
    result = folder.calculate()
    assert result.exit_code == 1
    assert [line[1] for line in folder.table("payments.csv")[1:]] == ["A81001"]
    (problem,) = folder.table("problems.csv")[1:]
    extract = str(folder.path / "one.csv")
    assert problem[:8] == [
        extract, "180", "A81002", "AF001", "Atrial Fibrillation Register", "-1", "ROW-NUMBER", "row",
    ]  # fmt: skip
    assert "1 practice was left out: A81002." in result.stderr
    assert f"{extract}:180: A81002 AF001 Atrial Fibrillation Register: The value is not a plain" in result.stderr


def test_a_practice_refused_in_one_file_is_left_out_even_where_another_file_is_good(folder: Folder) -> None:
    folder.extract("good.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.extract("bad.csv", [row(value="x", at=SECOND)])
    assert folder.calculate().exit_code == 1
    assert [line[1] for line in folder.table("payments.csv")[1:]] == ["A81002"]


def test_a_practice_left_out_counts_in_no_national_figure(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    folder.calculate()
    alone = folder.table("payments.csv")
    folder.extracts.clear()
    folder.extract(
        "one.csv", [*practice_rows("A81001"), *practice_rows("A81002"), row("QI013", FLAG, "2", practice="A81002")]
    )
    folder.calculate()
    assert folder.table("payments.csv") == alone


def test_a_practice_that_submitted_nothing_is_named(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001"))
    assert folder.calculate().exit_code == 1
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[:8] == ["", "0", "A81002", "", "", "", "PRACTICE-INCOMPLETE", "practice"]
    assert problem[8].startswith("Nothing was submitted")


def test_a_practice_that_lacks_a_value_is_named_with_what_it_lacks(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002")[:-1])
    assert folder.calculate().exit_code == 1
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[1:8] == ["180", "A81002", "VI004", "Denominator", "", "PRACTICE-INCOMPLETE", "practice"]


def test_a_list_counted_on_the_wrong_day_keeps_a_practice_out(folder: Folder) -> None:
    folder.organisations(organisation("A81001"), organisation("A81002", counted="20230101"))
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    assert folder.calculate().exit_code == 1
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[1:8] == ["3", "A81002", "", "", "20230101", "PRACTICE-LIST", "practice"]
    assert problem[8].startswith("The list was counted on 20230101, the rule asks for 20240101.")


def test_of_two_lists_the_one_of_the_right_day_is_taken(folder: Folder) -> None:
    folder.organisations(organisation("A81001", size="1", counted="20230101"), organisation("A81001"))
    folder.participants(participant("A81001"))
    folder.extract("one.csv", practice_rows("A81001"))
    assert folder.calculate().exit_code == 0
    assert {line[13 - 1] for line in folder.table("working.csv")[1:-1]} >= {"5"}
    assert folder.table("payments.csv")[1][5] == "106806.77"


def test_a_practice_of_no_organisation_is_named(folder: Folder) -> None:
    rows = [line for code in ("A81001", "A81002", "Z99999") for line in practice_rows(code)]
    folder.extract("one.csv", rows)
    assert folder.calculate().exit_code == 1
    assert [line[2:7:4] for line in folder.table("problems.csv")[1:]] == [["Z99999", "PRACTICE-UNKNOWN"]]


def test_a_practice_that_does_not_take_part_is_neither_calculated_nor_left_out(folder: Folder) -> None:
    folder.participants(participant("A81001"), participant("A81002", ends="20240330"))
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    result = folder.calculate()
    assert (result.exit_code, "1 of 1 practices calculated" in result.stdout) == (0, True)
    assert [line[1] for line in folder.table("payments.csv")[1:]] == ["A81001"]
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[1:8] == ["180", "A81002", "", "", "20240331", "PRACTICE-NOT-PARTICIPATING", "practice"]
    assert "the participation list has it from 20230401 to 20240330; its 178 rows are refused." in problem[8]
    assert problem[8] in result.stderr


def test_a_practice_whose_contract_ended_before_the_year_is_refused_by_name_and_not_left_out(folder: Folder) -> None:
    contracts = ",CONTRACT_TYPE,OPEN_DATE,CLOSE_DATE"
    rows = [f"{organisation('A81001')},GMS,,20230401", f"{organisation('A81002')},GMS,,20230331"]
    (folder.path / "organisations.csv").write_text("\n".join([ORGANISATIONS + contracts, *rows, ""]), encoding="utf-8")
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    result = folder.calculate()
    assert (result.exit_code, "1 of 1 practices calculated" in result.stdout) == (0, True)
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[1:8] == ["180", "A81002", "", "", "20240331", "PRACTICE-CLOSED", "practice"]


def test_a_participant_without_a_list_is_left_out_and_named(folder: Folder) -> None:
    folder.participants(*(participant(code) for code in ("A81001", "A81002", "A81003")))
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    assert folder.calculate().exit_code == 1
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[:8] == ["", "0", "A81003", "", "", "", "PRACTICE-UNKNOWN", "practice"]


def test_without_a_list_for_the_service_every_organisation_takes_part_and_each_file_is_warned_of_it(
    folder: Folder,
) -> None:
    folder.participants(participant("A81001", service="QOF1819"))
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    assert folder.calculate().exit_code == 0
    assert len(folder.table("payments.csv")) == 3
    (problem,) = folder.table("problems.csv")[1:]
    assert problem[:8] == [str(folder.path / "one.csv"), "0", "", "", "", "", "WARNING-PARTICIPATION", "warning"]


def test_of_a_participation_list_with_a_bad_row_nobody_takes_part_and_the_status_is_2(folder: Folder) -> None:
    folder.participants(participant("A81001"), participant("A81002", ends="31/03/2024"))
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    result = folder.calculate()
    assert result.exit_code == 2
    assert {line[6] for line in folder.table("problems.csv")[1:]} == {"ROW-PARTICIPATION", "FILE-PARTICIPATION"}
    assert f"{folder.path / 'participants.csv'}:3: A81002: PART_ED_DT is not a date" in result.stderr


def test_the_evidence_names_the_participation_list_by_its_digest(folder: Folder) -> None:
    folder.extract("one.csv", practice_rows("A81001") + practice_rows("A81002"))
    folder.calculate()
    (kept,) = (folder.path / "out" / "evidence").glob("runs/*/participation.json")
    digest = sha256((folder.path / "participants.csv").read_bytes()).hexdigest()[:32]
    assert kept.read_text(encoding="utf-8") == f'{{"file":"{digest}"}}\n'


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
