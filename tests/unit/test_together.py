"""Many practices together come to what each comes to alone."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs, practice_achievement
from functions.domain.calculate.achievements import achievements_of_many
from functions.domain.calculate.payment import valuation
from functions.domain.calculate.prevalence import national_prevalence, prevalence_sums
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.calculate.together import Counts, counts_of, points_of_many, prevalence_sums_of_many
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


def counts(rules: Rules, values: Sequence[Sequence[int]]) -> Counts:
    return counts_of(values=values, slots=len(rules.grid.slots))


@settings(max_examples=200, deadline=None)
@given(nations())
def test_points_are_those_that_each_practice_earns_alone(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, _, values = made
    alone = [[score(one) for score in rules.scores] for one in values]
    assert points_of_many(rules=rules, counts=counts(rules, values)).tolist() == alone


@settings(max_examples=200, deadline=None)
@given(nations())
def test_sums_are_those_of_the_practices_one_by_one(made: tuple[Rules, list[int], list[Sequence[int]]]) -> None:
    rules, lists, values = made
    one_by_one = prevalence_sums(rules=rules, practices=list(zip(lists, values, strict=True)))
    assert prevalence_sums_of_many(rules=rules, lists=lists, counts=counts(rules, values)) == one_by_one


def test_counts_too_long_for_a_machine_integer_are_taken_one_by_one() -> None:
    rules = RULES["QOF2324"]
    values = [[10**9 + slot for slot in range(len(rules.grid.slots))]]
    alone = [[score(values[0]) for score in rules.scores]]
    assert points_of_many(rules=rules, counts=counts(rules, values)).tolist() == alone
    one_by_one = prevalence_sums(rules=rules, practices=[(3, values[0])])
    assert prevalence_sums_of_many(rules=rules, lists=[3], counts=counts(rules, values)) == one_by_one


@settings(max_examples=200, deadline=None)
@given(nations(), st.lists(st.sampled_from([None, 0, 100, 366]), min_size=4, max_size=4), st.booleans(), st.booleans())
def test_achievements_are_those_of_each_practice_alone(
    made: tuple[Rules, list[int], list[Sequence[int]]],
    days: list[int | None],
    decided: bool,  # noqa: FBT001  # drawn by its place
    rounded: bool,  # noqa: FBT001  # as above
) -> None:
    rules, lists, values = made
    rules = replace(rules, round_each=rounded)
    present = [[max(value, 0) for value in one] for one in values]  # whoever lacks a value is not calculated
    practices = [
        PracticeInputs(
            organisation=f"A8100{number}",
            list_size=size,
            values=one,
            fixed={rules.rules[number].code: 50} if decided else {},
            days_open=open_for,
        )
        for number, (size, one, open_for) in enumerate(zip(lists, present, days, strict=False))
    ]
    many = counts(rules, present)
    sums = prevalence_sums_of_many(rules=rules, lists=lists, counts=many)
    worth = valuation(rules=rules, national=national_prevalence(policy=rules.national_prevalence, sums=sums))
    alone = [practice_achievement(rules=rules, practice=one, worth=worth) for one in practices]
    together = achievements_of_many(rules=rules, practices=practices, counts=many, worth=worth)
    assert list(together) == alone
    assert list(together.totals) == [(one.organisation, one.points, one.available, one.payment) for one in alone]


def test_points_and_people_too_many_for_a_machine_integer_are_paid_one_by_one() -> None:
    rules = RULES["QOF2324"]
    values = [[10**9 + slot for slot in range(len(rules.grid.slots))]]
    practice = PracticeInputs(organisation="A81001", list_size=10**17, values=values[0])
    worth = valuation(rules=rules, national={rule.code: 1 for rule in rules.rules if rule.adjusted})
    alone = practice_achievement(rules=rules, practice=practice, worth=worth)
    many = counts(rules, values)
    (found,) = achievements_of_many(rules=rules, practices=[practice], counts=many, worth=worth)
    assert found == alone
