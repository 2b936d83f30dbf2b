"""Many practices together come to what each comes to alone."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import SupportsIndex

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.calculate.prevalence import prevalence_sums
from functions.domain.calculate.rules import Rule, Rules, service_rules
from functions.domain.calculate.together import points_of_many, prevalence_sums_of_many
from schemas.catalogue import service_codes, service_document
from schemas.service import Kind
from tests.inputs.rule import SHARES, a_rule
from tests.inputs.scores import FRACTION, SCORES, Score

RULES = {code: service_rules(document=service_document(code)) for code in service_codes()}
COUNTS = st.one_of(st.sampled_from([0, 1, 2, 999_999_999]), st.integers(0, 40), st.integers(0, 100_000))
ABSENT = st.sampled_from([-1, 0, 7])  # what no indicator is scored by may be missing
REGISTER = replace(a_rule(Kind.REGISTER), adjusted=True)  # its register is the first value
MACHINE = 2**63  # the first whole number that a machine integer does not hold
HALF = MACHINE // 2


class Watched(list[int]):
    """Values that know whether anybody asked for one of them, as who takes practices one by one has to."""

    asked = False

    def __getitem__(self, place: SupportsIndex | slice) -> int:  # type: ignore[override]  # nobody cuts them
        self.asked = True
        return super().__getitem__(place)  # type: ignore[return-value]  # as above


def of(*rules: Rule, scale: int = 10**12) -> Rules:
    """The rules of a service of these indicators alone."""
    return replace(RULES["QOF2324"], rules=rules, prevalence_scale=scale)


def alone(rules: Rules, values: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The points of each practice, worked out one by one."""
    return [tuple(score(one) for score in rules.scores) for one in values]


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.why)
def test_the_counts_of_an_indicator_earn_the_points_of_its_kind(score: Score) -> None:
    with np.errstate(all="raise"):  # nothing is divided by nought, not even where nobody looks at what it comes to
        assert points_of_many(rules=of(score.rule), values=[score.counts]) == [(score.points,)]


@pytest.mark.parametrize("lacking", [replace(FRACTION, numerator=None), replace(FRACTION, denominator=None)])
def test_a_share_that_lacks_a_row_is_a_fault_of_ours(lacking: Rule) -> None:
    with pytest.raises(ValueError, match="AF006 has no numerator and denominator"):
        points_of_many(rules=of(lacking), values=[(1, 1)])


@pytest.mark.parametrize(
    ("points", "count", "one_by_one"),
    [(100_000, 10**9 - 1, False), (100_000, 10**9, True), (100_001, 10**9 - 1, True), (100_001, 10**9, True),
     (200_000, 1, True), (1200, 10**10, True), (1200, 1, False)],
)  # fmt: skip
def test_practices_are_scored_one_by_one_where_a_figure_might_be_too_long_for_a_machine_integer_and_only_there(
    points: int, count: int, *, one_by_one: bool
) -> None:
    rules = of(a_rule(Kind.REGISTER), a_rule(Kind.FRACTION, points=points, lower=0, upper=10_000))
    values = [Watched([count, count]), Watched([count - 1, count])]
    assert points_of_many(rules=rules, values=values) == [(1200, points), alone(rules, values[1:])[0]]
    assert values[0].asked is one_by_one


def sums_watched(rules: Rules, size: int, count: int) -> bool:
    """Whether the sums of practices are worked out one by one; whichever way, they come to the same."""
    lists, values = [1, size], [Watched([1]), Watched([count])]
    expected = prevalence_sums(rules=rules, practices=[(1, [1]), (size, [count])])
    assert prevalence_sums_of_many(rules=rules, lists=lists, values=values) == expected
    return values[0].asked


@pytest.mark.parametrize(
    ("scale", "size", "count"),
    [(10**12, HALF - 10**12 * 4_611_686, 4_611_686), (10**4, HALF - 10**4 * 7, 7)],
)
def test_prevalences_are_added_one_by_one_where_a_figure_might_be_too_long_for_a_machine_integer_and_only_there(
    scale: int, size: int, count: int
) -> None:
    rules = of(REGISTER, scale=scale)
    assert not sums_watched(rules, 8_000, 300)
    assert not sums_watched(rules, size - 1, count)
    assert sums_watched(rules, size, count)
    assert sums_watched(rules, size - 1, count + 1)


def test_prevalences_that_fit_add_up_to_a_sum_that_does_not() -> None:
    practices = [(1, [4_000_000 + number]) for number in range(9)]
    found = prevalence_sums_of_many(rules=of(REGISTER), lists=[1] * 9, values=[values for _, values in practices])
    assert found == prevalence_sums(rules=of(REGISTER), practices=practices)
    assert found.raw["AF006"] == 36_000_036 * 10**12 > MACHINE


def test_practices_without_a_list_are_left_out_of_the_sums_and_nobody_at_all_comes_to_nought() -> None:
    rules = of(REGISTER)
    values = [[5], [7], [9]]
    found = prevalence_sums_of_many(rules=rules, lists=[0, 1, 100], values=values)
    assert (found.practices, found.people, found.registers) == (2, 101, {"AF006": 16})
    nobody = prevalence_sums_of_many(rules=rules, lists=[0, 0, 0], values=values)
    assert (nobody.practices, nobody.people, nobody.raw, nobody.registers) == (0, 0, {"AF006": 0}, {"AF006": 0})


@pytest.mark.parametrize("lists", [[100], [100, 100, 100]])
def test_every_practice_has_a_list(lists: list[int]) -> None:
    with pytest.raises(ValueError, match="zip"):
        prevalence_sums_of_many(rules=of(REGISTER), lists=lists, values=[[1], [1]])


@st.composite
def nations(draw: st.DrawFn) -> tuple[Rules, list[int], list[Sequence[int]]]:
    """A service's rules, and some practices with any lists and any counts, as arrays or as lists."""
    rules = RULES[draw(st.sampled_from(sorted(RULES)))]
    practices = draw(st.integers(0, 4))
    some = [(draw(st.lists(COUNTS, min_size=7, max_size=7)), draw(ABSENT)) for _ in range(practices)]
    values = [
        [
            counts[(number * 5 + number // 7) % 7] if slot.required else absent
            for number, slot in enumerate(rules.grid.slots)
        ]
        for counts, absent in some
    ]
    lists = draw(st.lists(st.integers(0, 100_000), min_size=practices, max_size=practices))
    return rules, lists, [array("i", one) for one in values] if draw(st.booleans()) else list(values)


SHARE = st.builds(lambda rule, earns: replace(rule, register=2, empty_earns=earns), SHARES, st.booleans())
PRACTICE = st.tuples(COUNTS, COUNTS, COUNTS).map(lambda counts: (*sorted(counts[:2]), counts[2]))


@given(st.lists(SHARE, min_size=1, max_size=4), st.lists(PRACTICE, max_size=4))
def test_any_shares_earn_what_they_earn_alone(shares: list[Rule], values: list[tuple[int, ...]]) -> None:
    rules = of(*shares)
    assert points_of_many(rules=rules, values=values) == alone(rules, values)


@settings(max_examples=200)
@given(nations())
def test_points_are_those_that_each_practice_earns_alone(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, _, values = made
    assert points_of_many(rules=rules, values=values) == alone(rules, values)


@settings(max_examples=200)
@given(nations())
def test_sums_are_those_of_the_practices_one_by_one(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, lists, values = made
    one_by_one = prevalence_sums(rules=rules, practices=list(zip(lists, values, strict=True)))
    assert prevalence_sums_of_many(rules=rules, lists=lists, values=values) == one_by_one
