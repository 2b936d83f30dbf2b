"""Many practices together come to what each comes to alone."""

from array import array
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.calculate.prevalence import prevalence_sums
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.calculate.together import points_of_many, prevalence_sums_of_many
from schemas.catalogue import service_codes, service_document

RULES = {code: service_rules(document=service_document(code)) for code in service_codes()}
COUNTS = st.one_of(st.sampled_from([-1, 0, 1, 2, 999_999_999]), st.integers(0, 40), st.integers(0, 100_000))


@st.composite
def nations(draw: st.DrawFn) -> tuple[Rules, list[int], list[Sequence[int]]]:
    """A service's rules, and some practices with any lists and any counts, as arrays or as lists."""
    rules = RULES[draw(st.sampled_from(sorted(RULES)))]
    slots, practices = len(rules.grid.slots), draw(st.integers(0, 4))
    some = [draw(st.lists(COUNTS, min_size=7, max_size=7)) for _ in range(practices)]
    values = [[one[(slot * 5 + slot // 7) % 7] for slot in range(slots)] for one in some]
    lists = draw(st.lists(st.integers(0, 100_000), min_size=practices, max_size=practices))
    return rules, lists, [array("i", one) for one in values] if draw(st.booleans()) else list(values)


@settings(max_examples=200, deadline=None)
@given(nations())
def test_points_are_those_that_each_practice_earns_alone(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, _, values = made
    assert points_of_many(rules=rules, values=values) == [tuple(s(one) for s in rules.scores) for one in values]


@settings(max_examples=200, deadline=None)
@given(nations())
def test_sums_are_those_of_the_practices_one_by_one(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, lists, values = made
    one_by_one = prevalence_sums(rules=rules, practices=list(zip(lists, values, strict=True)))
    assert prevalence_sums_of_many(rules=rules, lists=lists, values=values) == one_by_one


def test_counts_too_long_for_a_machine_integer_are_taken_one_by_one() -> None:
    rules = RULES["QOF2324"]
    values = [[10**9 + slot for slot in range(len(rules.grid.slots))]]
    assert points_of_many(rules=rules, values=values) == [tuple(score(values[0]) for score in rules.scores)]
    one_by_one = prevalence_sums(rules=rules, practices=[(3, values[0])])
    assert prevalence_sums_of_many(rules=rules, lists=[3], values=values) == one_by_one
