"""Published practices in full achievement: everybody on a register is treated, and every flag says yes.

What is published is registers and lists, not numerators. Points available depend on registers alone, and so do the
pounds of a practice that was published with all of its points. The published lists stand in for those of 1 January.
"""

from collections.abc import Iterable, Iterator

from cqrs.proxies import Proxies, people
from cqrs.published import PublishedPractice
from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.grid import Grid
from functions.domain.submission import ABSENT
from schemas.service import Indicator, ServiceDocument


def full_values(*, practice: PublishedPractice, indicator: Indicator, proxies: Proxies) -> Iterator[tuple[str, int]]:
    """Each required FIELD_NAME of an indicator with its value. Of a practice not calculated only flags are known."""
    fields = indicator.fields
    if fields.flag:
        yield fields.flag, 1
    if practice.calculated:
        count = people(practice=practice, areas=proxies.areas(indicator=indicator))
        for name in (fields.register_name, fields.numerator, fields.denominator):
            if name:
                yield name, count


def full_practices(
    *, practices: Iterable[PublishedPractice], document: ServiceDocument, grid: Grid, proxies: Proxies
) -> Iterator[PracticeInputs]:
    """What the practices that were calculated bring into a calculation: the same values, by slot."""
    flags, counted = _slots(document, grid, proxies)
    for practice in practices:
        if practice.calculated:
            values = [ABSENT] * len(grid.slots)
            for slot in flags:
                values[slot] = 1
            for areas, slots in counted.items():
                count = people(practice=practice, areas=areas)
                for slot in slots:
                    values[slot] = count
            yield PracticeInputs(organisation=practice.code, list_size=practice.list_size, values=values)


def _slots(
    document: ServiceDocument, grid: Grid, proxies: Proxies
) -> tuple[list[int], dict[tuple[str, ...], list[int]]]:
    """The slots of flags, and those of counts by the areas that they count."""
    flags, counted = list[int](), dict[tuple[str, ...], list[int]]()
    for indicator in document.indicators:
        fields, numbers = indicator.fields, grid.numbers[indicator.code]
        if fields.flag:
            flags.append(numbers[fields.flag])
        names = (fields.register_name, fields.numerator, fields.denominator)
        slots = counted.setdefault(proxies.areas(indicator=indicator), [])
        slots.extend(numbers[name] for name in names if name)
    return flags, counted
