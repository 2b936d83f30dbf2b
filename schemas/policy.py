"""The rules that a service document chooses by name, so that changing one changes a document and not code."""

from enum import StrEnum
from typing import Generic, TypeVar

from schemas.model import Model, SourceKey

Rule = TypeVar("Rule", bound=StrEnum)


class NationalPrevalence(StrEnum):
    """How the practices' raw prevalences make one national figure: their mean, or all registers over all lists."""

    MEAN_OF_PRACTICES = "mean_of_practices"
    POOLED = "pooled"


class ZeroRegister(StrEnum):
    """What becomes of a group's points where the register that decides it is zero: not available, but for those that it
    has all the same (by a decision, or by counts that contradict the register); or kept.
    """

    GROUP_UNAVAILABLE = "group_unavailable"
    POINTS_KEPT = "points_kept"


class EmptyDenominator(StrEnum):
    """What a fraction of nobody earns: nothing, or everything where its register counts somebody."""

    NO_POINTS = "no_points"
    ALL_POINTS_WITH_REGISTER = "all_points_with_register"


class PointsRounding(StrEnum):
    """How the points of one indicator are rounded to hundredths, before they are summed."""

    HALF_UP_2_DECIMALS = "half_up_2_decimals"
    DOWN_2_DECIMALS = "down_2_decimals"


class PrevalenceRounding(StrEnum):
    """To how many decimals raw prevalences are held, and their mean; always half up."""

    HALF_UP_12_DECIMALS = "half_up_12_decimals"
    HALF_UP_4_DECIMALS = "half_up_4_decimals"

    @property
    def places(self) -> int:
        """The number of decimals."""
        return {PrevalenceRounding.HALF_UP_12_DECIMALS: 12, PrevalenceRounding.HALF_UP_4_DECIMALS: 4}[self]


class PaymentRounding(StrEnum):
    """How exact amounts become a payment: their sum to a penny once, or each indicator's amount to a penny."""

    HALF_UP_PENNY_ONCE = "half_up_penny_once"
    HALF_UP_PENNY_EACH_INDICATOR = "half_up_penny_each_indicator"


class PartYear(StrEnum):
    """What a contract that was open for part of the year is paid: its share of the days, or the whole."""

    DAYS_OF_THE_YEAR = "days_of_the_year"
    NOT_REDUCED = "not_reduced"


class ContractList(StrEnum):
    """The list of a contract that was not open on the day on which lists are counted: the one counted nearest to that
    day while it was open, or none, and then it is not paid.
    """

    NEAREST_WHILE_OPEN = "nearest_while_open"
    LIST_DAY_ONLY = "list_day_only"


class AspirationRounding(StrEnum):
    """How a year's aspiration becomes twelve payments: each half up to a penny, or the year's sum to a penny with its
    last payment taking what the others leave.
    """

    HALF_UP_PENNY_EACH_MONTH = "half_up_penny_each_month"
    HALF_UP_PENNY_THE_YEAR = "half_up_penny_the_year"


class Policy(Model, Generic[Rule]):
    """A rule of calculation by name, and why it is the one."""

    rule: Rule
    source: SourceKey


class Policies(Model):
    """The named rules a service is calculated by (`docs/glossary.md` explains each)."""

    national_prevalence: Policy[NationalPrevalence]
    zero_register: Policy[ZeroRegister]
    empty_denominator: Policy[EmptyDenominator]
    prevalence_rounding: Policy[PrevalenceRounding]
    points_rounding: Policy[PointsRounding]
    payment_rounding: Policy[PaymentRounding]
    part_year: Policy[PartYear]
    contract_list: Policy[ContractList]
    aspiration_rounding: Policy[AspirationRounding]
