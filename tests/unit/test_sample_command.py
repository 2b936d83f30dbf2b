"""`cqrs sample` writes a synthetic nation: valid, in the real layout, the same for a seed, and hard on purpose."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cqrs.main import analyst_app
from cqrs.ties import PRIMES, ties
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_codes, service_document


def sample(folder: Path, *options: str, practices: int = 30, seed: int = 1) -> Result:
    words = ["sample", "--practices", str(practices), "--seed", str(seed), "--out", str(folder), *options]
    return CliRunner().invoke(analyst_app(), words)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation")
    assert sample(folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def extracted(nation: Path) -> list[dict[str, str]]:
    return [row for path in sorted(nation.glob("extract-*.csv")) for row in rows(path)]


def test_it_writes_organisations_who_takes_part_and_an_extract_of_each_supplier(nation: Path) -> None:
    suppliers = ("emis", "microtest", "tpp", "vision")
    extracts = [f"extract-{name}.csv" for name in suppliers]
    assert sorted(contents(nation)) == [*extracts, "organisations.csv", "participants.csv"]


def test_every_practice_has_every_row_of_the_real_layout(extracted: list[dict[str, str]]) -> None:
    assert tuple(extracted[0]) == tuple(COLUMNS)
    expected = {(slot.indicator, slot.field) for slot in service_grid(document=service_document("QOF2324")).slots}
    assert len(expected) == 552
    found: dict[str, set[tuple[str, str]]] = {}
    for row in extracted:
        found.setdefault(row["ORG_CODE"], set()).add((row["IND_CODE"], row["FIELD_NAME"]))
    assert len(found) == 30
    assert all(sent == expected for sent in found.values())


def test_it_makes_the_same_bytes_for_a_seed_and_others_for_another(nation: Path, tmp_path: Path) -> None:
    sample(tmp_path / "again")
    sample(tmp_path / "other", seed=2)
    assert contents(tmp_path / "again") == contents(nation)
    assert contents(tmp_path / "other") != contents(nation)


@pytest.mark.parametrize("service", service_codes())
def test_it_is_calculated_without_any_problem(service: str, tmp_path: Path) -> None:
    sample(tmp_path, "--service", service)
    given = [word for path in sorted(tmp_path.glob("extract-*")) for word in ("--extract", str(path))]
    words = ["--service", service, *given, "--organisations", str(tmp_path / "organisations.csv")]
    words += ["--participants", str(tmp_path / "participants.csv")]
    result = CliRunner().invoke(analyst_app(), ["calculate", *words, "--out", str(tmp_path / "out")])
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(rows(tmp_path / "out" / "payments.csv")) == 30
    assert rows(tmp_path / "out" / "problems.csv") == []


def test_some_values_are_superseded_by_a_later_submission_whose_text_sorts_first(
    extracted: list[dict[str, str]],
) -> None:
    submitted = Counter((row["SUBMIT_DATE"], row["SUBMIT_TIME"], row["LAST_SUBMISSION"]) for row in extracted)
    assert set(submitted) == {
        ("31/03/2024", "23:05:10", "N"),
        ("02/04/2024", "11:19:50", "Y"),
        ("02/04/2024", "14:16:53", "Y"),
    }


def test_the_hard_cases_are_in_it(nation: Path, extracted: list[dict[str, str]]) -> None:
    sizes = {row["ORG_CODE"]: int(row["LIST_SIZE"]) for row in rows(nation / "organisations.csv")}
    assert {0, 1, 100_000} <= set(sizes.values())
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in extracted:
        if row["LAST_SUBMISSION"] == "Y":
            counts.setdefault((row["ORG_CODE"], row["IND_CODE"]), {})[row["FIELD_NAME"]] = int(row["VALUE"])
    fractions = [found for found in counts.values() if "Denominator" in found]
    assert any(found["Denominator"] == 0 for found in fractions)
    assert any(0 == found["Numerator"] < found["Denominator"] for found in fractions)
    assert any(0 < found["Numerator"] == found["Denominator"] for found in fractions)
    assert {found["Yes/No Flag"] for found in counts.values() if "Yes/No Flag" in found} == {0, 1}
    registers = [
        found["Atrial Fibrillation Register"]
        for found in counts.values()
        if len(found) == 1 and "Atrial Fibrillation Register" in found
    ]
    assert 0 in registers
    assert any(registers)


def test_most_practices_belong_to_a_network_and_some_to_none(nation: Path) -> None:
    networks = [row["PCN_ODS_CODE"] for row in rows(nation / "organisations.csv")]
    assert 0 < networks.count("") < len(networks) // 2


@pytest.mark.parametrize("service", service_codes())
def test_a_tie_lands_half_way_between_two_hundredths_of_a_point(service: str) -> None:
    for indicator in service_document(service).scored:
        found = ties(indicator=indicator)
        assert bool(found) == indicator.kind.proportional
        for numerator, denominator in found:
            assert any(denominator % prime == 0 for prime in PRIMES)
            assert indicator.lower is not None
            assert indicator.upper is not None
            share = 100 * numerator - indicator.lower * denominator
            thousandths = 1000 * indicator.points * share / ((indicator.upper - indicator.lower) * denominator)
            assert thousandths % 10 == 5


def test_packed_extracts_hold_the_same_rows(nation: Path, tmp_path: Path) -> None:
    sample(tmp_path, "--gzip")
    packed = tmp_path / "extract-emis.csv.gz"
    assert gzip.decompress(packed.read_bytes()) == (nation / "extract-emis.csv").read_bytes()


def test_fewer_suppliers_share_the_practices(tmp_path: Path) -> None:
    assert sample(tmp_path, "--suppliers", "1", practices=2).exit_code == 0
    assert sorted(contents(tmp_path)) == ["extract-emis.csv", "organisations.csv", "participants.csv"]


def test_one_practice_makes_one_extract(tmp_path: Path) -> None:
    assert sample(tmp_path, practices=1).exit_code == 0
    assert sorted(contents(tmp_path)) == ["extract-emis.csv", "organisations.csv", "participants.csv"]


def test_more_suppliers_than_there_are_is_refused(tmp_path: Path) -> None:
    result = sample(tmp_path, "--suppliers", "5")
    assert result.exit_code == 2
    assert result.stderr == "4 suppliers may send QOF2324, not 5: emis, tpp, vision, microtest.\n"


def test_an_unknown_service_is_refused(tmp_path: Path) -> None:
    result = sample(tmp_path, "--service", "QOF9999")
    assert result.exit_code == 2
    assert "There is no service QOF9999" in result.stderr
