"""Many practices together come to what each comes to alone."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, SupportsIndex

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs, practice_achievement
from functions.domain.calculate.achievements import Achievements, achievements_of_many
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.prevalence import PrevalenceSums, national_prevalence, prevalence_sums
from functions.domain.calculate.rules import Rule, Rules, service_rules
from functions.domain.calculate.together import Counts, counts_of, points_of_many, prevalence_sums_of_many
from schemas.catalogue import service_codes, service_document
from schemas.service import Kind
from tests.inputs.rule import SHARES, a_rule
from tests.inputs.scores import FRACTION, SCORES, Score

RULES = {code: service_rules(document=service_document(code)) for code in service_codes()}
MOST_SLOTS = max(len(rules.grid.slots) for rules in RULES.values())
COUNTS = st.one_of(st.sampled_from([0, 1, 2, 999_999_999]), st.integers(0, 40), st.integers(0, 100_000))
ABSENT = st.sampled_from([-1, 0, 7])  # what no indicator is scored by may be missing
REGISTER = replace(a_rule(Kind.REGISTER), adjusted=True)  # its register is the first value
FLAG = a_rule(Kind.YES_NO)  # and so is its flag
TOO_LONG = 2**62  # twice this does not fit into a machine integer


class Watched(list[int]):
    """Values that know whether anybody asked for one of them, as who takes practices one by one has to."""

    asked = False

    def __getitem__(self, place: SupportsIndex | slice) -> int:  # type: ignore[override]  # nobody cuts them
        self.asked = True
        return super().__getitem__(place)  # type: ignore[return-value]  # as above


def of(*rules: Rule, scale: int = 10**12) -> Rules:
    """The rules of a service of these indicators alone."""
    total = sum(rule.points for rule in rules)
    return replace(RULES["QOF2324"], rules=rules, zero_groups=(), total=total, prevalence_scale=scale)


def counts(values: Sequence[Sequence[int]]) -> Counts:
    """The counts of practices that have the same slots; where there are none, as many as a service ever has."""
    return counts_of(values=values, slots=len(values[0]) if values else MOST_SLOTS)


def points(rules: Rules, values: Sequence[Sequence[int]]) -> list[list[int]]:
    """The points of practices, worked out together."""
    found: list[list[int]] = points_of_many(rules=rules, counts=counts(values)).tolist()
    return found


def points_alone(rules: Rules, values: Sequence[Sequence[int]]) -> list[list[int]]:
    """The points of practices, worked out one by one."""
    return [[score(one) for score in rules.scores] for one in values]


def sums(rules: Rules, lists: Sequence[int], values: Sequence[Sequence[int]]) -> PrevalenceSums:
    """The sums of prevalences, worked out together."""
    return prevalence_sums_of_many(rules=rules, lists=lists, counts=counts(values))


def worth_of(rules: Rules, practices: Sequence[PracticeInputs]) -> Valuation:
    """What a point is worth where these practices are the nation."""
    alone = prevalence_sums(rules=rules, practices=[(one.list_size, one.values) for one in practices])
    return valuation(rules=rules, national=national_prevalence(policy=rules.national_prevalence, sums=alone))


def achieved(rules: Rules, practices: Sequence[PracticeInputs]) -> Achievements:
    """What practices achieved, worked out together, and the same as each by itself."""
    worth = worth_of(rules, practices)
    many = counts([one.values for one in practices])
    found = achievements_of_many(rules=rules, practices=practices, counts=many, worth=worth)
    alone = [practice_achievement(rules=rules, practice=one, worth=worth) for one in practices]
    assert list(found) == alone
    assert list(found.totals) == [(one.organisation, one.points, one.available, one.payment) for one in alone]
    return found


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.why)
def test_the_counts_of_an_indicator_earn_the_points_of_its_kind(score: Score) -> None:
    with np.errstate(all="raise"):  # nothing is divided by nought, not even where nobody looks at what it comes to
        assert points(of(score.rule), [score.counts]) == [[score.points]]


@pytest.mark.parametrize("lacking", [replace(FRACTION, numerator=None), replace(FRACTION, denominator=None)])
def test_a_share_that_lacks_a_row_is_a_fault_of_ours(lacking: Rule) -> None:
    with pytest.raises(ValueError, match="AF006 has no numerator and denominator"):
        points(of(lacking), [(1, 1)])


def test_arrays_are_taken_as_they_are_at_half_the_memory_of_lists() -> None:
    assert counts([array("i", [65, 100])]).matrix.itemsize == 4
    assert counts([[65, 100]]).matrix.itemsize == 8


def test_values_may_stand_in_arrays_and_in_lists_beside_each_other() -> None:
    assert points(of(FRACTION), [array("i", [65, 100]), [90, 100]]) == [[600], [1200]]


@pytest.mark.parametrize(
    ("offered", "count", "one_by_one"),
    [(100_000, 10**9 - 1, False), (100_000, 10**9, True), (100_001, 10**9 - 1, True), (100_001, 10**9, True),
     (200_000, 1, True), (1200, 10**10, True), (1200, 1, False)],
)  # fmt: skip
def test_practices_are_scored_one_by_one_where_a_figure_might_be_too_long_for_a_machine_integer_and_only_there(
    offered: int, count: int, *, one_by_one: bool
) -> None:
    rules = of(a_rule(Kind.REGISTER), a_rule(Kind.FRACTION, points=offered, lower=0, upper=10_000))
    values = [Watched([count, count]), Watched([count - 1, count])]
    assert points(rules, values) == [[1200, offered], points_alone(rules, values[1:])[0]]
    assert values[0].asked is one_by_one


def sums_watched(rules: Rules, size: int, count: int) -> bool:
    """Whether the sums of practices are worked out one by one; whichever way, they come to the same."""
    values = [Watched([1]), Watched([count])]
    assert sums(rules, [1, size], values) == prevalence_sums(rules=rules, practices=[(1, [1]), (size, [count])])
    return values[0].asked


@pytest.mark.parametrize(
    ("scale", "size", "count"),
    [(10**12, TOO_LONG - 10**12 * 4_611_686, 4_611_686), (10**4, TOO_LONG - 10**4 * 7, 7)],
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
    found = sums(of(REGISTER), [1] * 9, [values for _, values in practices])
    assert found == prevalence_sums(rules=of(REGISTER), practices=practices)
    assert found.raw["AF006"] == 36_000_036 * 10**12 > 2 * TOO_LONG


def test_practices_without_a_list_are_left_out_of_the_sums_and_nobody_at_all_comes_to_nought() -> None:
    values = [[5], [7], [9]]
    found = sums(of(REGISTER), [0, 1, 100], values)
    assert (found.practices, found.people, found.registers) == (2, 101, {"AF006": 16})
    for nobody in (sums(of(REGISTER), [0, 0, 0], values), sums(of(REGISTER), [], [])):
        assert (nobody.practices, nobody.people, nobody.raw, nobody.registers) == (0, 0, {"AF006": 0}, {"AF006": 0})


@pytest.mark.parametrize("lists", [[100], [100, 100, 100]])
def test_every_practice_has_a_list(lists: list[int]) -> None:
    with pytest.raises(ValueError, match="zip"):
        sums(of(REGISTER), lists, [[1], [1]])


def test_every_practice_has_counts() -> None:
    rules, practice = of(FLAG), PracticeInputs("A81001", 8_000, [1])
    with pytest.raises(ValueError, match="zip"):
        achievements_of_many(
            rules=rules, practices=[practice], counts=counts([[1], [1]]), worth=worth_of(rules, [practice])
        )


def test_a_practice_is_paid_for_its_register_or_for_its_list_and_nothing_without_one() -> None:
    found = achieved(of(REGISTER, FLAG), [PracticeInputs("A81001", 8_000, [300]), PracticeInputs("A81002", 0, [300])])
    assert found.points.tolist() == [[1200, 1200], [1200, 1200]]
    assert found.paid.tolist() == [[1200 * 300, 1200 * 8_000], [0, 0]]
    assert [total.payment > 0 for total in found.totals] == [True, False]
    assert found.alone == {}


def test_practices_with_decided_points_or_part_of_a_year_are_taken_by_themselves_and_no_other() -> None:
    practice = PracticeInputs("A81001", 8_000, [300])
    practices = [practice, replace(practice, fixed={"AF006": 50}), replace(practice, days_open=0), practice]
    found = achieved(of(REGISTER), practices)
    assert list(found.alone) == [1, 2]
    assert found.paid.tolist() == [[1200 * 300], [0], [0], [1200 * 300]]
    assert list(achieved(replace(of(REGISTER), round_each=True), practices).alone) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("size", "count", "by_itself"), [(1, 1, False), (2**52, 1, True), (1, 2**52, True), (2**53, 1, True)]
)
def test_a_practice_too_large_for_a_machine_integer_is_taken_by_itself_and_one_that_is_not_quite_is_not(
    size: int, count: int, *, by_itself: bool
) -> None:
    rules = of(replace(REGISTER, points=512), replace(FLAG, points=512))  # 2**10 hundredths, and so 2**62 in the end
    nearly = PracticeInputs("A81001", min(size, 2**52 - 1), [min(count, 2**52 - 1)])
    found = achieved(rules, [nearly, PracticeInputs("A81002", size, [count])])
    assert list(found.alone) == ([1] if by_itself else [])


class Nation(NamedTuple):
    """A service's rules, and some practices by their lists and their values."""

    rules: Rules
    lists: list[int]
    values: list[Sequence[int]]


@st.composite
def _nations(draw: st.DrawFn) -> Nation:
    """Any of the services, practices with any lists and any counts, as arrays or as lists."""
    rules = replace(RULES[draw(st.sampled_from(sorted(RULES)))], round_each=draw(st.booleans()))
    practices = draw(st.integers(0, 4))
    some = [(draw(st.lists(COUNTS, min_size=7, max_size=7)), draw(ABSENT)) for _ in range(practices)]
    values = [
        [
            found[(number * 5 + number // 7) % 7] if slot.required else absent
            for number, slot in enumerate(rules.grid.slots)
        ]
        for found, absent in some
    ]
    lists = draw(st.lists(st.integers(0, 100_000), min_size=practices, max_size=practices))
    return Nation(rules, lists, [array("i", one) for one in values] if draw(st.booleans()) else list(values))


NATIONS = _nations()
SHARE = st.builds(lambda rule, earns: replace(rule, register=2, empty_earns=earns), SHARES, st.booleans())
PRACTICE = st.tuples(COUNTS, COUNTS, COUNTS).map(lambda counts: (*sorted(counts[:2]), counts[2]))


@given(st.lists(SHARE, min_size=1, max_size=4), st.lists(PRACTICE, max_size=4))
def test_any_shares_earn_what_they_earn_alone(shares: list[Rule], values: list[tuple[int, ...]]) -> None:
    assert points(of(*shares), values) == points_alone(of(*shares), values)


@settings(max_examples=200)
@given(NATIONS)
def test_points_are_those_that_each_practice_earns_alone(made: Nation) -> None:
    assert points(made.rules, made.values) == points_alone(made.rules, made.values)


@settings(max_examples=200)
@given(NATIONS)
def test_sums_are_those_of_the_practices_one_by_one(made: Nation) -> None:
    one_by_one = prevalence_sums(rules=made.rules, practices=list(zip(made.lists, made.values, strict=True)))
    assert sums(made.rules, made.lists, made.values) == one_by_one


@settings(max_examples=200)
@given(NATIONS, st.lists(st.sampled_from([None, None, 0, 100, 366]), min_size=4), st.sets(st.integers(0, 3)))
def test_achievements_are_those_of_each_practice_alone(made: Nation, days: list[int | None], decided: set[int]) -> None:
    """The comparison itself is in `achieved`."""
    practices = [
        PracticeInputs(
            organisation=f"A8100{number}",
            list_size=size,
            values=values,
            fixed={made.rules.rules[number].code: 50} if number in decided else {},
            days_open=days[number],
        )
        for number, (size, values) in enumerate(zip(made.lists, made.values, strict=True))
    ]
    achieved(made.rules, practices)
