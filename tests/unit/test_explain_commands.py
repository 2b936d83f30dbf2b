"""`cqrs explain` and `diff` work on what `cqrs calculate` kept, and say what they miss."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cqrs.main import analyst_app
from functions.code_version import code_version
from tests.inputs.analyst import PRACTICES, Analyst, part, run_of


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    return Analyst(tmp_path_factory.mktemp("analyst"))


@pytest.fixture(scope="module")
def calculated(analyst: Analyst) -> Path:
    """A calculation that no test changes."""
    return analyst.calculate("calculated")


@pytest.fixture(scope="module")
def later(analyst: Analyst) -> Path:
    """Another, with longer lists and without the last practice."""
    return analyst.calculate("later", organisations=analyst.changed("longer.csv"))


@pytest.fixture
def folder(calculated: Path, tmp_path: Path) -> Path:
    """The calculation as a folder that a test may spoil."""
    return shutil.copytree(calculated, tmp_path / "out")


def evidence(folder: Path) -> dict[str, bytes]:
    under = folder / "evidence"
    return {path.relative_to(under).as_posix(): path.read_bytes() for path in under.rglob("*") if path.is_file()}


def test_a_calculation_keeps_the_evidence_of_its_run_under_the_keys_of_the_deployed_service(folder: Path) -> None:
    run = run_of(folder)
    front = f"runs/{run.id}"
    assert evidence(folder).keys() == {
        f"inputs/{run.identity.inputs}.jsonl", f"documents/{run.identity.document}.json", f"{front}/national.json",
        f"{front}/problems.csv", f"{front}/participation.json", f"{front}/run.json", f"{front}/batches.jsonl",
        f"{front}/working/0001.jsonl",
    }  # fmt: skip
    assert (run.practices, run.identity.code) == (PRACTICES, code_version())


def test_payments_alone_keep_no_evidence(analyst: Analyst) -> None:
    folder = analyst.calculate("out", outputs="payments")
    assert {path.name for path in folder.iterdir()} == {"payments.csv"}


def test_the_same_files_are_the_same_run_wherever_they_lie(calculated: Path, analyst: Analyst) -> None:
    one, other = calculated, analyst.calculate("deep/down/other")
    assert run_of(one).id == run_of(other).id
    first, second = evidence(one), evidence(other)
    del first[f"runs/{run_of(one).id}/run.json"], second[f"runs/{run_of(one).id}/run.json"]  # the moment differs
    assert first == second


def test_every_practice_is_explained_with_the_payment_of_the_payments_file(folder: Path, analyst: Analyst) -> None:
    with (folder / "payments.csv").open(encoding="utf-8", newline="") as file:
        paid = {row["ORG_CODE"]: row["AMOUNT"] for row in csv.DictReader(file)}
    assert paid.keys() == set(analyst.codes)
    for code, amount in paid.items():
        told = json.loads(analyst.run("explain", code, "--run", folder, "--format", "json").stdout)
        assert told["payment"] == amount
        assert sum(Decimal(line["amount"]) for line in told["lines"]) == Decimal(amount)


def test_an_explanation_names_the_very_line_of_the_file(folder: Path, analyst: Analyst) -> None:
    code = analyst.codes[1]
    told = json.loads(analyst.run("explain", code, "--run", folder, "--format", "json").stdout)
    (name,) = [file["name"] for file in told["files"]]
    lines = (analyst.path / name).read_text(encoding="utf-8").splitlines()
    for line in told["lines"]:
        for count in line["counts"]:
            row = lines[count["line"] - 1].split(",")
            assert (row[2], row[4], row[5], row[6]) == (code, line["indicator"], count["field"], str(count["value"]))


def test_a_page_and_rows_are_printed_where_they_are_asked_for(folder: Path, analyst: Analyst) -> None:
    code = analyst.codes[3]
    assert analyst.run("explain", code, "--run", folder).stdout.startswith(f"How the payment of practice {code} came")
    assert analyst.run("explain", code, "--run", folder, "--format", "csv").stdout.startswith("SECTION,INDICATOR,")


def test_a_practice_that_was_not_calculated_is_said_to_be_missing(folder: Path, analyst: Analyst) -> None:
    result = analyst.run("explain", "Z99999", "--run", folder)
    assert (result.exit_code, result.stderr) == (2, f"Z99999 was not calculated in run {run_of(folder).id}.\n")


@pytest.mark.parametrize("name", ["nowhere", "a81001"])
def test_what_is_neither_a_folder_nor_a_run_is_said(name: str, analyst: Analyst) -> None:
    result = analyst.run("replay", name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name} is neither a folder nor the id of a run")


def test_a_folder_without_a_run_says_how_to_make_one(analyst: Analyst) -> None:
    result = analyst.run("replay", analyst.calculate("out", outputs="payments"))
    assert result.exit_code == 2
    assert "holds no run" in result.stderr


@pytest.mark.parametrize("name", ["run.json", "batches.jsonl", "working/0001.jsonl"])
def test_evidence_that_cannot_be_read_is_said_and_no_explanation_given(
    name: str, folder: Path, analyst: Analyst
) -> None:
    path = part(folder, name)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    result = analyst.run("explain", analyst.codes[0], "--run", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("cannot be read; it is not what was kept.\n")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("run.json", "run.json cannot be read; it is not what was kept."),
        ("national.json", "national.json cannot be read; it is not what was kept."),
        ("problems.csv", "The inputs differ: with the collection, the problems and the number left out"),
    ],
)
def test_no_difference_is_told_from_evidence_that_is_not_what_was_kept(
    name: str, sentence: str, folder: Path, calculated: Path, analyst: Analyst
) -> None:
    path = part(folder, name)
    path.write_bytes(b"x" + path.read_bytes()[1:])
    for words in ((folder, calculated), (calculated, folder)):
        result = analyst.run("diff", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert sentence in result.stderr


def test_every_practices_change_between_two_runs_is_split_into_parts_that_add_up_to_the_penny(
    calculated: Path, later: Path, analyst: Analyst
) -> None:
    one, two = calculated, later
    result = analyst.run("diff", one, two, "--out", analyst.path / "diff.csv")
    assert result.exit_code == 0
    with (analyst.path / "diff.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["ORG_CODE"] for row in rows] == sorted(analyst.codes)
    payments = [_payments(folder) for folder in (one, two)]
    for row in rows:
        parts = [Decimal(row[name]) for name in list(row)[4:]]
        before, after = (paid.get(row["ORG_CODE"], Decimal(0)) for paid in payments)
        assert (Decimal(row["BEFORE"] or 0), Decimal(row["AFTER"] or 0)) == (before, after)
        assert sum(parts) == Decimal(row["DIFFERENCE"]) == after - before
    assert {row["OWN_COUNTS"] for row in rows} == {"0.00"}
    assert any(row["LIST_SIZE"] != "0.00" for row in rows)
    assert [row["ORG_CODE"] for row in rows if row["PARTICIPATION"] != "0.00"] == [analyst.codes[-1]]


def _payments(folder: Path) -> dict[str, Decimal]:
    with (folder / "payments.csv").open(encoding="utf-8", newline="") as file:
        return {row["ORG_CODE"]: Decimal(row["AMOUNT"]) for row in csv.DictReader(file)}


def test_one_practices_change_is_told_first_in_a_sentence(calculated: Path, later: Path, analyst: Analyst) -> None:
    one, two = calculated, later
    result = analyst.run("diff", one, two, "--practice", analyst.codes[3])
    first, *_, last = result.stdout.splitlines()
    assert first.startswith(f"{analyst.codes[3]} is paid £")
    assert last.startswith("after")
    assert analyst.run("diff", one, two, "--practice", "Z99999").exit_code == 2


def test_where_nothing_is_calculated_no_older_run_stays_the_one_of_the_folder(folder: Path, analyst: Analyst) -> None:
    (analyst.path / "nobody.csv").write_text(",".join(analyst.rows[0]) + "\n", encoding="utf-8")
    words = ["--service", "QOF2324", "--organisations", analyst.path / "nobody.csv"]
    words += ["--extract", analyst.path / "extract-tpp.csv", "--out", folder]
    assert CliRunner().invoke(analyst_app(), ["calculate", *map(str, words)]).exit_code == 2
    assert not (folder / "run.json").exists()
    assert analyst.run("replay", folder).exit_code == 2
