"""The judge of the payments benchmark: only what is right to the penny is right, however it is written."""

from fractions import Fraction
from pathlib import Path

import pytest

from bench.pay.layout import PAYMENTS
from bench.pay.nation_folder import SERVICE, Wanted, nation_folder
from bench.pay.programs import engine
from bench.pay.verdict import Figures, judge, right_figures
from bench.processes import run_program
from cqrs.results import PAYMENT_COLUMNS

HEADER = ",".join(PAYMENT_COLUMNS)
FIRST, SECOND = "QOF2324,A81001,20240331,500.25,635.00,1234.56", "QOF2324,A81002,20240331,0.00,622.00,0.00"
RIGHT = {
    "A81001": Figures(Fraction(50025, 100), Fraction(635), Fraction(123456, 100)),
    "A81002": Figures(Fraction(0), Fraction(622), Fraction(0)),
}


def judged(folder: Path, *lines: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    path = folder / PAYMENTS
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    verdict = judge(payments=path, right=RIGHT)
    return verdict.payments, verdict.points


@pytest.mark.parametrize("second", [SECOND, "QOF2324,A81002,20240331,0,622,0"], ids=["as ours", "without decimals"])
def test_right_figures_are_right_in_any_order_and_any_writing(tmp_path: Path, second: str) -> None:
    assert judged(tmp_path, HEADER, second, FIRST) == ((), ())


@pytest.mark.parametrize(
    ("line", "payments", "points"),
    [
        ("QOF2324,A81001,20240331,500.25,635.00,1234.57", 1, 0),
        ("QOF2324,A81001,20240331,500.25,635.00,1234.560001", 1, 0),
        ("QOF2324,A81001,20240331,500.26,635.00,1234.56", 0, 1),
        ("QOF2324,A81001,20240331,500.25,622.00,1234.56", 0, 1),
        ("QOF2324,A81001,20240331,500.25,635.00,nan", 1, 1),
        ("QOF2324,A81001,20240331,500.25,635.00", 1, 1),
    ],
    ids=["a penny", "a part of a penny", "points", "points available", "no number", "no payment"],
)
def test_a_practice_is_wrong_by(tmp_path: Path, line: str, payments: int, points: int) -> None:
    assert judged(tmp_path, HEADER, line, SECOND) == (("A81001",) * payments, ("A81001",) * points)


def test_a_practice_that_is_missing_is_wrong(tmp_path: Path) -> None:
    assert judged(tmp_path, HEADER, FIRST) == (("A81002",), ("A81002",))


def test_a_practice_that_is_there_twice_is_wrong(tmp_path: Path) -> None:
    assert judged(tmp_path, HEADER, FIRST, SECOND, FIRST) == (("A81001",), ("A81001",))


def test_a_practice_that_should_not_be_there_is_wrong(tmp_path: Path) -> None:
    stranger = FIRST.replace("A81001", "Z00000")
    assert judged(tmp_path, HEADER, FIRST, SECOND, stranger) == (("Z00000",), ("Z00000",))


def test_a_file_with_other_columns_is_wrong_throughout(tmp_path: Path) -> None:
    assert judged(tmp_path, HEADER.lower(), FIRST, SECOND) == (("A81001", "A81002"), ("A81001", "A81002"))


def test_the_engine_is_right_by_the_oracle_on_a_nation_of_the_benchmark(tmp_path: Path) -> None:
    folder = nation_folder(wanted=Wanted(12, hostile=True), kept=tmp_path)
    command = engine(service=SERVICE).command(inputs=folder, out=tmp_path)
    run_program(command=command, environment={}, errors=tmp_path / "errors.txt")
    right = right_figures(folder=folder)
    verdict = judge(payments=tmp_path / PAYMENTS, right=right)
    assert len(right) == 12
    assert (verdict.payments, verdict.points) == ((), ())
