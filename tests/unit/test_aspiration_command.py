"""`cqrs aspiration` turns last year's payments and agreed points into monthly amounts, and balances them at the end."""

import csv
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cqrs.main import analyst_app

PAYMENTS = "QUALITY_SERVICE,ORG_CODE,ACH_DATE,POINTS,MAX_POINTS,AMOUNT\n"
AGREED = "ORG_CODE,POINTS,LIST_SIZE\n"
MONTHS = ("APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "JAN", "FEB", "MAR")


@dataclass
class Folder:
    """The files of one invocation."""

    path: Path
    options: list[str] = field(default_factory=list)

    def last(self, *rows: str, header: str = PAYMENTS) -> None:
        self._file("payments", header, rows)

    def this(self, *rows: str) -> None:
        self._file("achievement", PAYMENTS, rows)

    def agreed(self, *rows: str) -> None:
        self._file("agreed", AGREED, rows)

    def run(self, service: str = "QOF1920") -> Result:
        words = ["aspiration", "--service", service, *self.options, "--out", str(self.path / "out")]
        return CliRunner().invoke(analyst_app(), words)

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.path / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _file(self, name: str, header: str, rows: tuple[str, ...]) -> None:
        path = self.path / f"{name}.csv"
        path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        self.options += [f"--{name}", str(path)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def paid(practice: str, amount: str, service: str = "QOF1819", date: str = "20190331") -> str:
    return f"{service},{practice},{date},559.00,559.00,{amount}"


def achieved(practice: str, amount: str) -> str:
    return paid(practice, amount, service="QOF1920", date="20200331")


def test_last_years_payment_becomes_twelve_months_with_their_working(folder: Folder) -> None:
    folder.last(paid("A81001", "100000.00"))
    result = folder.run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "QOF1920: aspiration of 1 practice, 73311.36 pounds in the year.\n"
    assert folder.rows("aspiration.csv") == [
        {
            "QUALITY_SERVICE": "QOF1920",
            "ORG_CODE": "A81001",
            **dict.fromkeys(MONTHS, "6109.28"),
            "TOTAL": "73311.36",
            "LAST_PAYMENT": "100000.00",
            "AGREED_POINTS": "",
            "LIST_SIZE": "",
            "VALUE_OF_POINT": "187.74",
            "PREVIOUS_VALUE_OF_POINT": "179.26",
            "NATIONAL_AVERAGE_LIST": "8479",
            "PERCENT": "70.00",
            "REASON": (
                "70 % of last year's payment of 100000.00 x 187.74 / 179.26 / 12 = 6109.28 pounds a month, half up."
            ),
        }
    ]


def test_a_new_contractor_aspires_on_the_points_agreed(folder: Folder) -> None:
    folder.agreed("Y00001,450.00,4000")
    assert folder.run().exit_code == 0
    row = folder.rows("aspiration.csv")[0]
    assert (row["APR"], row["MAR"], row["AGREED_POINTS"], row["LIST_SIZE"]) == ("2324.89", "2324.89", "450.00", "4000")
    assert row["LAST_PAYMENT"] == ""


def test_every_month_is_what_its_own_working_comes_to(folder: Folder) -> None:
    """A check in fractions that takes nothing but the row itself."""
    folder.last(*(paid(f"A8{number:04}", f"{number * 7919 % 200_000}.{number % 100:02}") for number in range(200)))
    assert folder.run().exit_code == 0
    for row in folder.rows("aspiration.csv"):
        uplift = Fraction(row["VALUE_OF_POINT"]) / Fraction(row["PREVIOUS_VALUE_OF_POINT"])
        month = Fraction(row["LAST_PAYMENT"]) * uplift * Fraction(row["PERCENT"]) / 100 / 12
        assert {Fraction(row[name]) for name in MONTHS} == {Fraction(floor(month * 100 + Fraction(1, 2)), 100)}
        assert Fraction(row["TOTAL"]) == sum(Fraction(row[name]) for name in MONTHS)


def test_the_balance_is_paid_or_recovered_with_a_sentence(folder: Folder) -> None:
    folder.last(paid("A81001", "100000.00"), paid("A81002", "100000.00"))
    folder.this(achieved("A81001", "90000.00"), achieved("A81002", "70000.00"), achieved("A81003", "500.00"))
    assert folder.run().exit_code == 0
    assert [tuple(row.values())[1:] for row in folder.rows("balances.csv")] == [
        (
            "A81001", "90000.00", "73311.36", "16688.64",
            "Achievement 90000.00, aspiration paid 73311.36 pounds: 16688.64 pounds still to be paid.",
        ),
        (
            "A81002", "70000.00", "73311.36", "-3311.36",
            "Achievement 70000.00, aspiration paid 73311.36 pounds: 3311.36 pounds too much, to be recovered.",
        ),
        (
            "A81003", "500.00", "0.00", "500.00",
            "Achievement 500.00, aspiration paid 0.00 pounds: 500.00 pounds still to be paid.",
        ),
    ]  # fmt: skip


def test_an_aspiration_without_an_achievement_is_named_and_not_balanced(folder: Folder) -> None:
    folder.last(paid("A81001", "100000.00"), paid("A81002", "100000.00"))
    folder.this(achieved("A81001", "90000.00"))
    result = folder.run()
    assert result.exit_code == 1
    assert result.stderr == ("A81002: 73311.36 pounds were paid in advance, but this year's payments do not have it.\n")
    assert [row["ORG_CODE"] for row in folder.rows("balances.csv")] == ["A81001"]


def test_a_practice_with_a_payment_and_agreed_points_is_left_out_of_both_files(folder: Folder) -> None:
    folder.last(paid("A81001", "100000.00"), paid("A81002", "100000.00"))
    folder.agreed("A81001,450.00,4000")
    folder.this(achieved("A81001", "90000.00"), achieved("A81002", "90000.00"))
    result = folder.run()
    assert result.exit_code == 1
    assert result.stderr == (
        "A81001: it was paid last year and has agreed points too; take it out of one of the files.\n"
        "A81001: its aspiration is not known, so neither is its balance.\n"
    )
    assert [row["ORG_CODE"] for row in folder.rows("aspiration.csv")] == ["A81002"]
    assert [row["ORG_CODE"] for row in folder.rows("balances.csv")] == ["A81002"]


REFUSED = {
    "a payment of another year": (
        paid("A81001", "5.00", date="20180331"),
        "the payment is of 20180331; give those of 20190331, when its year ended.",
    ),
    "a payment that is no amount": (
        paid("A81001", "5"),
        "5 is not a number of pounds with two decimals; write it like 1234.50.",
    ),
    "a payment below nothing": (
        paid("A81001", "-5.00"),
        "-5.00 is not a number of pounds with two decimals; write it like 1234.50.",
    ),
    "a row that is cut": ("QOF1819,A81001", "the payment is of ; give those of 20190331, when its year ended."),
}


@pytest.mark.parametrize(("row", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_refused_payment_is_named_and_its_balance_is_not_guessed(row: str, reason: str, folder: Folder) -> None:
    folder.last(row, paid("A81002", "100000.00"))
    folder.this(achieved("A81001", "90000.00"), achieved("A81002", "90000.00"))
    result = folder.run()
    assert result.exit_code == 1
    assert result.stderr == (
        f"{folder.path / 'payments.csv'}:2: A81001: {reason}\n"
        "A81001: its aspiration is not known, so neither is its balance.\n"
    )
    assert [row["ORG_CODE"] for row in folder.rows("aspiration.csv")] == ["A81002"]
    assert [row["ORG_CODE"] for row in folder.rows("balances.csv")] == ["A81002"]


def test_a_practice_that_stands_twice_is_refused(folder: Folder) -> None:
    folder.last(paid("A81001", "1.00"), paid("A81001", "2.00"), paid("A81002", "100000.00"), paid("A81001", "3.00"))
    result = folder.run()
    assert result.exit_code == 1
    assert result.stderr.count("it stands here a second time; keep one row.") == 2
    assert [row["ORG_CODE"] for row in folder.rows("aspiration.csv")] == ["A81002"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Y00001,450.00,4 000", "the list 4 000 is not a whole number; give the people on it."),
        ("Y00001,450.125,4000", "450.125 is not a number of points; write it like 500 or 512.50."),
        ("Y00001,many,4000", "many is not a number of points; write it like 500 or 512.50."),
        ("Y00001,559.01,4000", "559.01 points are more than the 559 that the year offers."),
    ],
)
def test_agreed_points_that_cannot_be_read_are_refused(row: str, reason: str, folder: Folder) -> None:
    folder.agreed(row)
    result = folder.run()
    assert result.exit_code == 2
    assert result.stderr == f"{folder.path / 'agreed.csv'}:2: Y00001: {reason}\n"


def test_agreed_points_may_be_whole_and_all_that_the_year_offers(folder: Folder) -> None:
    folder.agreed("Y00001,559,4000", "Y00002,559.00,4000")
    assert folder.run().exit_code == 0
    first, second = folder.rows("aspiration.csv")
    assert {**first, "ORG_CODE": ""} == {**second, "ORG_CODE": ""}
    assert first["AGREED_POINTS"] == "559.00"


def test_an_achievement_of_another_service_is_refused(folder: Folder) -> None:
    folder.last(paid("A81001", "100000.00"))
    folder.this(paid("A81001", "90000.00", service="QOF2021", date="20200331"))
    result = folder.run()
    assert result.exit_code == 1
    assert "A81001: the payment is of QOF2021; give those of QOF1920." in result.stderr
    assert "do not have it" not in result.stderr
    assert folder.rows("balances.csv") == []


def test_a_file_without_its_columns_leaves_nothing_and_no_balance_is_guessed(folder: Folder) -> None:
    folder.last("A81001,100000.00", header="ORG_CODE,PAID\n")
    folder.this(achieved("A81001", "90000.00"))
    result = folder.run()
    assert result.exit_code == 2
    assert "it has no QUALITY_SERVICE, ACH_DATE, AMOUNT; give a file with" in result.stderr
    assert folder.rows("aspiration.csv") == folder.rows("balances.csv") == []


def test_a_file_that_is_no_text_is_refused(folder: Folder) -> None:
    folder.last()
    (folder.path / "payments.csv").write_bytes(PAYMENTS.encode() + b"\xff\xfe")
    result = folder.run()
    assert (result.exit_code, "it cannot be read as CSV" in result.stderr) == (2, True)


def test_without_payments_and_agreed_points_there_is_nothing_to_work_out(folder: Folder) -> None:
    result = folder.run()
    assert result.exit_code == 2
    assert result.stderr == "Give last year's payments with --payments, points agreed with --agreed, or both.\n"


def test_what_cqrs_calculate_writes_is_what_it_reads(tmp_path: Path) -> None:
    nation, result = tmp_path / "nation", tmp_path / "result"
    runner = CliRunner()
    made = ["--practices", "20", "--seed", "1", "--out", str(nation)]
    assert runner.invoke(analyst_app(), ["sample", "--service", "QOF1819", *made]).exit_code == 0
    extracts = [word for path in nation.glob("extract-*.csv") for word in ("--extract", str(path))]
    given = ["--organisations", str(nation / "organisations.csv"), *extracts, "--out", str(result)]
    assert runner.invoke(analyst_app(), ["calculate", "--service", "QOF1819", *given]).exit_code == 0
    folder = Folder(tmp_path, ["--payments", str(result / "payments.csv")])
    assert folder.run().exit_code == 0
    with (result / "payments.csv").open(encoding="utf-8", newline="") as file:
        paid = {row["ORG_CODE"]: row["AMOUNT"] for row in csv.DictReader(file)}
    assert {row["ORG_CODE"]: row["LAST_PAYMENT"] for row in folder.rows("aspiration.csv")} == paid
