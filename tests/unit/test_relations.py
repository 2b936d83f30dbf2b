"""Looking at all practices together finds every one of which anything can be said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.check.relations import Remarkable, relations
from functions.domain.grid import service_grid
from functions.domain.submission import submission_of
from schemas.catalogue import service_codes, service_document

GRIDS = {code: service_grid(document=service_document(code)) for code in service_codes()}
COUNTS = st.sampled_from([-1, 0, 1, 2, 3, 40, 999_999_999])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(GRIDS)),
    st.lists(st.tuples(COUNTS, st.dictionaries(st.integers(0, 999), COUNTS)), max_size=4),
)
def test_nobody_is_passed_over_who_has_a_relation_to_tell_of(
    code: str, practices: list[tuple[int, dict[int, int]]]
) -> None:
    grid = GRIDS[code]
    size = len(grid.slots)
    submissions = []
    for usual, others in practices:
        values = [others.get(slot, usual) for slot in range(size)]
        submissions.append(submission_of(values=values, stamps=[1] * size, places=[2] * size))
    told = {number for number, one in enumerate(submissions) if list(relations(grid=grid, values=one.values))}
    assert told <= set(Remarkable(grid=grid).among(submissions=submissions))


def test_a_practice_whose_counts_are_all_in_order_is_passed_over() -> None:
    grid = GRIDS["QOF2324"]
    values = [{"Numerator": 5, "Denominator": 9}.get(slot.field, 10 if slot.required else 0) for slot in grid.slots]
    size = len(values)
    one = submission_of(values=values, stamps=[1] * size, places=[2] * size)
    assert list(Remarkable(grid=grid).among(submissions=[one] * 300)) == []
