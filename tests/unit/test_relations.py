"""How counts stand to one another is found among many practices as it is by looking at each, count by count."""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.check.relations import relations
from functions.domain.grid import Grid, service_grid
from functions.domain.submission import ABSENT, Submission, submission_of
from schemas.catalogue import service_codes, service_document
from schemas.problem import Code

GRIDS = {code: service_grid(document=service_document(code)) for code in service_codes()}
COUNTS = st.sampled_from([-1, 0, 1, 2, 3, 40, 999_999_999])
Told = tuple[Code, int, tuple[int, ...]]  # a code, its slot, and the numbers that its sentence must name


def told(grid: Grid, values: Sequence[int]) -> Iterator[Told]:
    """What is to be said of one practice, in order."""
    for numerator, denominator in grid.fractions:
        if values[numerator] > values[denominator] != ABSENT:
            yield Code.PRACTICE_NUMERATOR, numerator, (values[denominator],)
    for cohort in grid.cohorts:
        register, people = values[cohort.register], values[cohort.denominator]
        excepted = sum(max(values[slot], 0) for slot in cohort.adjustments)
        if ABSENT not in (register, people) and people + excepted > register:
            yield Code.WARNING_COHORT, cohort.denominator, (people, excepted, register)
    for slots in grid.registers:
        sent = [slot for slot in slots if values[slot] != ABSENT]
        for slot in sent[1:]:
            if values[slot] != values[sent[0]]:
                yield Code.WARNING_REGISTERS, slot, (values[slot], values[sent[0]])


def practice(size: int, usual: int, others: dict[int, int]) -> Submission:
    values = [others.get(slot, usual) for slot in range(size)]
    return submission_of(values=values, stamps=[1] * size, places=[2] * size)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(GRIDS)),
    st.lists(st.tuples(COUNTS, st.dictionaries(st.integers(0, 999), COUNTS)), max_size=4),
)
def test_of_each_practice_is_told_what_looking_at_it_alone_finds(
    code: str, practices: list[tuple[int, dict[int, int]]]
) -> None:
    grid = GRIDS[code]
    submissions = [practice(len(grid.slots), usual, others) for usual, others in practices]
    found = list(relations(grid=grid, submissions=submissions))
    for number, one in enumerate(submissions):
        own = [relation for place, relation in found if place == number]
        expected = list(told(grid, one.values))
        assert [(relation.code, relation.slot) for relation in own] == [(code, slot) for code, slot, _ in expected]
        for relation, (_, _, numbers) in zip(own, expected, strict=True):
            assert all(str(number) in relation.message for number in numbers)


def test_the_practice_is_told_by_its_place_among_more_than_are_looked_at_in_one_step() -> None:
    grid = GRIDS["QOF2324"]
    values = [{"Numerator": 5, "Denominator": 9}.get(slot.field, 10 if slot.required else 0) for slot in grid.slots]
    size = len(values)
    fine = submission_of(values=values, stamps=[1] * size, places=[2] * size)
    numerator, denominator = grid.fractions[0]
    odd = submission_of(
        values=[*values[:numerator], values[denominator] + 1, *values[numerator + 1 :]],
        stamps=[1] * size,
        places=[2] * size,
    )
    found = list(relations(grid=grid, submissions=[*[fine] * 300, odd, fine]))
    assert [(number, relation.code) for number, relation in found] == [(300, Code.PRACTICE_NUMERATOR)]
