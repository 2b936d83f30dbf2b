"""A service document made ready to calculate with: whole numbers, slots, and its policies."""

from decimal import Decimal
from enum import StrEnum

import pytest

from functions.domain.calculate.rules import GroupRule, Rule, Rules, hundredths, service_rules
from schemas.policy import (
    EmptyDenominator,
    NationalPrevalence,
    PartYear,
    PaymentRounding,
    PointsRounding,
    PrevalenceRounding,
    ZeroRegister,
)
from schemas.service import Kind, ServiceDocument
from tests.inputs.service import small_service, with_policies

DOCUMENT = small_service("AF001", "AF006", "AST005", "COPD009MI1", "COPD015", "PC001", "QI013")
RULES = service_rules(document=DOCUMENT)
COPD = "Chronic Obstructive Pulmonary Disease Register"


def slot(code: str, field: str) -> int:
    return RULES.grid.numbers[code][field]


AF006 = Rule(
    code="AF006", group="AF", kind=Kind.FRACTION, points=1200, lower=4000, upper=9000,
    register=slot("AF006", "Atrial Fibrillation Register"),
    numerator=slot("AF006", "Numerator"),
    denominator=slot("AF006", "Denominator"),
    flag=None, adjusted=True, step=0, round_down=False, empty_earns=False,
)  # fmt: skip
PC001 = Rule(
    code="PC001", group="PC", kind=Kind.REGISTER, points=300, lower=0, upper=0,
    register=slot("PC001", "Palliative Care Register"),
    numerator=None, denominator=None, flag=None, adjusted=False, step=0, round_down=False, empty_earns=False,
)  # fmt: skip
QI013 = Rule(
    code="QI013", group="QIWW", kind=Kind.YES_NO, points=2700, lower=0, upper=0,
    register=None, numerator=None, denominator=None, flag=slot("QI013", "Yes/No Flag"),
    adjusted=False, step=0, round_down=False, empty_earns=False,
)  # fmt: skip


@pytest.mark.parametrize("rule", [AF006, PC001, QI013], ids=lambda rule: rule.code)
def test_a_rule_is_its_indicator_in_hundredths_and_slots(rule: Rule) -> None:
    assert {found.code: found for found in RULES.rules}[rule.code] == rule


def test_a_step_is_in_hundredths_too() -> None:
    (indicator,) = small_service("CS005").indicators
    stepped = indicator.model_copy(update={"kind": Kind.STEPPED, "step": Decimal("4.5")})
    (rule,) = service_rules(document=small_service("CS005").model_copy(update={"indicators": (stepped,)})).rules
    assert (rule.kind, rule.step) == (Kind.STEPPED, 450)


def test_what_carries_no_points_has_no_rule() -> None:
    assert [rule.code for rule in RULES.rules] == ["AF001", "AF006", "AST005", "COPD015", "PC001", "QI013"]
    assert RULES.total == sum(rule.points for rule in RULES.rules)


def test_the_parameters_are_whole_numbers() -> None:
    assert (RULES.service, RULES.value_of_point, RULES.national_average_list) == ("QOF2324", 21343, 9639)


@pytest.mark.parametrize(
    ("policy", "rule", "what", "found"),
    [
        ("national_prevalence", NationalPrevalence.MEAN_OF_PRACTICES, "national_prevalence", "mean_of_practices"),
        ("national_prevalence", NationalPrevalence.POOLED, "national_prevalence", "pooled"),
        ("prevalence_rounding", PrevalenceRounding.HALF_UP_12_DECIMALS, "prevalence_scale", 10**12),
        ("prevalence_rounding", PrevalenceRounding.HALF_UP_4_DECIMALS, "prevalence_scale", 10**4),
        ("payment_rounding", PaymentRounding.HALF_UP_PENNY_ONCE, "round_each", False),
        ("payment_rounding", PaymentRounding.HALF_UP_PENNY_EACH_INDICATOR, "round_each", True),
        ("part_year", PartYear.DAYS_OF_THE_YEAR, "days", 366),
        ("part_year", PartYear.NOT_REDUCED, "days", None),
        ("zero_register", ZeroRegister.POINTS_KEPT, "zero_groups", ()),
    ],
)  # fmt: skip
def test_a_policy_is_a_rule_of_the_service(policy: str, rule: StrEnum, what: str, found: object) -> None:
    assert getattr(service_rules(document=with_policies(DOCUMENT, **{policy: rule})), what) == found


@pytest.mark.parametrize(
    ("policy", "rule", "what", "found"),
    [
        ("points_rounding", PointsRounding.HALF_UP_2_DECIMALS, "round_down", False),
        ("points_rounding", PointsRounding.DOWN_2_DECIMALS, "round_down", True),
        ("empty_denominator", EmptyDenominator.NO_POINTS, "empty_earns", False),
        ("empty_denominator", EmptyDenominator.ALL_POINTS_WITH_REGISTER, "empty_earns", True),
    ],
)
def test_a_policy_of_points_is_a_rule_of_every_indicator(policy: str, rule: StrEnum, what: str, found: object) -> None:
    rules = service_rules(document=with_policies(DOCUMENT, **{policy: rule})).rules
    assert {getattr(one, what) for one in rules} == {found}


def test_the_points_of_a_group_go_with_the_register_that_decides_it() -> None:
    assert RULES.zero_groups == (
        GroupRule("AF", 1700, slot("AF001", "Atrial Fibrillation Register"), (0, 1)),
        GroupRule("AST", 400, slot("AST005", "Asthma Register"), (2,)),
        GroupRule("COPD", 800, slot("COPD015", COPD), (3,)),
    )


def test_palliative_care_smoking_and_vaccination_are_always_available() -> None:
    document = small_service("PC001", "SMOK002", "VI001", "BP002", "CHOL001")
    assert service_rules(document=document).zero_groups == ()


def test_a_group_whose_decider_has_no_register_is_refused() -> None:
    with pytest.raises(ValueError, match="AF001 has no register to decide AF; lint the document"):
        service_rules(document=without_register(DOCUMENT, "AF001"))


def without_register(document: ServiceDocument, code: str) -> ServiceDocument:
    indicators = tuple(
        one.model_copy(update={"fields": one.fields.model_copy(update={"register_name": None})})
        if one.code == code
        else one
        for one in document.indicators
    )
    return document.model_copy(update={"indicators": indicators})


def test_pounds_follow_the_register_of_what_is_adjusted_and_else_the_list() -> None:
    def paid_by(rules: Rules) -> dict[str, int | None]:
        return dict(zip([rule.code for rule in rules.rules], rules.paid_by, strict=True))

    assert paid_by(RULES) == {
        "AF001": slot("AF001", "Atrial Fibrillation Register"),
        "AF006": slot("AF006", "Atrial Fibrillation Register"),
        "AST005": slot("AST005", "Asthma Register"),
        "COPD015": slot("COPD015", COPD),
        "PC001": None,
        "QI013": None,
    }


@pytest.mark.parametrize(("figure", "whole"), [("213.43", 21343), ("0.5", 50), ("12", 1200), ("-0.05", -5)])
def test_a_figure_is_held_in_hundredths(figure: str, whole: int) -> None:
    assert hundredths(Decimal(figure)) == whole


@pytest.mark.parametrize("figure", ["213.431", "-0.001"])
def test_a_figure_that_hundredths_cannot_hold_is_refused(figure: str) -> None:
    with pytest.raises(ValueError, match=f"{figure} has more than two decimals"):
        hundredths(Decimal(figure))
