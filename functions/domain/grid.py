"""Where each value of an extract belongs: one numbered slot for every row that a service document expects."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.service import Indicator, ServiceDocument


@dataclass(frozen=True, slots=True)
class Slot:
    """One expected row of a practice: its indicator, FIELD_NAME, and whether the practice is incomplete without it."""

    indicator: str
    field: str
    required: bool
    flag: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Every slot of a service, in the document's order, and the way to find one by indicator and field.

    `required` numbers the slots no practice may lack; `fractions` pairs each numerator's slot with its denominator's.
    """

    slots: tuple[Slot, ...]
    numbers: Mapping[str, Mapping[str, int]]
    required: tuple[int, ...]
    fractions: tuple[tuple[int, int], ...]

    def number(self, *, indicator: str, field: str | None) -> int | None:
        """The slot of a field of an indicator; None where the indicator has no such field."""
        return None if field is None else self.numbers[indicator][field]


def service_grid(*, document: ServiceDocument) -> Grid:
    """The grid of a service document."""
    slots = tuple(slot for indicator in document.indicators for slot in _indicator_slots(indicator))
    numbers: dict[str, dict[str, int]] = {}
    for number, slot in enumerate(slots):
        numbers.setdefault(slot.indicator, {})[slot.field] = number
    required = tuple(number for number, slot in enumerate(slots) if slot.required)
    fractions = tuple(
        (numbers[i.code][i.fields.numerator], numbers[i.code][i.fields.denominator])
        for i in document.indicators
        if i.fields.numerator and i.fields.denominator
    )
    return Grid(slots=slots, numbers=numbers, required=required, fractions=fractions)


def _indicator_slots(indicator: Indicator) -> tuple[Slot, ...]:
    names = indicator.fields
    needed = (names.register_name, names.numerator, names.denominator, names.flag)
    required = (
        Slot(indicator=indicator.code, field=name, required=True, flag=name == names.flag) for name in needed if name
    )
    optional = (Slot(indicator=indicator.code, field=name, required=False, flag=False) for name in indicator.rules)
    return (*required, *optional)
