"""A service document made ready to calculate with: every figure a whole number, every field a slot."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from functions.domain.calculate.points import Score, scored_by
from functions.domain.grid import Grid, service_grid
from schemas.policy import (
    EmptyDenominator,
    NationalPrevalence,
    PartYear,
    PaymentRounding,
    PointsRounding,
    ZeroRegister,
)
from schemas.service import Indicator, Kind, Prevalence, ServiceDocument


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is scored and paid.

    `points`, and `step` of a stepped indicator: hundredths of a point. `lower`, `upper`: hundredths of a percent. The
    slots say where its values stand; None where the indicator has no such row. `adjusted`: its pounds follow the
    practice's prevalence. `round_down`: hundredths are cut, not rounded half up. `empty_earns`: a share of nobody
    earns all points where the register counts somebody.
    """

    code: str
    group: str
    kind: Kind
    points: int
    lower: int
    upper: int
    register: int | None
    numerator: int | None
    denominator: int | None
    flag: int | None
    adjusted: bool
    step: int
    round_down: bool
    empty_earns: bool

    @property
    def share(self) -> tuple[int, int]:
        """The slots of the numerator and the denominator.

        Raises ValueError where one is missing; the linter of documents lets no share through that lacks one.
        """
        if self.numerator is None or self.denominator is None:
            raise ValueError(f"{self.code} has no numerator and denominator to be scored by.")
        return self.numerator, self.denominator

    @property
    def counted(self) -> int:
        """The slot that has to count somebody, or to say yes, where points follow no share: the register or the flag.

        Raises ValueError where it is missing; the linter of documents lets no such indicator through.
        """
        slot = self.register if self.kind is Kind.REGISTER else self.flag
        if slot is None:
            raise ValueError(f"{self.code} has no row to be scored by.")
        return slot

    @property
    def follows_prevalence(self) -> bool:
        """True where pounds follow the practice's register, which the indicator then has."""
        return self.adjusted and self.register is not None


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A group whose `points` (hundredths) are not available where the value of slot `decided_by` is zero. `places` are
    those of its indicators among the rules.
    """

    code: str
    points: int
    decided_by: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Rules:
    """Everything the calculation of one service needs.

    `value_of_point`: pence. `national_average_list`: people. `total`: hundredths of a point. `prevalence_scale`: one
    over the last decimal to which prevalences are held. `round_each`: every indicator's amount is rounded to a penny,
    not their sum. `days`: the year's, or None where a contract open for part of it is paid in full.
    """

    service: str
    grid: Grid
    rules: tuple[Rule, ...]
    zero_groups: tuple[GroupRule, ...]
    total: int
    value_of_point: int
    national_average_list: int
    national_prevalence: NationalPrevalence
    prevalence_scale: int
    round_each: bool
    days: int | None

    @cached_property
    def scores(self) -> tuple[Score, ...]:
        """What gives the points of each indicator, in the order of the rules."""
        return tuple(scored_by(rule=rule) for rule in self.rules)

    @cached_property
    def paid_by(self) -> tuple[int | None, ...]:
        """The slot of the register that each indicator's pounds follow, None where they follow the list."""
        return tuple(rule.register if rule.follows_prevalence else None for rule in self.rules)


def service_rules(*, document: ServiceDocument) -> Rules:
    """The rules of a service document. Raises ValueError where a figure has more decimals than its unit allows."""
    grid = service_grid(document=document)
    rules = tuple(_rule(document, indicator, grid) for indicator in document.scored)
    policies, year = document.policies, document.year
    return Rules(
        service=document.code,
        grid=grid,
        rules=rules,
        zero_groups=_zero_groups(document, rules),
        total=sum(rule.points for rule in rules),
        value_of_point=hundredths(document.parameters.value_of_point.value),
        national_average_list=document.parameters.national_average_list.value,
        national_prevalence=policies.national_prevalence.rule,
        prevalence_scale=10**policies.prevalence_rounding.rule.places,
        round_each=policies.payment_rounding.rule is PaymentRounding.HALF_UP_PENNY_EACH_INDICATOR,
        days=(year.ends - year.starts).days + 1 if policies.part_year.rule is PartYear.DAYS_OF_THE_YEAR else None,
    )


def hundredths(figure: Decimal) -> int:
    """A figure of at most two decimals as whole hundredths: 213.43 is 21343."""
    scaled = figure * 100
    if scaled != int(scaled):
        raise ValueError(f"{figure} has more than two decimals.")
    return int(scaled)


def _rule(document: ServiceDocument, indicator: Indicator, grid: Grid) -> Rule:
    fields, policies = indicator.fields, document.policies
    return Rule(
        code=indicator.code,
        group=indicator.group,
        kind=indicator.kind,
        points=hundredths(indicator.points),
        lower=hundredths(indicator.lower or Decimal(0)),
        upper=hundredths(indicator.upper or Decimal(0)),
        register=grid.number(indicator=indicator.code, field=fields.register_name),
        numerator=grid.number(indicator=indicator.code, field=fields.numerator),
        denominator=grid.number(indicator=indicator.code, field=fields.denominator),
        flag=grid.number(indicator=indicator.code, field=fields.flag),
        adjusted=indicator.prevalence is Prevalence.OWN_REGISTER,
        step=hundredths(indicator.step or Decimal(0)),
        round_down=policies.points_rounding.rule is PointsRounding.DOWN_2_DECIMALS,
        empty_earns=policies.empty_denominator.rule is EmptyDenominator.ALL_POINTS_WITH_REGISTER,
    )


def _zero_groups(document: ServiceDocument, rules: tuple[Rule, ...]) -> tuple[GroupRule, ...]:
    if document.policies.zero_register.rule is ZeroRegister.POINTS_KEPT:
        return ()
    registers = {rule.code: rule.register for rule in rules}
    found = []
    for group in document.groups:
        if group.decided_by:
            decided_by = registers.get(group.decided_by)
            if decided_by is None:
                raise ValueError(f"{group.decided_by} has no register to decide {group.code}; lint the document.")
            places = tuple(place for place, rule in enumerate(rules) if rule.group == group.code)
            points = sum(rules[place].points for place in places)
            found.append(GroupRule(code=group.code, points=points, decided_by=decided_by, places=places))
    return tuple(found)
