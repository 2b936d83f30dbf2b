"""Worked examples that others published, calculated by the engine and rounded as each publication says it rounds.

None of them settles the statutory rounding: the guides round differently from one another. Read in place, from the
folder that CQRS_SHARED names.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from functions.domain.calculate.achievement import PracticeInputs, practice_points
from functions.domain.calculate.payment import people_paid_for, valuation
from functions.domain.calculate.points import indicator_points
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.rules import Rule, Rules, hundredths
from functions.domain.grid import Grid
from schemas.lint.parameters import uplifted_value
from schemas.policy import NationalPrevalence
from schemas.service import Kind

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Path(os.environ.get("CQRS_SHARED", ROOT.parent / "shared"), "domain", "worked_examples.json")
pytestmark = pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="the published examples are not here; set CQRS_SHARED to the folder that holds them"
)

PENNY, POUND = 1, 100
Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """One published figure: how the engine comes to it, in hundredths, and how the publication rounds."""

    id: str
    output: str
    rounding: str
    hundredths: Callable[[Inputs], int]


def amount(  # the factors of the rule
    inputs: Inputs, *, points: int, unit: int = PENNY, list_size: int = 1, average: int = 1, adjusted: bool = False
) -> int:
    """The engine's amount of so many points, in pence, half up to the unit."""
    rule = Rule(
        code="X", group="X", kind=Kind.REGISTER, points=100, lower=0, upper=0, register=0, numerator=None,
        denominator=None, flag=None, adjusted=adjusted, step=0, round_down=False, empty_earns=False,
    )  # fmt: skip
    value = inputs["value"] if "value" in inputs else inputs["avg_pound_per_point"]
    rules = Rules(
        service="X", grid=Grid((), {}, (), ()), rules=(rule,), zero_groups=(), total=100,
        value_of_point=hundredths(Decimal(value)), national_average_list=average,
        national_prevalence=NationalPrevalence.MEAN_OF_PRACTICES, prevalence_scale=10**12, round_each=False, days=None,
    )  # fmt: skip
    national = Decimal(inputs.get("national_prevalence_pct", inputs.get("national_prev", "1"))) / 100
    practice = Decimal(inputs.get("practice_prevalence_pct", inputs.get("practice_prev", "1"))) / 100
    worth = valuation(rules=rules, national={"X": int(national * rules.prevalence_scale)} if adjusted else {})
    register = int(practice * list_size)
    (people,) = people_paid_for(rules=rules, values=[register], list_size=list_size)
    numerator = 100 * points * people * worth.weights[0]
    return unit * half_up(numerator=numerator, denominator=unit * worth.denominator)


def of_its_list(inputs: Inputs, *, points: int, unit: int = PENNY, adjusted: bool = False) -> int:
    average = int(inputs["national_list"])
    return amount(inputs, points=points, unit=unit, list_size=inputs["list"], average=average, adjusted=adjusted)


def ratio(numerator: int, denominator: int) -> int:
    return half_up(numerator=100 * numerator, denominator=denominator)


def stepped(inputs: Inputs, *, percent: int) -> int:
    """The points (hundredths) that the engine gives for a share, with the step that is earned on reaching the lower."""
    lower, upper, step = (100 * int(inputs[name]) for name in ("lower", "upper", "points_at_lower"))
    rule = Rule(
        code="X", group="X", kind=Kind.STEPPED, points=100 * inputs["points"], lower=lower, upper=upper, step=step,
        register=None, numerator=0, denominator=1, flag=None, adjusted=False, round_down=False, empty_earns=False,
    )  # fmt: skip
    return indicator_points(rule=rule, values=(percent, 100))


PROTECTED = ("qi", "protected")


def blocks(inputs: Inputs, *, register: int) -> int:
    """The points (hundredths) of a practice by blocks of a year: two are fixed, the others follow their registers."""
    rules = Rules(
        service="X", grid=Grid((), {}, (), ()), zero_groups=(), total=0, value_of_point=0, national_average_list=1,
        national_prevalence=NationalPrevalence.MEAN_OF_PRACTICES, prevalence_scale=10**12, round_each=False, days=366,
        rules=tuple(
            Rule(
                code=name, group=name, kind=Kind.REGISTER, points=100 * points, lower=0, upper=0, register=0,
                numerator=None, denominator=None, flag=None, adjusted=False, step=0, round_down=False,
                empty_earns=False,
            )
            for name, points in inputs.items()
        ),
    )  # fmt: skip
    fixed = {name: 100 * inputs[name] for name in PROTECTED}
    return sum(practice_points(rules=rules, practice=PracticeInputs("A81001", 1, [register], fixed)))


EXAMPLES = [
    Example("lincs_af_2022", "cpi", "2 decimals", lambda i: ratio(i["list"], i["national_list"])),
    Example("lincs_af_2022", "apdf", "2 decimals", lambda _: ratio(305, 210)),
    Example(
        "lincs_af_2022", "payment", "both factors to 2 decimals first",
        lambda i: half_up(
            numerator=i["points"] * 20756 * ratio(i["list"], i["national_list"]) * ratio(305, 210), denominator=100**2
        ),
    ),
    Example("ardens_dem53_2020", "point_value", "a penny", lambda i: of_its_list(i, points=1, adjusted=True)),
    Example("ardens_dem53_2020", "max_domain_value", "once", lambda i: of_its_list(i, points=44, adjusted=True)),
    Example("insight_dem_low", "point_value", "a penny", lambda i: amount_of_average_list(i, points=1)),
    Example("insight_dem_low", "income", "a point first", lambda i: 26 * amount_of_average_list(i, points=1)),
    Example("caradoc_9500", "pound_per_point", "a penny", lambda i: of_its_list(i, points=1)),
    Example("lentells_1920", "payment", "a pound", lambda i: of_its_list(i, points=559, unit=POUND)),
    Example("pulse_qi_2021", "payment", "a penny", lambda i: amount(i, points=74)),
    Example("ardens_cpi_2018", "cpi", "2 decimals", lambda i: ratio(i["list"], i["national_list"])),
    Example(
        "ardens_cpi_2018", "payment", "the factor to 2 decimals first",
        lambda i: half_up(
            numerator=hundredths(Decimal(i["qof_total"])) * ratio(i["list"], i["national_list"]), denominator=100
        ),
    ),
    Example("pulse_vi001_2021", "points_at_90", "no", lambda i: stepped(i, percent=90)),
    Example("pulse_vi001_2021", "points_at_95", "no", lambda i: stepped(i, percent=95)),
    Example(
        "pulse_vi001_2021", "points_per_extra_pct", "no", lambda i: stepped(i, percent=91) - stepped(i, percent=90)
    ),
    Example("bma_2021_blocks", "total", "no", lambda i: blocks(i, register=1)),
    Example(
        "bma_2021_blocks", "based_on_achievement", "no", lambda i: blocks(i, register=1) - blocks(i, register=0)
    ),
    Example("dh_foi_2004", "payment", "a penny", lambda i: amount(i, points=70)),
    Example("uplift_2018_19", "value_new", "a penny", lambda i: hundredths(uplifted_value(people=i["list_new"]))),
    Example("uplift_2022_23", "value_new", "a penny", lambda i: hundredths(uplifted_value(people=i["list_new"]))),
]  # fmt: skip

NOT_OURS = {
    "iif_2020_avg": "the network contract, not QOF",
    "real_A81002_2223_pertussis": "an item of service, not QOF",
}


def amount_of_average_list(inputs: Inputs, *, points: int) -> int:
    return amount(inputs, points=points, list_size=1000, average=1000, adjusted=True)


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, Any]]:
    examples = json.loads(PUBLISHED.read_text(encoding="utf-8"))["examples"]
    return {example["id"]: example for example in examples}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.id}: {example.output}")
def test_the_engine_comes_to_the_published_figure(example: Example, published: dict[str, dict[str, Any]]) -> None:
    entry = published[example.id]
    assert example.hundredths(entry["inputs"]) == hundredths(Decimal(entry["published_output"][example.output]))


def test_every_published_figure_is_calculated_and_what_is_left_out_is_not_of_qof(
    published: dict[str, dict[str, Any]],
) -> None:
    printed = {(entry, output) for entry, told in published.items() for output in told["published_output"]}
    left_out = {(entry, output) for entry, output in printed if entry in NOT_OURS}
    assert {(example.id, example.output) for example in EXAMPLES} | left_out == printed
    assert {published[entry]["topic"] for entry in NOT_OURS} == {"IIF", "item of service"}
