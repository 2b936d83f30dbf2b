"""`cqrs calculate` agrees with the oracle where points are decided, and takes protected points from the year before."""

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cqrs.main import whole_app
from schemas.catalogue import service_document
from tests.oracle.calculation import expected
from tests.oracle.definition import definition
from tests.oracle.files import lists, values

PRACTICES = 60
HEADER = "QUALITY_SERVICE,ACH_DATE,ORG_CODE,IND_CODE,POINTS,AUTHOR,REASON,SOURCE"
REASONS = "NHS England,Data faults.,Letter of 3 May"


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(whole_app(), arguments)
    assert result.exit_code == status, result.output
    return result.output


def sample(folder: Path, service: str) -> list[str]:
    """The options that calculate a nation of a service, made in a folder."""
    run("sample", "--practices", str(PRACTICES), "--seed", "12", "--service", service, "--out", str(folder))
    given = [word for path in sorted(folder.glob("extract-*.csv")) for word in ("--extract", str(path))]
    return ["calculate", "--service", service, "--organisations", str(folder / "organisations.csv"), *given]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paid(folder: Path) -> dict[str, Fraction]:
    return {row["ORG_CODE"]: Fraction(row["AMOUNT"]) for row in table(folder / "payments.csv")}


def exchange(points: Path) -> None:
    """Give each practice the points of the practice that comes as far from the other end."""
    codes = sorted({row["ORG_CODE"] for row in table(points)})
    other = dict(zip(codes, reversed(codes), strict=True))
    lines = points.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = (line.split(",", 2) for line in lines[1:])
    points.write_text(lines[0] + "".join(f"{row[0]},{other[row[1]]},{row[2]}" for row in rows), encoding="utf-8")


def oracle(folder: Path, service: str, fixed: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    found = values(sorted(folder.glob("extract-*.csv")))
    results = expected(definition(service), found, lists(folder / "organisations.csv"), fixed=fixed)
    return {code: result.amount for code, result in results.items()}


def test_decided_points_are_paid_at_the_practice_s_own_list_and_prevalence(tmp_path: Path) -> None:
    command = sample(tmp_path, "QOF2324")
    codes = list(lists(tmp_path / "organisations.csv"))
    decisions = tmp_path / "decisions.csv"
    rows = [
        f"QOF2324,20240331,*,AF001,2.5,{REASONS}",
        *(f"QOF2324,20240331,{code},AF006,{number % 13},{REASONS}" for number, code in enumerate(codes[::2])),
        f"QOF2324,20240331,{codes[0]},AF001,5,{REASONS}",
    ]
    decisions.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    run(*command, "--decisions", str(decisions), "--out", str(tmp_path / "out"))
    fixed = {code: {"AF001": Fraction(5, 2)} for code in codes}
    for number, code in enumerate(codes[::2]):
        fixed[code]["AF006"] = Fraction(number % 13)
    fixed[codes[0]]["AF001"] = Fraction(5)
    assert paid(tmp_path / "out") == oracle(tmp_path, "QOF2324", fixed)
    assert "Decided by NHS England. Letter of 3 May" in run("explain", codes[0], "--run", str(tmp_path / "out"))
    assert "reproduced: 60 practices" in run("replay", str(tmp_path / "out"))


def test_points_that_a_year_protects_are_those_that_each_practice_earned_the_year_before(tmp_path: Path) -> None:
    """A nation made from one seed counts the same in both years, so its points are exchanged between practices."""
    before, now = tmp_path / "before", tmp_path / "now"
    run(*sample(before, "QOF2324"), "--out", str(before / "out"))
    points = before / "out" / "points.csv"
    exchange(points)
    command, protection = sample(now, "QOF2425"), service_document("QOF2425").protection
    assert protection is not None
    run(*command, "--earlier", str(points), "--out", str(now / "out"))
    fixed: dict[str, dict[str, Fraction]] = {}
    for row in table(points):
        if row["IND_CODE"] in protection.indicators:
            fixed.setdefault(row["ORG_CODE"], {})[row["IND_CODE"]] = Fraction(row["POINTS"])
    assert paid(now / "out") == oracle(now, "QOF2425", fixed) != oracle(now, "QOF2425", {})
    assert protection.reason.split()[-1] in run("explain", min(fixed), "--run", str(now / "out"))


def test_a_decision_of_another_achievement_date_is_told_of_and_not_followed(tmp_path: Path) -> None:
    command, decisions = sample(tmp_path, "QOF2324"), tmp_path / "decisions.csv"
    decisions.write_text(f"{HEADER}\nQOF2324,20240229,*,AF001,0,{REASONS}\n", encoding="utf-8")
    told = run(*command, "--decisions", str(decisions), "--out", str(tmp_path / "out"))
    assert "of the achievement date 20240229, which this run is not of, and fixes no points in it" in told
    assert paid(tmp_path / "out") == oracle(tmp_path, "QOF2324", {})


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--decisions", f"{HEADER}\nQOF2324,20240331,*,AF001,6,{REASONS}\n", "POINTS is more than the 5 points"),
        ("--decisions", "ORG_CODE\nA81001\n", "The header must be"),
        ("--earlier", "ORG_CODE\nA81001\n", "QOF2324 protects no points"),
    ],
)
def test_a_file_that_cannot_be_followed_whole_stops_the_calculation(
    tmp_path: Path, option: str, content: str, told: str
) -> None:
    command, path = sample(tmp_path, "QOF2324"), tmp_path / "given.csv"
    path.write_text(content, encoding="utf-8")
    assert told in run(*command, option, str(path), "--out", str(tmp_path / "out"), status=2)
    assert not (tmp_path / "out").exists()


EARLIER = "QUALITY_SERVICE,ORG_CODE,ACH_DATE,IND_CODE,POINTS,APPROVED"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{EARLIER}\nQOF1819,A81001,20240331,AF001,5.00,\n", "the points are of QOF1819; give those of QOF2324"),
        (f"{EARLIER}\nQOF2324,A81001,20240331,AF001,five,\n", "five is not a number of points"),
        (f"{EARLIER}\n" + "QOF2324,A81001,20240331,AF001,{},\n" * 2, "stand here a second time, and differ"),
        (f"{EARLIER}\nQOF2324,A81001,20240331,AF001,5.01,\n", "5.01 points are more than the 5 points that the"),
        ("ORG_CODE\n", "give a points.csv with"),
    ],
)
def test_earlier_points_that_cannot_be_read_stop_the_calculation(tmp_path: Path, content: str, told: str) -> None:
    command, path = sample(tmp_path, "QOF2425"), tmp_path / "points.csv"
    path.write_text(content.format("5.00", "4.00"), encoding="utf-8")
    assert told in run(*command, "--earlier", str(path), "--out", str(tmp_path / "out"), status=2)
