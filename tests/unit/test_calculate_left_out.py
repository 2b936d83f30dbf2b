"""`cqrs calculate` names each practice that it leaves out, and why."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.inputs.calculate_folder import FLAG, ORGANISATIONS, Folder, organisation, participant, practice_rows
from tests.inputs.extract import SECOND, row


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.organisations(organisation("A81001"), organisation("A81002"))
    made.participants(participant("A81001"), participant("A81002"))
    return made


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
    rows = [f"{organisation('A81001', counted='20230401')},GMS,,20230401", f"{organisation('A81002')},GMS,,20230331"]
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
