"""Where each value of an extract belongs: one numbered slot for every row that a service document expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from schemas.service import AdjustmentKind, Indicator, ServiceDocument


@dataclass(frozen=True, slots=True)
class Slot:
    """One expected row of a practice: its indicator, FIELD_NAME, and whether the practice is incomplete without it."""

    indicator: str
    field: str
    required: bool
    flag: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """A denominator whose patients are all on the register of its indicator, but for those of some adjustments.

    Denominator and adjustments (slots of counts of personalised care) are at most the register.
    """

    register: int
    denominator: int
    adjustments: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """Every slot of a service, in the document's order, and the way to find one by indicator and field.

    `required` numbers the slots no practice may lack; `fractions` pairs each numerator's slot with its denominator's;
    `registers` gathers the slots that hold one register, because they have its name and their indicators, which carry
    points, are of one group.
    """

    slots: tuple[Slot, ...]
    numbers: Mapping[str, Mapping[str, int]]
    required: tuple[int, ...]
    fractions: tuple[tuple[int, int], ...]
    registers: tuple[tuple[int, ...], ...] = ()
    cohorts: tuple[Cohort, ...] = ()

    @cached_property
    def needed(self) -> NDArray[np.int64]:
        """The required slots as an array, to look at all of them at once."""
        return np.array(self.required, np.int64)

    @cached_property
    def shares(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The slots of numerators and those of their denominators, to look at all of them at once."""
        pairs = np.array(self.fractions, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

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
    return Grid(
        slots=slots,
        numbers=numbers,
        required=required,
        fractions=fractions,
        registers=_registers(document, numbers),
        cohorts=tuple(_cohorts(document, numbers)),
    )


def _registers(document: ServiceDocument, numbers: Mapping[str, Mapping[str, int]]) -> tuple[tuple[int, ...], ...]:
    found: dict[tuple[str, str], list[int]] = {}
    for indicator in document.scored:
        name = indicator.fields.register_name
        if name is not None:
            found.setdefault((indicator.group, name), []).append(numbers[indicator.code][name])
    return tuple(tuple(slots) for slots in found.values() if len(slots) > 1)


def _cohorts(document: ServiceDocument, numbers: Mapping[str, Mapping[str, int]]) -> Iterator[Cohort]:
    personalised = {
        name for name, found in document.adjustments.items() if found.kind is AdjustmentKind.PERSONALISED_CARE
    }
    for indicator in document.indicators:
        names, slots = indicator.fields, numbers[indicator.code] if indicator.cohort else {}
        register, denominator = slots.get(names.register_name or ""), slots.get(names.denominator or "")
        if register is not None and denominator is not None:
            adjustments = tuple(slots[name] for name in indicator.rules if name in personalised)
            yield Cohort(register, denominator, adjustments)


def _indicator_slots(indicator: Indicator) -> tuple[Slot, ...]:
    names = indicator.fields
    needed = (names.register_name, names.numerator, names.denominator, names.flag)
    required = (
        Slot(indicator=indicator.code, field=name, required=True, flag=name == names.flag) for name in needed if name
    )
    optional = (Slot(indicator=indicator.code, field=name, required=False, flag=False) for name in indicator.rules)
    return (*required, *optional)
