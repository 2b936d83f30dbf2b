"""`cqrs calculate` agrees with the oracle on a nation in which contracts open and close within the year."""

import csv
from fractions import Fraction
from pathlib import Path

from typer.testing import CliRunner

from cqrs.main import whole_app
from tests.oracle.calculation import expected
from tests.oracle.definition import definition
from tests.oracle.files import lists, values

PRACTICES, DAYS = 120, 366
OPENED = {"20230401": 366, "20230402": 365, "20230930": 184, "20240331": 1}  # first day of the contract, days open
CLOSED = {"20240331": 366, "20240330": 365, "20231231": 275, "20230401": 1}
GONE = ("", "20230331")


def run(*arguments: str) -> None:
    result = CliRunner().invoke(whole_app(), arguments)
    assert result.exit_code == 0, result.output


def test_a_contract_of_some_days_is_paid_its_share_of_the_year_and_one_of_none_is_not_in_the_nation(
    tmp_path: Path,
) -> None:
    run("sample", "--practices", str(PRACTICES), "--seed", "11", "--out", str(tmp_path))
    organisations, extracts = tmp_path / "organisations.csv", sorted(tmp_path.glob("extract-*.csv"))
    bounds = [*(((day, ""), days) for day, days in OPENED.items()), *((("", day), n) for day, n in CLOSED.items())]
    with organisations.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    chosen = dict(zip((row[0] for row in rows[::9]), [*bounds, (GONE, 0)], strict=False))
    with organisations.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header, "CONTRACT_TYPE", "OPEN_DATE", "CLOSE_DATE"])
        for code, name, people, counted, *rest in rows:
            opens, closes = chosen.get(code, (("", ""), DAYS))[0]
            day = max(opens, min(counted, closes or counted))  # a list is of a day of its contract
            writer.writerow([code, name, people, day, *rest, "GMS", opens, closes])
    open_for = {code: Fraction(days, DAYS) for code, (_, days) in chosen.items()}
    taking_part = {code: found for code, found in values(extracts).items() if open_for.get(code, 1)}
    assert len(taking_part) == PRACTICES - 1
    assert len(set(open_for.values())) == 6
    results = expected(definition("QOF2324"), taking_part, lists(organisations), open_for=open_for)
    given = [word for path in extracts for word in ("--extract", str(path))]
    places = ("--organisations", str(organisations), "--out", str(tmp_path / "out"))
    run("calculate", "--service", "QOF2324", *given, *places)
    with (tmp_path / "out" / "payments.csv").open(encoding="utf-8", newline="") as file:
        paid = {row["ORG_CODE"]: Fraction(row["AMOUNT"]) for row in csv.DictReader(file)}
    assert paid == {code: result.amount for code, result in results.items()}
    run("replay", str(tmp_path / "out"))
