"""What practices are paid by the national figures of any others, in exact pounds and without any rounding."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.calculation import half_up, indicator_points
from tests.oracle.definition import Definition
from tests.oracle.files import Values

PLACES = 12  # as every document of QOF says
UNIT = 10**PLACES


@dataclass(frozen=True)
class Row:
    """A practice: its raw prevalences by indicator in units of the last place, and hundredths of a point x the
    people that they are paid for.
    """

    raw: Mapping[str, int]
    worth: Mapping[str, int]


def row(service: Definition, values: Values, registered: int) -> Row:
    """The row of a practice with this many people registered."""
    raw, worth = {}, {}
    for indicator in service.indicators:
        people = values[indicator.code, indicator.fields["register"]] if indicator.adjusted else registered
        worth[indicator.code] = int(100 * indicator_points(service, indicator, values)) * people
        if indicator.adjusted:
            raw[indicator.code] = int(half_up(Fraction(people, registered), PLACES) * UNIT)
    return Row(raw, worth)


def pay(service: Definition, nation: Collection[Row], to: Collection[Row], *, people: int | None = None) -> Fraction:
    """What the practices `to` are paid by the mean prevalences of `nation`, over an average list of `people`."""
    total = Fraction(0)
    for indicator in service.indicators:
        worth = Fraction(sum(one.worth[indicator.code] for one in to), 100)
        if indicator.adjusted:
            mean = half_up(Fraction(sum(one.raw[indicator.code] for one in nation), UNIT * len(nation)), PLACES)
            worth = worth / mean if mean else Fraction(0)
        total += worth
    return total * service.value_of_point / (people or service.national_average_list)
