"""What a nation is paid by the national figures of another one, in exact pounds and without any rounding."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from tests.oracle.calculation import indicator_points, national_prevalence
from tests.oracle.definition import Definition
from tests.oracle.files import Values


def pay(
    service: Definition,
    practices: Mapping[str, Values],
    lists: Mapping[str, int],
    *,
    nation: Collection[str],
    to: Collection[str],
    like: Mapping[str, Values] | None = None,
) -> Fraction:
    """What the practices `to` are paid by the figures of the practices `nation`, some with the values of `like`."""
    counted = {code: {**practices, **(like or {})}[code] for code in nation}
    total = Fraction(0)
    for indicator in service.indicators:
        national = national_prevalence(service, indicator, counted, lists) if indicator.adjusted else Fraction(1)
        worth = sum(
            indicator_points(indicator, practices[code])
            * (practices[code][indicator.code, indicator.fields["register"]] if indicator.adjusted else lists[code])
            for code in to
        )
        total += worth / national if national else 0
    return total * service.value_of_point / service.national_average_list
