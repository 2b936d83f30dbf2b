"""`cqrs replay` makes a run again, and says of everything that was kept whether it still is what it was."""

import csv
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from functions.explain.replaying import UNCOVERED
from tests.inputs.analyst import PRACTICES, Analyst, part, run_of


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    return Analyst(tmp_path_factory.mktemp("analyst"))


@pytest.fixture(scope="module")
def calculated(analyst: Analyst) -> Path:
    return analyst.calculate("calculated")


@pytest.fixture
def folder(calculated: Path, tmp_path: Path) -> Path:
    """The calculation as a folder that a test may spoil."""
    return shutil.copytree(calculated, tmp_path / "out")


def inputs(folder: Path) -> Path:
    (path,) = (folder / "evidence" / "inputs").iterdir()
    return path


def spoil(path: Path, pattern: bytes, by: bytes) -> None:
    """Replace the first that matches."""
    found, times = re.subn(pattern, by, path.read_bytes(), count=1)
    assert times == 1
    path.write_bytes(found)


def replayed(folder: Path, analyst: Analyst, *, status: int = 1) -> list[str]:
    result = analyst.run("replay", folder)
    assert result.exit_code == status, result.output
    return result.output.splitlines()


def test_a_run_is_replayed_byte_for_byte_and_what_no_replay_can_tell_is_named(folder: Path, analyst: Analyst) -> None:
    with (folder / "payments.csv").open(encoding="utf-8", newline="") as file:
        total = sum(Decimal(row["AMOUNT"]) for row in csv.DictReader(file))
    assert replayed(folder, analyst, status=0) == [f"reproduced: {PRACTICES} practices, £{total:,}", UNCOVERED]


@pytest.mark.parametrize("name", ["run.json", "national.json", "batches.jsonl"])
def test_a_part_that_cannot_be_read_is_said(name: str, folder: Path, analyst: Analyst) -> None:
    spoil(part(folder, name), b"^.", b"x")
    sentence = f"runs/{run_of(folder).id}/{name} cannot be read; it is not what was kept."
    assert replayed(folder, analyst) == [sentence]


def test_a_folder_whose_run_cannot_be_read_says_so(folder: Path, analyst: Analyst) -> None:
    spoil(folder / "run.json", b"^.", b"x")
    (sentence,) = replayed(folder, analyst, status=2)
    assert "run.json cannot be read; it is not what `cqrs calculate` wrote." in sentence


@pytest.mark.parametrize(
    ("pattern", "by", "sentence"),
    [
        (b'"practices":8', b'"practices":9999', "The run's practices differ: kept 9999, recalculated 8."),
        (b'"state":"frozen"', b'"state":"published"', "The run's state differ: kept published, recalculated frozen."),
        (b'"incomplete":0', b'"incomplete":3', "what differs is problems.csv, or how many practices run.json says"),
        (b'"achievement_date":"2', b'"achievement_date":"3', "The run's collection differs: run.json says QOF2324#3"),
        (b'"code":"', b'"code":"1', "The run differs: its three digests make it "),
        (b"$", b" ", "run.json says the same and is not the bytes that were kept."),
    ],
)
def test_what_a_run_says_of_itself_is_held_against_its_inputs(
    pattern: bytes, by: bytes, sentence: str, folder: Path, analyst: Analyst
) -> None:
    spoil(part(folder, "run.json"), pattern, by)
    assert sentence in "\n".join(replayed(folder, analyst))


def test_a_participation_file_that_is_gone_or_names_no_list_is_noticed(folder: Path, analyst: Analyst) -> None:
    spoil(part(folder, "participation.json"), b"file", b"fill")
    (sentence,) = replayed(folder, analyst)
    assert sentence.endswith("participation.json names no participation list; it is not what was kept.")
    part(folder, "participation.json").unlink()
    (sentence,) = replayed(folder, analyst, status=2)
    assert sentence == f"The evidence lacks runs/{run_of(folder).id}/participation.json."


@pytest.mark.parametrize(
    ("pattern", "by", "sentence"),
    [
        (b'"list_size":1,', b'"list_size":2,', "A88603: its list or contract: list size (kept 1, now 2)."),
        (
            rb'"AF001":"0\|',
            b'"AF001":"0|9',
            "E86117: its extract: AF001 Atrial Fibrillation Register (kept 93, now 993).",
        ),
        (
            b'"fixed":{}',
            b'"fixed":{"AF001":[500,"D-1"]}',
            "A88603: its decisions: points of AF001 (kept nothing, now 5.00 by D-1).",
        ),
        (b"^.", b"x", "Line 1 of the inputs cannot be read."),
        (rb"^.*\n", b"", "A88603 is not in the inputs, or not to be read; it has a working."),
    ],
)
def test_inputs_that_are_not_those_of_the_run_are_named_by_practice_and_by_what_differs(
    pattern: bytes, by: bytes, sentence: str, folder: Path, analyst: Analyst
) -> None:
    spoil(inputs(folder), pattern, by)
    first, *others = replayed(folder, analyst)
    assert first.startswith("The inputs differ: with the collection, the problems and the number left out they have ")
    assert sentence in others


def test_where_the_working_is_gone_too_it_is_said_that_no_practice_can_be_named(folder: Path, analyst: Analyst) -> None:
    spoil(inputs(folder), b'"list_size":1,', b'"list_size":2,')
    part(folder, "batches.jsonl").unlink()
    _, sentence = replayed(folder, analyst)
    assert sentence.startswith("Which practice's inputs differ cannot be told without its working: runs/")


def test_a_document_that_is_not_the_one_the_run_was_made_from_is_said(folder: Path, analyst: Analyst) -> None:
    (path,) = (folder / "evidence" / "documents").iterdir()
    spoil(path, b"0", b"1")
    (sentence,) = replayed(folder, analyst)
    assert sentence.startswith("The service document differs: its digest is ")


def test_a_practice_whose_working_is_not_what_the_inputs_give_is_named_with_both_payments(
    folder: Path, analyst: Analyst
) -> None:
    path = part(folder, "working/0001.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    told = json.loads(lines[2])
    lines[2] = lines[2].replace(f'"payment":{told["payment"]}'.encode(), b'"payment":100')
    path.write_bytes(b"".join(lines))
    now = f"{Decimal(told['payment']).scaleb(-2):,}"
    assert replayed(folder, analyst) == [
        f"The working of {analyst.codes[2]} differs: payment (kept £1.00, now £{now})."
    ]


@pytest.mark.parametrize(
    ("pattern", "by", "sentence"),
    [
        (b'"AF001","register","1"', b'"AF001","register","3"', "AF001 register (kept 3, now 1)"),
        (rb'\["AF006","', b'["AF006","7', "what more would earn on AF006 next_points (kept 7"),
        (b'"list_size":1,', b'"list_size":2,', "its list or contract: list size (kept 2, now 1)"),
        (b'"days_open":null,', b'"days_open": null,', "how it is written, no figure"),
        (b"^.", b"x", "what was kept cannot be read"),
    ],
)
def test_whatever_differs_in_a_working_is_named_with_what_was_kept_and_what_comes_out(
    pattern: bytes, by: bytes, sentence: str, folder: Path, analyst: Analyst
) -> None:
    path = part(folder, "working/0001.jsonl")
    spoil(path, pattern, by)
    (told,) = replayed(folder, analyst)
    assert told.startswith("The working of A88603 differs: ")
    assert sentence in told


def test_national_figures_that_do_not_follow_from_the_inputs_are_named_kept_and_now(
    folder: Path, analyst: Analyst
) -> None:
    spoil(part(folder, "national.json"), b'"practices":7', b'"practices":17')
    spoil(part(folder, "national.json"), b'"prevalence":{"AF001":1', b'"prevalence":{"AF001":9')
    count, prevalence = replayed(folder, analyst)
    assert count == "The national figures differ: practices (kept 17, now 7)."
    assert re.fullmatch(
        r"The national figures differ: prevalence of AF001 \(kept 0\.9(\d+), now 0\.1\1\)\.", prevalence
    )


def test_evidence_that_is_not_there_is_named(folder: Path, analyst: Analyst) -> None:
    part(folder, "national.json").unlink()
    assert replayed(folder, analyst, status=2) == [f"The evidence lacks runs/{run_of(folder).id}/national.json."]


@pytest.mark.parametrize(
    ("name", "pattern", "by", "sentence"),
    [
        ("payments.csv", rb"20240331,\d+", b"20240331,1", "payments.csv, line 2: A88603 differs: POINTS (kept 1.00, "),
        (
            "points.csv",
            b"AF001,5.00",
            b"AF001,4.99",
            "points.csv, line 2: A88603 differs: POINTS (kept 4.99, now 5.00).",
        ),
        ("points.csv", rb"[^\n]*\n$", b"", "the row is missing"),
        ("working.csv", b"AF001,register", b"AF001,stepped", "KIND (kept stepped, now register)"),
        ("working.csv", rb"\n$", b"\nmore\n", "there is a row too many"),
        ("problems.csv", rb"$", b"more\n", "problems.csv beside the evidence does not list the problems"),
        ("run.json", b'"practices":8', b'"practices":9', "run.json beside the evidence does not say what the run's"),
    ],
)
def test_the_files_beside_the_evidence_are_made_again_too(
    name: str, pattern: bytes, by: bytes, sentence: str, folder: Path, analyst: Analyst
) -> None:
    spoil(folder / name, pattern, by)
    assert sentence in "\n".join(replayed(folder, analyst))


def test_a_table_that_is_not_there_is_passed_over(folder: Path, analyst: Analyst) -> None:
    for name in ("payments.csv", "points.csv", "working.csv", "problems.csv"):
        (folder / name).unlink()
    replayed(folder, analyst, status=0)
