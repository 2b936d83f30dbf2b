"""Checks of the rows that a document expects in an extract."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from schemas.service import Indicator, Kind, ServiceDocument

NEEDED: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        Kind.REGISTER: frozenset({"register"}),
        Kind.YES_NO: frozenset({"flag"}),
        Kind.FRACTION: frozenset({"numerator", "denominator"}),
        Kind.STEPPED: frozenset({"numerator", "denominator"}),
        Kind.LOWER_IS_BETTER: frozenset({"numerator", "denominator"}),
        Kind.INFORMATION: frozenset(),
    }
)
ALLOWED: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        **NEEDED,
        **{kind: needed | {"register"} for kind, needed in NEEDED.items() if kind.proportional},
        Kind.INFORMATION: frozenset({"register", "numerator", "denominator", "flag"}),
    }
)


def field_problems(document: ServiceDocument) -> Iterator[str]:
    """An indicator has the rows that its kind is worked out from, and no others."""
    for indicator in document.indicators:
        code, kind = indicator.code, indicator.kind
        for value, name in _given(indicator).items():
            if name is None and value in NEEDED[kind]:
                yield f"{code}: a {kind} indicator is worked out from its {value}; add its name to fields."
            if name is not None and value not in ALLOWED[kind]:
                yield f"{code}: a {kind} indicator has no {value}; remove {name!r} from fields."


def cohort_problems(document: ServiceDocument) -> Iterator[str]:
    """An indicator whose register is its cohort has that register, and a denominator taken from it."""
    for indicator in document.indicators:
        if indicator.cohort and not (indicator.fields.register_name and indicator.fields.denominator):
            yield f"{indicator.code}: a cohort is a register with a denominator; name both in fields, or remove cohort."


def name_problems(document: ServiceDocument) -> Iterator[str]:
    """Within an indicator every FIELD_NAME, of a value or of a rule, stands once."""
    for indicator in document.indicators:
        values = [name for name in _given(indicator).values() if name is not None]
        for name, times in Counter([*values, *indicator.rules]).items():
            if times > 1:
                yield f"{indicator.code}: {name!r} stands {times} times among its fields and rules; keep it once."


def _given(indicator: Indicator) -> dict[str, str | None]:
    return indicator.fields.model_dump(by_alias=True)


def adjustment_problems(document: ServiceDocument) -> Iterator[str]:
    """Every explained short name is one of an indicator's rules; a document need not explain them all."""
    used = {rule for indicator in document.indicators for rule in indicator.rules}
    for name in document.adjustments:
        if name not in used:
            yield f"adjustment {name}: no indicator has this rule; remove it, or correct the name."
