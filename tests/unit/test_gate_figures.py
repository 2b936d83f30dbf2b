"""The figures that the gates compare: payments of a nation, roundings, medians, who serves a practice."""

from array import array
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from functions.domain.calculate.achievement import practice_achievement
from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.calculate.payment import valuation
from functions.domain.calculate.prevalence import national_prevalence, prevalence_sums
from functions.domain.gate.nation import nation, national_figures, pence
from functions.domain.gate.nation import paid as nation_paid
from functions.domain.gate.ratio import beyond, median
from functions.domain.gate.stake import adjusted_rules, counted_slots, last_submitted, register_slots, stake
from functions.domain.submission import FILE
from tests.inputs.gate_nation import NOW, frozen
from tests.inputs.inspected_nation import (
    DOCUMENT,
    GRID,
    NATION,
    RULES,
)


def test_what_a_nation_is_paid_is_the_sum_of_its_payments_but_for_their_rounding() -> None:
    slots = register_slots(document=DOCUMENT, grid=GRID)
    practices = [part_of_a_year(one) for one in frozen(NATION)]
    stakes = [
        stake(
            rules=RULES, counts={n: one.submission.values[s] for n, s in slots.items()},
            values=one.submission.values, latest=NOW, practice=one,
        )
        for one in practices
    ]  # fmt: skip
    together = nation(stakes, size=len(adjusted_rules(rules=RULES)))
    sums = prevalence_sums(rules=RULES, practices=((one.list_size, one.submission.values) for one in practices))
    national = national_prevalence(policy=RULES.national_prevalence, sums=sums)
    figures = national_figures(rules=RULES, of=together)
    assert figures == tuple(national[rule.code] for rule in adjusted_rules(rules=RULES))
    worth = valuation(rules=RULES, national=national)
    payments = [practice_achievement(rules=RULES, practice=one.inputs, worth=worth).payment for one in practices]
    assert abs(nation_paid(rules=RULES, to=together, by=figures) - sum(payments)) <= Fraction(len(payments), 2)
    assert (together + together) - together == together


def part_of_a_year(practice: FrozenPractice) -> FrozenPractice:
    """Some practices open for part of the year, some with points that a decision gives."""
    if practice.organisation.endswith("7"):
        return replace(practice, days_open=100)
    if practice.organisation.endswith("8"):
        return replace(practice, fixed={"AF006": FixedPoints(600, "decision")})
    return practice


def test_amounts_are_rounded_to_a_penny_away_from_nought() -> None:
    assert [pence(Fraction(n, 2)) for n in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


def test_a_median_is_the_middle_or_the_mean_of_both_middles() -> None:
    assert [median([]), median([3]), median([9, 1, 5]), median([1, 2])] == [None, 3, 5, 2]


def test_what_is_beyond_a_factor_is_so_in_both_directions_and_not_at_it() -> None:
    ratios = (None, 499_999, 500_000, 2_000_000, 2_000_001)
    assert [beyond(ratio=ratio, factor=Decimal(2)) for ratio in ratios] == [False, True, False, False, True]


def test_a_practice_of_two_files_is_served_by_the_one_that_sent_more() -> None:
    (code, one), *_ = NATION.items()
    (practice,) = frozen({code: one})
    files = (practice.files[0], replace(practice.files[0], id="other", supplier="vision"))
    places = [place + FILE * (slot >= 10) for slot, place in enumerate(practice.submission.places)]
    practice = replace(practice, submission=replace(practice.submission, places=array("q", places)))
    slots = register_slots(document=DOCUMENT, grid=GRID)
    values = practice.submission.values
    found = stake(
        rules=RULES, counts={name: values[slot] for name, slot in slots.items()}, values=values,
        latest=last_submitted(slots=counted_slots(grid=GRID), practice=practice),
        practice=replace(practice, files=files),
    )  # fmt: skip
    assert found.supplier == "vision"
    assert found.latest == NOW
