"""Why pounds changed: the parts add up to the penny, and what did not change is worth nothing."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs, practice_achievement
from functions.domain.calculate.payment import valuation
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.explain.difference import Comparison, Side, Split
from functions.domain.explain.movement import main_cause, national_difference, practice_difference
from schemas.difference import Cause
from tests.inputs.service import small_service

CODES = ("AF001", "AF006", "AF007", "CHD001", "CHD005", "PC001", "QI013", "SMOK002")
EARLIER = service_rules(document=small_service(*CODES, service="QOF1819"))
LATER = service_rules(document=small_service(*CODES))
DOCUMENTS = st.sampled_from([EARLIER, LATER])


def practices(rules: Rules) -> st.SearchStrategy[PracticeInputs]:
    """Practices of any list and counts, some decided, some open for part of the year."""
    slots = rules.grid.slots
    values = st.lists(st.integers(0, 900), min_size=len(slots), max_size=len(slots))
    decided = st.dictionaries(st.sampled_from([rule.code for rule in rules.rules]), st.integers(0, 900), max_size=2)
    return st.builds(
        lambda size, values, fixed, days: PracticeInputs("A81001", size, _valid(rules, values), fixed, days),
        st.integers(0, 100_000),
        values,
        decided,
        st.none() | st.integers(1, 365),
    )


def _valid(rules: Rules, values: list[int]) -> list[int]:
    for numerator, denominator in rules.grid.fractions:
        values[numerator], values[denominator] = sorted((values[numerator], values[denominator]))
    return values


def sides(rules: Rules) -> st.SearchStrategy[Side]:
    codes = [rule.code for rule in rules.rules if rule.adjusted]
    figures = st.integers(0, 10**11)
    return st.fixed_dictionaries(dict.fromkeys(codes, figures)).map(lambda national: Side(rules, national))


def paid(side: Side, one: PracticeInputs) -> int:
    worth = valuation(rules=side.rules, national=side.national)
    return practice_achievement(rules=side.rules, practice=one, worth=worth).payment


@given(st.data(), DOCUMENTS, DOCUMENTS)
def test_the_parts_add_up_to_the_difference_of_the_two_payments(data: st.DataObject, a: Rules, b: Rules) -> None:
    before, after = data.draw(sides(a)), data.draw(sides(b))
    one, other = data.draw(practices(a)), data.draw(practices(b))
    split = Comparison(before=before, after=after).split(before=one, after=other)
    assert (split.before, split.after) == (paid(before, one), paid(after, other))
    assert sum(split.parts.values()) == split.difference == paid(after, other) - paid(before, one)


@given(st.data())
def test_between_a_run_and_itself_nothing_is_worth_anything(data: st.DataObject) -> None:
    side, one = data.draw(sides(LATER)), data.draw(practices(LATER))
    assert set(Comparison(before=side, after=side).split(before=one, after=one).parts.values()) == {0}


CHANGES: dict[Cause, Callable[[Side, PracticeInputs], tuple[Side, PracticeInputs]]] = {
    Cause.OWN_COUNTS: lambda side, one: (side, replace(one, values=[count // 2 for count in one.values])),
    Cause.LIST_SIZE: lambda side, one: (side, replace(one, list_size=one.list_size + 500)),
    Cause.CONTRACT: lambda side, one: (side, replace(one, days_open=100)),
    Cause.DECISIONS: lambda side, one: (side, replace(one, fixed={**one.fixed, "PC001": 123})),
    Cause.NATIONAL_PREVALENCE: lambda side, one: (
        replace(side, national={code: 2 * figure + 1 for code, figure in side.national.items()}),
        one,
    ),
    Cause.NATIONAL_LIST: lambda side, one: (
        replace(side, rules=replace(side.rules, national_average_list=9_964)),
        one,
    ),
    Cause.PARAMETERS: lambda side, one: (replace(side, rules=replace(side.rules, value_of_point=22_049)), one),
    Cause.RULES: lambda side, one: (replace(side, rules=_harder(side.rules)), one),
}


def _harder(rules: Rules) -> Rules:
    return replace(rules, rules=tuple(replace(rule, points=rule.points // 2) for rule in rules.rules))


@pytest.mark.parametrize("cause", CHANGES)
@given(data=st.data())
def test_what_did_not_change_is_worth_nothing_and_the_one_change_is_worth_all(
    cause: Cause, data: st.DataObject
) -> None:
    side, one = data.draw(sides(LATER)), data.draw(practices(LATER))
    after, other = CHANGES[cause](side, one)
    split = Comparison(before=side, after=after).split(before=one, after=other)
    assert {name: worth for name, worth in split.parts.items() if name is not cause and worth} == {}
    assert split.parts[cause] == split.difference == paid(after, other) - paid(side, one)


@pytest.mark.parametrize("part_year", ["no longer", "not yet"])
@given(data=st.data(), days=st.integers(1, 365))
def test_a_year_that_reduces_part_year_contracts_and_one_that_does_not_differ_by_their_rules(
    part_year: str, data: st.DataObject, days: int
) -> None:
    reducing = data.draw(sides(LATER))
    full = replace(reducing, rules=replace(LATER, days=None))
    before, after = (reducing, full) if part_year == "no longer" else (full, reducing)
    one = replace(data.draw(practices(LATER)), days_open=days)
    split = Comparison(before=before, after=after).split(before=one, after=one)
    assert split.parts == {**dict.fromkeys(Cause, 0), Cause.RULES: paid(after, one) - paid(before, one)}


@given(st.data())
def test_a_practice_in_one_of_the_two_runs_only_is_participation(data: st.DataObject) -> None:
    side, one = data.draw(sides(LATER)), data.draw(practices(LATER))
    comparison, amount = Comparison(before=side, after=side), paid(side, one)
    left, came = comparison.split(before=one, after=None), comparison.split(before=None, after=one)
    assert (left.parts[Cause.PARTICIPATION], left.difference) == (-amount, -amount)
    assert (came.parts[Cause.PARTICIPATION], came.difference) == (amount, amount)


def test_a_practice_in_neither_run_is_a_mistake_of_the_caller() -> None:
    side = Side(LATER, dict.fromkeys((rule.code for rule in LATER.rules if rule.adjusted), 10**10))
    with pytest.raises(ValueError, match="neither"):
        Comparison(before=side, after=side).split(before=None, after=None)


def test_a_year_compared_with_another_puts_what_only_one_of_them_knows_under_rules() -> None:
    """QI013 is new in 2023/24: its points cannot come from counts that the year before never asked for."""
    national = dict.fromkeys(("AF001", "AF006", "AF007", "CHD001", "CHD005", "SMOK002"), 10**10)
    before, after = (
        Side(rules, {rule.code: national[rule.code] for rule in rules.rules if rule.adjusted})
        for rules in (EARLIER, LATER)
    )
    assert "QI013" not in EARLIER.grid.numbers
    flag = LATER.grid.numbers["QI013"]["Yes/No Flag"]
    nothing, said_yes = [0] * len(LATER.grid.slots), [0] * len(LATER.grid.slots)
    said_yes[flag] = 1
    one = PracticeInputs("A81001", 9_639, [0] * len(EARLIER.grid.slots))
    quiet, yes = (
        Comparison(before=before, after=after).split(before=one, after=PracticeInputs("A81001", 9_639, values))
        for values in (nothing, said_yes)
    )
    assert quiet.parts[Cause.RULES] == 0
    assert yes.parts[Cause.OWN_COUNTS] == 0
    assert yes.parts[Cause.RULES] == yes.difference == 27 * 21_343


def split(code: str, before: int | None, after: int | None, **parts: int) -> Split:
    given = {Cause[name.upper()]: worth for name, worth in parts.items()}
    return Split(code, before, after, {**dict.fromkeys(Cause, 0), **given})


def test_a_difference_is_said_in_a_sentence_with_its_main_cause() -> None:
    sentences = [
        practice_difference(split=one, before_run="a", after_run="b").sentence
        for one in (
            split("A1", 100_000, 90_000, own_counts=-12_000, list_size=2_000),
            split("A2", 100_000, 150_050, national_list=50_050),
            split("A3", 100, 100),
            split("A4", 100, 100, own_counts=5, list_size=-5),
            split("A5", None, 123_456, participation=123_456),
        )
    ]
    assert sentences == [
        "A1 is paid £100.00 less: -£120.00 by own counts, +£20.00 by everything else.",
        "A2 is paid £500.50 more, all of it by national list.",
        "A3 is paid the same: nothing that changed moved the pounds.",
        "A4 is paid the same: what changed cancels out.",
        "A5 is in the later run only, with £1,234.56.",
    ]


def test_the_main_cause_is_the_one_that_moved_the_payment_its_way() -> None:
    assert main_cause(split=split("A", 0, 10, own_counts=-90, rules=100)) is Cause.RULES
    assert main_cause(split=split("A", 10, 0, own_counts=-90, rules=80)) is Cause.OWN_COUNTS


def test_a_nation_is_summed_by_cause_and_names_who_moved_most() -> None:
    splits = (
        split("A1", 100, 300, own_counts=250, list_size=-50),
        split("A2", 500, 400, list_size=-100),
        split("A3", 70, 70),
        split("A4", 900, None, participation=-900),
    )
    told = national_difference(splits=splits, before_run="a", after_run="b")
    assert (told.before, told.after, told.difference) == ("15.70", "7.70", "-8.00")
    assert sum(Decimal(part.pounds) for part in told.parts) == Decimal(told.difference)
    assert (told.up, told.down, told.same, told.only_before, told.only_after) == (1, 1, 1, 1, 0)
    assert [(mover.organisation, mover.cause) for mover in told.movers] == [
        ("A4", Cause.PARTICIPATION), ("A1", Cause.OWN_COUNTS), ("A2", Cause.LIST_SIZE),
    ]  # fmt: skip
