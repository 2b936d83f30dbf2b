"""A year is a document and no code: the one that docs/adding-a-year.md builds is calculated as the oracle says."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cqrs.main import analyst_app
from schemas.catalogue import service_codes
from schemas.policy import Policies
from tests.oracle.calculation import Expected, expected, indicator_points
from tests.oracle.definition import Definition, definition_at
from tests.oracle.files import Values, lists, values

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-year.md"
PIECE = re.compile(r"```toml\n(.*?)```", re.DOTALL)
PRACTICES = 300
OTHER_RULES = {
    "national_prevalence": "pooled",
    "zero_register": "points_kept",
    "empty_denominator": "all_points_with_register",
    "prevalence_rounding": "half_up_4_decimals",
    "points_rounding": "down_2_decimals",
    "payment_rounding": "half_up_penny_each_indicator",
}
NOT_IN_A_WHOLE_YEAR = {
    "part_year",
    "contract_list",
    "aspiration_rounding",
}  # no part of an achievement payment of open contracts


@dataclass(frozen=True)
class Nation:
    """A synthetic nation of the invented year."""

    document: Path
    folder: Path

    @property
    def service(self) -> Definition:
        return definition_at(self.document)

    @property
    def values(self) -> Mapping[str, Values]:
        return values(sorted(self.folder.glob("extract-*.csv")))

    @property
    def expected(self) -> dict[str, Expected]:
        return expected(self.service, self.values, lists(self.folder / "organisations.csv"))

    def calculate(self, *choice: str) -> Result:
        extracts = [word for path in sorted(self.folder.glob("extract-*.csv")) for word in ("--extract", str(path))]
        places = ("--organisations", str(self.folder / "organisations.csv"), "--out", str(self.folder / "out"))
        return run("calculate", *(choice or ("--document", str(self.document))), *extracts, *places)

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def payments(self) -> dict[str, tuple[Fraction, ...]]:
        figures = ("POINTS", "MAX_POINTS", "AMOUNT")
        return {row["ORG_CODE"]: tuple(Fraction(row[name]) for name in figures) for row in self.rows("payments.csv")}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(analyst_app(), arguments)


def written(folder: Path, text: str) -> Path:
    path = folder / "QOF2627.toml"
    path.write_text(text, encoding="utf-8")
    return path


def page_document() -> str:
    """The document that the page builds, its pieces put together."""
    return "\n".join(PIECE.findall(PAGE.read_text(encoding="utf-8")))


def sampled(document: Path, folder: Path, seed: int = 1) -> Nation:
    out = folder / "nation"
    options = ("--document", str(document), "--practices", str(PRACTICES), "--seed", str(seed), "--out", str(out))
    result = run("sample", *options)
    assert result.exit_code == 0, result.output
    return Nation(document, out)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("year"), page_document())


@pytest.fixture(scope="module")
def nation(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Nation:
    return sampled(year, tmp_path_factory.mktemp("nation"))


def test_the_year_is_one_that_this_release_does_not_know(nation: Nation) -> None:
    assert nation.service.code not in service_codes()
    assert nation.calculate("--service", nation.service.code).exit_code == 2


def test_the_document_of_the_page_lints_clean(year: Path) -> None:
    result = run("services", "lint", str(year))
    assert (result.exit_code, result.stdout) == (0, f"{year}: no problems\n")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_points_points_available_and_pounds_are_those_of_the_oracle(seed: int, year: Path, tmp_path: Path) -> None:
    nation = sampled(year, tmp_path, seed)
    assert nation.calculate().exit_code == 0
    results = nation.expected
    assert nation.payments() == {code: (one.points, one.available, one.amount) for code, one in results.items()}
    found: dict[str, dict[str, Fraction]] = {}
    for row in nation.rows("points.csv"):
        found.setdefault(row["ORG_CODE"], {})[row["IND_CODE"]] = Fraction(row["POINTS"])
    assert found == {code: one.indicators for code, one in results.items()}


@pytest.mark.parametrize(("policy", "rule"), OTHER_RULES.items(), ids=OTHER_RULES)
def test_another_rule_is_another_line_of_the_document(policy: str, rule: str, nation: Nation, tmp_path: Path) -> None:
    changed = re.sub(rf'(?m)^({policy} = \{{ rule = )"\w+"', rf'\1"{rule}"', page_document())
    other = Nation(written(tmp_path, changed), nation.folder)
    assert other.service.policies[policy] == rule
    assert other.calculate().exit_code == 0
    results = other.expected
    assert other.payments() == {code: (one.points, one.available, one.amount) for code, one in results.items()}
    assert results != nation.expected


def test_every_policy_that_a_whole_year_depends_on_was_tried() -> None:
    assert OTHER_RULES.keys() | NOT_IN_A_WHOLE_YEAR == Policies.model_fields.keys()


@pytest.mark.parametrize("kind", ["stepped", "lower_is_better"])
def test_the_new_kinds_meet_all_of_their_edges(kind: str, nation: Nation) -> None:
    service = nation.service
    indicator = next(one for one in service.indicators if one.kind == kind)
    earned = [indicator_points(service, indicator, one) for one in nation.values.values()]
    shares = [share for one in nation.values.values() if (share := percent(one, indicator.code)) is not None]
    assert {Fraction(0), indicator.points} < set(earned)
    assert {indicator.lower, indicator.upper} < set(shares)
    assert any(indicator.lower < share < indicator.upper for share in shares)
    assert indicator.step in earned


@pytest.mark.parametrize("kind", ["stepped", "lower_is_better"])
def test_many_points_of_the_new_kinds_fall_half_way_between_two_hundredths(kind: str, nation: Nation) -> None:
    indicator = next(one for one in nation.service.indicators if one.kind == kind)
    shares = [share for one in nation.values.values() if (share := percent(one, indicator.code)) is not None]
    sloping, span = indicator.points - indicator.step, indicator.upper - indicator.lower
    between = [share for share in shares if indicator.lower < share < indicator.upper]
    assert sum((1000 * sloping * (share - indicator.lower) / span) % 10 == 5 for share in between) > PRACTICES // 20


def test_the_working_says_why_a_stepped_and_a_lower_is_better_indicator_earn_what_they_do(nation: Nation) -> None:
    assert nation.calculate().exit_code == 0
    reasons = {
        code: " ".join(r["REASON"] for r in nation.rows("working.csv") if r["INDICATOR"] == code) for code in CODES
    }
    for code, sentences in CODES.items():
        assert all(sentence in reasons[code] for sentence in sentences)


CODES = {
    "VI001": ("is below the lower threshold of 60 %: no points.", "3 + 15 x (100 x "),
    "ABX001": ("at or below the lower threshold of 7.5 %: all 10 points.", "10 x (80 - 100 x "),
}


@pytest.mark.parametrize("choice", [(), ("--service", "QOF2324", "--document")], ids=["neither", "both"])
def test_a_service_or_a_document_is_given_and_not_both(choice: tuple[str, ...], nation: Nation) -> None:
    given = (*choice, str(nation.document)) if choice else ("--outputs", "payments")
    result = nation.calculate(*given)
    assert result.exit_code == 2
    assert "Give the code of a service with --service, or a document of your own with --document." in result.stderr


def test_a_document_with_a_problem_is_not_calculated_by(nation: Nation, tmp_path: Path) -> None:
    wrong = Nation(written(tmp_path, page_document().replace("points = 29", "points = 30")), nation.folder)
    result = wrong.calculate()
    assert result.exit_code == 2
    assert result.stderr == (
        f"{wrong.document}: totals: the points add up to 78, not 77; correct an indicator's, or the total.\n"
    )


def test_a_file_that_is_no_document_is_not_calculated_by(nation: Nation, tmp_path: Path) -> None:
    wrong = Nation(tmp_path / "other.toml", nation.folder)
    wrong.document.write_bytes(b"code = \xff")
    result = wrong.calculate()
    assert (result.exit_code, "it is not UTF-8 text" in result.stderr) == (2, True)


def percent(practice: Values, code: str) -> Fraction | None:
    """The share of an indicator in percent; None where nobody is counted."""
    denominator = practice[code, "Denominator"]
    return Fraction(100 * practice[code, "Numerator"], denominator) if denominator else None
