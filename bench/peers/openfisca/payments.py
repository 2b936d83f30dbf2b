"""Payments by openfisca-core: the rules as its variables, formulas and parameters, computed in its 32-bit floats.

It reads no files, so the rows are read with the csv module; only the arithmetic is openfisca's.
Usage: payments.py FOLDER OUT
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ROLES = ("register", "numerator", "denominator", "flag")
Rules = list[dict[str, str]]
Values = dict[tuple[str, str], dict[str, tuple[datetime, int]]]
PRACTICE = Entity("practice", "practices", "A general practice", "")


def main(folder: Path, out: Path) -> None:
    """Read the files of `folder` and write payments.csv."""
    parameters = json.loads((folder / "parameters.json").read_text(encoding="ascii"))
    rules = list(table(folder / "rules.csv"))
    lists = {row["ORG_CODE"]: int(row["LIST_SIZE"]) for row in table(folder / "organisations.csv")}
    values = latest(folder / "extract.csv", rules)
    practices = sorted(lists.keys() & {code for found in values.values() for code in found})
    year = parameters["achievement_date"][:4]
    simulation = SimulationBuilder().build_default_simulation(system(rules, parameters, year), len(practices))
    simulation.set_input("list_size", year, [lists[code] for code in practices])
    for (indicator, role), found in values.items():
        simulation.set_input(f"{indicator}_{role}", year, [found[code][1] for code in practices])
    columns = [simulation.calculate(name, year) for name in ("points", "points_available", "payment")]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("QUALITY_SERVICE", "ORG_CODE", "ACH_DATE", "POINTS", "MAX_POINTS", "AMOUNT"))
        for code, *figures in zip(practices, *columns, strict=True):
            front = (parameters["service"], code, parameters["achievement_date"])
            writer.writerow((*front, *(f"{figure:.2f}" for figure in figures)))


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a small file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def latest(extract: Path, rules: Rules) -> Values:
    """By indicator and role: for each practice when its value was submitted last, and the value."""
    names = {
        (rule["indicator"], rule[role]): (rule["indicator"], role) for rule in rules for role in ROLES if rule[role]
    }
    values: Values = {name: {} for name in names.values()}
    with extract.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for _, _, code, _, indicator, field, value, _, _, day, time, _ in rows:
            if name := names.get((indicator, field)):
                when, found = moment(day + time), values[name]
                if code not in found or when > found[code][0]:
                    found[code] = when, int(value)
    return values


@cache
def moment(text: str) -> datetime:
    """When a row was submitted."""
    return datetime.strptime(text, "%d/%m/%Y%H:%M:%S")  # noqa: DTZ007  # the layout names no zone


def system(rules: Rules, parameters: Mapping[str, Any], year: str) -> TaxBenefitSystem:
    """The rules as openfisca holds them: figures as parameters, counts as inputs, points and amounts as formulas."""
    found = TaxBenefitSystem([PRACTICE])
    start = f"{year}-01-01"
    found.parameters = ParameterNode(
        "",
        data={
            "value_of_point": {"values": {start: {"value": float(parameters["value_of_point"])}}},
            "average_list": {"values": {start: {"value": parameters["national_average_list"]}}},
            **{
                rule["indicator"]: {
                    figure: {"values": {start: {"value": float(rule[figure])}}}
                    for figure in ("points", "lower", "upper")
                }
                for rule in rules
            },
        },
    )
    deciding = {rule["group"]: rule["decided_by"] for rule in rules}
    variable(found, "list_size", int)
    for rule in rules:
        for role in ROLES:
            if rule[role]:
                variable(found, f"{rule['indicator']}_{role}", int)
        code = rule["indicator"]
        variable(found, f"{code}_points", float, points_formula(rule))
        variable(found, f"{code}_available", float, available_formula(code, deciding[rule["group"]]))
        variable(found, f"{code}_amount", float, amount_formula(code, adjusted=rule["adjusted"] == "true"))
    codes = [rule["indicator"] for rule in rules]
    variable(found, "points", float, sum_formula([f"{code}_points" for code in codes]))
    variable(found, "points_available", float, sum_formula([f"{code}_available" for code in codes]))
    variable(found, "payment", float, payment_formula([f"{code}_amount" for code in codes]))
    return found


def variable(system: TaxBenefitSystem, name: str, kind: type, formula: Any = None) -> None:
    """Add a variable of a year: an input, or what a formula gives."""
    body = {"value_type": kind, "entity": PRACTICE, "definition_period": DateUnit.YEAR}
    system.add_variable(type(name, (Variable,), body | ({"formula": formula} if formula else {})))


def points_formula(rule: Mapping[str, str]) -> Any:
    """All or nothing for a register or a flag; a fraction in proportion between its thresholds, half up."""
    code, kind = rule["indicator"], rule["kind"]

    def formula(practice: Any, period: Any, parameters: Any) -> Any:
        figures = parameters(period)[code]
        if kind != "fraction":
            return figures.points * (practice(f"{code}_{'register' if kind == 'register' else 'flag'}", period) >= 1)
        numerator, denominator = practice(f"{code}_numerator", period), practice(f"{code}_denominator", period)
        percent = np.where(denominator > 0, 100 * numerator / np.maximum(denominator, 1), 0)
        share = np.clip((percent - figures.lower) / (figures.upper - figures.lower), 0, 1)
        return half_up(figures.points * share)

    return formula


def available_formula(code: str, decided_by: str) -> Any:
    """The points, where the register that decides the group counts anybody; else what is earned all the same."""

    def formula(practice: Any, period: Any, parameters: Any) -> Any:
        decided = practice(f"{decided_by}_register", period) > 0 if decided_by else True
        return np.where(decided, parameters(period)[code].points, practice(f"{code}_points", period))

    return formula


def amount_formula(code: str, *, adjusted: bool) -> Any:
    """Points x value of a point x prevalence factor x list factor."""

    def formula(practice: Any, period: Any, parameters: Any) -> Any:
        figures, size = parameters(period), practice("list_size", period)
        amount = practice(f"{code}_points", period) * figures.value_of_point * size / figures.average_list
        if not adjusted:
            return amount
        prevalence = practice(f"{code}_register", period) / np.maximum(size, 1)
        national = prevalence[size > 0].mean() if (size > 0).any() else 0
        return amount * (prevalence / national if national else 0)

    return formula


def sum_formula(names: list[str]) -> Any:
    """The sum of variables."""

    def formula(practice: Any, period: Any) -> Any:
        return sum(practice(name, period) for name in names)

    return formula


def payment_formula(names: list[str]) -> Any:
    """The sum of the amounts, half up to a penny."""

    def formula(practice: Any, period: Any) -> Any:
        return half_up(sum(practice(name, period) for name in names))

    return formula


def half_up(figures: Any) -> Any:
    """To two decimals, halves up."""
    return np.floor(figures * 100 + 0.5) / 100


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
