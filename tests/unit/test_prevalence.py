"""National prevalence: over whom, to how many decimals, and by which policy."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.prevalence import PrevalenceSums, national_prevalence
from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.text import decimal_text
from schemas.policy import NationalPrevalence
from tests.inputs.small_nation import NATION, REGISTER, RULES, practice, sums

MEAN, POOLED = NationalPrevalence.MEAN_OF_PRACTICES, NationalPrevalence.POOLED


def figure(policy: NationalPrevalence, nation: Sequence[PracticeInputs]) -> str:
    return decimal_text(national_prevalence(policy=policy, sums=sums(nation))["AF001"], places=12)


def test_the_national_figure_is_the_mean_of_the_practices_or_all_people_on_all_lists() -> None:
    nation = [practice(1000, 10), practice(3000, 90)]
    assert figure(MEAN, nation) == "0.020000000000"
    assert figure(POOLED, nation) == "0.025000000000"


def test_there_is_a_figure_for_each_indicator_whose_pounds_follow_prevalence_and_for_no_other() -> None:
    assert list(sums([practice(1000, 10, other=7)]).registers.items()) == [("AF001", 10), ("AF006", 10)]


@pytest.mark.parametrize("policy", NationalPrevalence)
def test_a_practice_counts_with_an_empty_register_and_not_with_an_empty_list(policy: NationalPrevalence) -> None:
    assert figure(policy, [practice(1000, 10), practice(1000, 0), practice(0, 70)]) == "0.005000000000"


def test_a_list_of_one_person_counts_as_any_other() -> None:
    assert figure(MEAN, [practice(1, 1), practice(1000, 0)]) == "0.500000000000"


def test_a_practices_prevalence_is_held_to_12_decimals_half_up_before_the_mean() -> None:
    assert sums([practice(3, 1)]).raw["AF001"] == 333_333_333_333
    assert sums([practice(3, 2)]).raw["AF001"] == 666_666_666_667
    assert sums([practice(3, 1), practice(3, 2)]).raw["AF001"] == 10**12


def test_the_mean_is_held_to_12_decimals_half_up_too() -> None:
    three = PrevalenceSums(scale=10**12, practices=3, people=3, raw={"AF001": 2}, registers={"AF001": 0})
    two = PrevalenceSums(scale=10**12, practices=2, people=2, raw={"AF001": 1}, registers={"AF001": 0})
    assert national_prevalence(policy=MEAN, sums=three) == {"AF001": 1}
    assert national_prevalence(policy=MEAN, sums=two) == {"AF001": 1}


@given(NATION, st.integers(1, 10**12))
def test_whatever_the_decimals_each_practices_prevalence_is_rounded_half_up(
    nation: list[PracticeInputs], scale: int
) -> None:
    found, listed = sums(nation, replace(RULES, prevalence_scale=scale)), [one for one in nation if one.list_size]
    each = [half_up(numerator=one.values[REGISTER] * scale, denominator=one.list_size) for one in listed]
    assert found == PrevalenceSums(
        scale=scale,
        practices=len(listed),
        people=sum(one.list_size for one in listed),
        raw=dict.fromkeys(("AF001", "AF006"), sum(each)),
        registers=dict.fromkeys(("AF001", "AF006"), sum(one.values[REGISTER] for one in listed)),
    )


@pytest.mark.parametrize("policy", NationalPrevalence)
def test_where_nobody_is_counted_the_national_figure_is_0(policy: NationalPrevalence) -> None:
    assert figure(policy, [practice(0, 0), practice(0, 5)]) == "0.000000000000"


@given(NATION, NATION)
def test_sums_over_two_parts_of_a_nation_add_up_to_those_of_the_whole(
    one: list[PracticeInputs], two: list[PracticeInputs]
) -> None:
    whole, parts = sums(one + two), (sums(one), sums(two))
    assert whole.practices == sum(part.practices for part in parts)
    assert whole.people == sum(part.people for part in parts)
    for code, total in whole.raw.items():
        assert total == sum(part.raw[code] for part in parts)
        assert whole.registers[code] == sum(part.registers[code] for part in parts)
