"""Nations of a few practices and four indicators: a register, a share of it, and two that are not adjusted."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from functions.domain.calculate.achievement import Achievement, PracticeInputs, practice_achievement
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.prevalence import PrevalenceSums, national_prevalence, prevalence_sums
from functions.domain.calculate.rules import Rules, service_rules
from schemas.policy import NationalPrevalence
from tests.inputs.service import small_service

CODES = ("AF001", "AF006", "PC001", "QI013")
RULES = service_rules(document=small_service(*CODES))
REGISTER, AF006_REGISTER, NUMERATOR, DENOMINATOR, PALLIATIVE, FLAG = (
    RULES.grid.numbers[code][field]
    for code, field in [
        ("AF001", "Atrial Fibrillation Register"),
        ("AF006", "Atrial Fibrillation Register"),
        ("AF006", "Numerator"),
        ("AF006", "Denominator"),
        ("PC001", "Palliative Care Register"),
        ("QI013", "Yes/No Flag"),
    ]
)


def practice(size: int, register: int, numerator: int = 0, denominator: int = 0, other: int = 0) -> PracticeInputs:
    """A practice by its list, its register of atrial fibrillation, one fraction, and whatever is not adjusted."""
    values = [0] * len(RULES.grid.slots)
    values[REGISTER] = values[AF006_REGISTER] = register
    values[NUMERATOR], values[DENOMINATOR] = numerator, denominator
    values[PALLIATIVE] = values[FLAG] = other
    return PracticeInputs("A81001", size, tuple(values))


WHOLE_YEAR = st.builds(
    lambda size, register, counts, other: practice(size, min(size, register), counts[0], counts[1], other),
    st.integers(0, 100_000),
    st.integers(0, 3_000),
    st.lists(st.integers(0, 2_000), min_size=2, max_size=2).map(sorted),
    st.integers(0, 1),
)
PRACTICE = st.builds(
    lambda one, fixed, days: replace(one, fixed=fixed, days_open=days),
    WHOLE_YEAR,
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 1200), max_size=2),
    st.none() | st.integers(0, 366),
)
NATION = st.lists(PRACTICE, min_size=1, max_size=6)
SERVICES = st.sampled_from(
    [
        RULES,
        replace(RULES, round_each=True),
        replace(RULES, days=None),
        replace(RULES, prevalence_scale=10**4, national_prevalence=NationalPrevalence.POOLED),
    ]
)


def sums(nation: Sequence[PracticeInputs], rules: Rules = RULES) -> PrevalenceSums:
    """What the national figures of a nation are worked out from."""
    return prevalence_sums(rules=rules, practices=[(one.list_size, one.values) for one in nation])


def calculated(
    nation: Sequence[PracticeInputs], rules: Rules = RULES
) -> tuple[Valuation, dict[str, int], list[Achievement]]:
    """What a point is worth in a nation, its national prevalences, and what its practices achieved."""
    national = dict(national_prevalence(policy=rules.national_prevalence, sums=sums(nation, rules)))
    worth = valuation(rules=rules, national=national)
    return worth, national, [practice_achievement(rules=rules, practice=one, worth=worth) for one in nation]
