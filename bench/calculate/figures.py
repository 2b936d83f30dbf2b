"""A service document's figures in the numbers of a contender."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from functions.domain.grid import Grid, service_grid
from schemas.policy import NationalPrevalence, ZeroRegister
from schemas.service import Indicator, Kind, Prevalence, ServiceDocument

Number = TypeVar("Number", Fraction, Decimal, float)


@dataclass(frozen=True, slots=True)
class Scored(Generic[Number]):
    """An indicator: points, thresholds in percent, and the slots of its values (None where it has no such row)."""

    code: str
    group: str
    kind: Kind
    points: Number
    lower: Number
    upper: Number
    register: int | None
    numerator: int | None
    denominator: int | None
    flag: int | None
    adjusted: bool


@dataclass(frozen=True, slots=True)
class Figures(Generic[Number]):
    """`deciding`: by group, the slot of the register that decides whether its points are available."""

    scored: Sequence[Scored[Number]]
    deciding: Mapping[str, int]
    value_of_point: Number
    average_list: Number


def document_figures(*, document: ServiceDocument, number: Callable[[Decimal], Number]) -> Figures[Number]:
    """The figures of a document. Raises ValueError for a policy that the peers do not know."""
    refuse_other_policies(document=document)
    grid = service_grid(document=document)
    return Figures(
        scored=[_scored(indicator, grid, number) for indicator in document.scored],
        deciding=_deciding(document, grid),
        value_of_point=number(document.parameters.value_of_point.value),
        average_list=number(Decimal(document.parameters.national_average_list.value)),
    )


def refuse_other_policies(*, document: ServiceDocument) -> None:
    """Raise ValueError where a document has a policy that the peers do not know."""
    policies = document.policies
    known = (NationalPrevalence.MEAN_OF_PRACTICES, ZeroRegister.GROUP_UNAVAILABLE)
    if (policies.national_prevalence.rule, policies.zero_register.rule) != known:
        raise ValueError(f"The peers calculate by {', '.join(known)} alone.")


def _scored(indicator: Indicator, grid: Grid, number: Callable[[Decimal], Number]) -> Scored[Number]:
    fields = indicator.fields
    return Scored(
        code=indicator.code,
        group=indicator.group,
        kind=indicator.kind,
        points=number(indicator.points),
        lower=number(indicator.lower or Decimal(0)),
        upper=number(indicator.upper or Decimal(0)),
        register=grid.number(indicator=indicator.code, field=fields.register_name),
        numerator=grid.number(indicator=indicator.code, field=fields.numerator),
        denominator=grid.number(indicator=indicator.code, field=fields.denominator),
        flag=grid.number(indicator=indicator.code, field=fields.flag),
        adjusted=indicator.prevalence is Prevalence.OWN_REGISTER,
    )


def _deciding(document: ServiceDocument, grid: Grid) -> dict[str, int]:
    registers = {i.code: grid.number(indicator=i.code, field=i.fields.register_name) for i in document.scored}
    found = {group.code: registers[group.decided_by] for group in document.groups if group.decided_by}
    return {group: slot for group, slot in found.items() if slot is not None}
