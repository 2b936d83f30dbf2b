"""What a service document says: a Quality Service for one year, its indicators, figures and policies.

A document is data (`schemas/services/*.toml`), read with `parse_float=Decimal` so that a figure stays exact.
Every figure names a source of the document's own list, and every source says how far it can be trusted.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from schemas.gates import Gates
from schemas.model import Model, SourceKey, Text
from schemas.policy import Policies
from schemas.protection import Protection

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,16}$")]
GroupCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{2,16}$")]  # as published: EoLC is end of life care
Value = TypeVar("Value")


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
    STEPPED = "stepped"
    LOWER_IS_BETTER = "lower_is_better"
    INFORMATION = "information"

    @property
    def proportional(self) -> bool:
        """True where points follow the share that a numerator is of its denominator."""
        return self in (Kind.FRACTION, Kind.STEPPED, Kind.LOWER_IS_BETTER)


class RunKind(StrEnum):
    """What a collection is for: only PAYMENT can lead to a declaration and money."""

    REPORTING = "REPORTING"
    PAYMENT = "PAYMENT"
    TEST = "TEST"


class Prevalence(StrEnum):
    """Whether an indicator's pounds follow the practice's prevalence."""

    OWN_REGISTER = "own register"
    NONE = "none"


class Source(Model):
    """Where a figure comes from. `text` is the citation a reader can follow."""

    mark: Mark
    text: Text

    @property
    def verified(self) -> bool:
        """Whether its mark is one that needs no further citation."""
        return self.mark.verified


class Parameter(Model, Generic[Value]):
    """A figure of the year: its value, unit, the date it holds for, who issued it, and where that can be read."""

    value: Value
    unit: Text
    date: date
    authority: Text
    source: SourceKey


class Parameters(Model):
    """The year's figures that turn points into pounds.

    `value_of_point` is in pounds; `national_average_list` is in registered patients at its own date (1 January
    before the year began); `practice_list` is the date at which each practice's own list is counted. `aspiration` is
    the percentage of last year's achievement payment that is paid in advance, and `previous_value_of_point` what a
    point was worth in that year.
    """

    value_of_point: Parameter[Decimal]
    national_average_list: Parameter[int]
    practice_list: Parameter[date]
    aspiration: Parameter[Decimal]
    previous_value_of_point: Parameter[Decimal]


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

    code: GroupCode
    name: Text
    decided_by: Code | None = None
    source: SourceKey


class Fields(Model):
    """The FIELD_NAME of each required value on the indicator's own rows; None where there is no such row."""

    register_name: Text | None = Field(default=None, alias="register")
    numerator: Text | None = None
    denominator: Text | None = None
    flag: Text | None = None


class AdjustmentKind(StrEnum):
    """Why patients on a register are not in a denominator: outside the indicator, or a personalised care adjustment."""

    EXCLUSION = "exclusion"
    PERSONALISED_CARE = "personalised care"


class Adjustment(Model):
    """What the count under a rule's short name means: patients taken out of a denominator, and why."""

    kind: AdjustmentKind
    text: Text
    source: SourceKey


class Indicator(Model):
    """One indicator: its points, thresholds (percent) and the rows an extract carries for it.

    A stepped indicator earns `step` points on reaching its lower threshold, and the rest up to the upper one. Where
    lower is better, everything is earned at or below `lower` and nothing from `upper` on.

    `cohort`: everybody in the denominator, and everybody taken out of it by a personalised care adjustment, is on the
    register of its rows.
    """

    code: Code
    wording: Text
    group: GroupCode
    domain: Code
    kind: Kind
    points: Decimal
    points_source: SourceKey
    lower: Decimal | None = None
    upper: Decimal | None = None
    step: Decimal | None = None
    threshold_source: SourceKey | None = None
    prevalence: Prevalence
    prevalence_source: SourceKey
    fields: Fields
    fields_source: SourceKey
    cohort: bool = False
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
    gates: Gates
    protection: Protection | None = None
    collections: tuple[Collection, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    adjustments: dict[str, Adjustment] = Field(default_factory=dict)
    sources: dict[SourceKey, Source]

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that carry points, in the document's order."""
        return tuple(i for i in self.indicators if i.kind is not Kind.INFORMATION)
