"""`cqrs explain`, `replay` and `diff` work on what `cqrs calculate` kept, and say what they miss."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cqrs.main import analyst_app, evidence_app
from cqrs.nation import nation
from cqrs.sample import write_sample
from functions.code_version import code_version
from schemas.catalogue import service_document
from schemas.run import Run

PRACTICES = 8


class Analyst:
    """A synthetic nation, and an analyst's folders of results."""

    def __init__(self, path: Path) -> None:
        self.path = path
        made = nation(document=service_document("QOF2324"), practices=PRACTICES, seed=5)
        write_sample(made=made, suppliers=["emis", "tpp"], out=path, gzip=False)
        with (path / "organisations.csv").open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.reader(file))
        self.codes = [row[0] for row in self.rows[1:]]

    def calculate(self, name: str, *, organisations: str = "organisations.csv", outputs: str = "all") -> Path:
        words = ["--service", "QOF2324", "--organisations", str(self.path / organisations), "--outputs", outputs]
        words += [w for supplier in ("emis", "tpp") for w in ("--extract", str(self.path / f"extract-{supplier}.csv"))]
        result = CliRunner().invoke(analyst_app(), ["calculate", *words, "--out", str(self.path / name)])
        assert result.exit_code in (0, 1), result.output
        return self.path / name

    def changed(self, name: str) -> str:
        """Organisations in which every list is a hundred longer and the last practice is gone."""
        header, *rows = self.rows
        longer = [[*row[:2], str(int(row[2]) + 100), *row[3:]] for row in rows[:-1]]
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *longer])
        return name

    def run(self, *words: object) -> Result:
        return CliRunner().invoke(evidence_app(), list(map(str, words)))


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


def run_of(folder: Path) -> Run:
    return Run.model_validate_json((folder / "run.json").read_bytes())


def part(folder: Path, name: str) -> Path:
    return folder / "evidence" / "runs" / run_of(folder).id / name


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


def test_a_run_is_replayed_byte_for_byte(folder: Path, analyst: Analyst) -> None:
    with (folder / "payments.csv").open(encoding="utf-8", newline="") as file:
        total = sum(Decimal(row["AMOUNT"]) for row in csv.DictReader(file))
    result = analyst.run("replay", folder)
    assert (result.exit_code, result.stdout) == (0, f"reproduced: {PRACTICES} practices, £{total:,}\n")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("inputs", "The inputs differ: with their problems they have the digest "),
        ("documents", "The service document differs: its digest is "),
    ],
)
def test_an_input_that_is_not_the_one_the_run_was_made_from_is_named(
    name: str, sentence: str, folder: Path, analyst: Analyst
) -> None:
    (path,) = (folder / "evidence" / name).iterdir()
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
    result = analyst.run("replay", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(sentence)


def test_a_practice_whose_working_is_not_what_the_inputs_give_is_named_with_both_payments(
    folder: Path, analyst: Analyst
) -> None:
    path = part(folder, "working/0001.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    told = json.loads(lines[2])
    lines[2] = lines[2].replace(f'"payment":{told["payment"]}'.encode(), b'"payment":100')
    path.write_bytes(b"".join(lines))
    result = analyst.run("replay", folder)
    assert result.exit_code == 1
    was = f"{Decimal(told['payment']).scaleb(-2):,}"
    assert result.stdout == f"The working of {analyst.codes[2]} differs: recalculated £{was}, kept £1.00.\n"


def test_national_figures_that_do_not_follow_from_the_inputs_are_said(folder: Path, analyst: Analyst) -> None:
    path = part(folder, "national.json")
    path.write_bytes(path.read_bytes().replace(b'"practices":', b'"practices":1'))
    result = analyst.run("replay", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith("The national figures differ")


def test_evidence_that_is_not_there_is_named(folder: Path, analyst: Analyst) -> None:
    part(folder, "national.json").unlink()
    result = analyst.run("replay", folder)
    assert (result.exit_code, result.stderr) == (2, f"The evidence lacks runs/{run_of(folder).id}/national.json.\n")


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
