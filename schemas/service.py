"""What a service document says: a Quality Service for one year, its indicators, figures and policies.

A document is data (`schemas/services/*.toml`), read with `parse_float=Decimal` so that a figure stays exact.
Every figure names a source of the document's own list, and every source says how far it can be trusted.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from schemas.model import Model

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,16}$")]
Text = Annotated[str, Field(min_length=1)]
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Value = TypeVar("Value")
Rule = TypeVar("Rule", bound=StrEnum)


class Mark(StrEnum):
    """How far a source can be trusted, as `docs/glossary.md` explains them."""

    CITED = "cited"
    ARITHMETIC = "by arithmetic"
    THIRD_PARTY = "third party"
    ASSUMED = "assumed"
    UNVERIFIED = "unverified"

    @property
    def verified(self) -> bool:
        """True when a figure is cited, or follows by arithmetic from figures that are."""
        return self in (Mark.CITED, Mark.ARITHMETIC)


class Kind(StrEnum):
    """How an indicator turns counts into points."""

    REGISTER = "register"
    YES_NO = "yes_no"
    FRACTION = "fraction"
    INFORMATION = "information"


class RunKind(StrEnum):
    """What a collection is for: only PAYMENT can lead to a declaration and money."""

    REPORTING = "REPORTING"
    PAYMENT = "PAYMENT"
    TEST = "TEST"


class Prevalence(StrEnum):
    """Whether an indicator's pounds follow the practice's prevalence."""

    OWN_REGISTER = "own register"
    NONE = "none"


class NationalPrevalence(StrEnum):
    """How the practices' raw prevalences make one national figure: their mean, or all registers over all lists."""

    MEAN_OF_PRACTICES = "mean_of_practices"
    POOLED = "pooled"


class ZeroRegister(StrEnum):
    """What becomes of a group's points where the register that decides it is zero: not available, or kept."""

    GROUP_UNAVAILABLE = "group_unavailable"
    POINTS_KEPT = "points_kept"


class EmptyDenominator(StrEnum):
    """What a fraction of nobody earns."""

    NO_POINTS = "no_points"


class PointsRounding(StrEnum):
    """How the points of one indicator are rounded, before they are summed."""

    HALF_UP_2_DECIMALS = "half_up_2_decimals"


class PrevalenceRounding(StrEnum):
    """To how many decimals raw prevalences are held, and their mean."""

    HALF_UP_12_DECIMALS = "half_up_12_decimals"


class PaymentRounding(StrEnum):
    """How the sum of the indicators' amounts becomes a payment."""

    HALF_UP_PENNY_ONCE = "half_up_penny_once"


class Source(Model):
    """Where a figure comes from. `text` is the citation a reader can follow."""

    mark: Mark
    text: Text

    @property
    def verified(self) -> bool:
        """Whether its mark is one that needs no further citation."""
        return self.mark.verified


class Parameter(Model, Generic[Value]):
    """A figure of the year: its value, unit, the date it holds for, and its source."""

    value: Value
    unit: Text
    date: date
    source: SourceKey


class Parameters(Model):
    """The year's figures that turn points into pounds.

    `value_of_point` is in pounds; `national_average_list` is in registered patients at its own date (1 January
    before the year began); `practice_list` is the date at which each practice's own list is counted.
    """

    value_of_point: Parameter[Decimal]
    national_average_list: Parameter[int]
    practice_list: Parameter[date]


class Policy(Model, Generic[Rule]):
    """A rule of calculation by name, so that changing it changes a document and not code."""

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


class Window(Model):
    """The days, both included, on which extracts of a collection may be submitted."""

    opens: date
    closes: date


class Collection(Model):
    """One achievement date: what may be collected for it and when."""

    achievement_date: date
    run_kinds: tuple[RunKind, ...]
    window: Window
    source: SourceKey


class Group(Model):
    """A clinical area. When the register of `decided_by` is zero, no point of the group is available."""

    code: Code
    name: Text
    decided_by: Code | None = None
    source: SourceKey


class Fields(Model):
    """The FIELD_NAME of each required value on the indicator's own rows; None where there is no such row."""

    register_name: Text | None = Field(default=None, alias="register")
    numerator: Text | None = None
    denominator: Text | None = None
    flag: Text | None = None


class Indicator(Model):
    """One indicator: its points, thresholds (percent) and the rows an extract carries for it."""

    code: Code
    wording: Text
    group: Code
    domain: Code
    kind: Kind
    points: Decimal
    points_source: SourceKey
    lower: Decimal | None = None
    upper: Decimal | None = None
    threshold_source: SourceKey | None = None
    prevalence: Prevalence
    prevalence_source: SourceKey
    fields: Fields
    fields_source: SourceKey
    rules: tuple[Text, ...] = ()


class Year(Model):
    """The service's year, first and last day included."""

    starts: date
    ends: date


class Totals(Model):
    """What the document must add up to, printed independently of it; the linter compares."""

    indicators: int
    points: Decimal
    source: SourceKey


class ServiceDocument(Model):
    """A Quality Service for one year, complete: everything that calculating and checking it needs to know."""

    code: Code
    name: Text
    year: Year
    totals: Totals
    parameters: Parameters
    policies: Policies
    collections: tuple[Collection, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    sources: dict[SourceKey, Source]

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that carry points, in the document's order."""
        return tuple(i for i in self.indicators if i.kind is not Kind.INFORMATION)
