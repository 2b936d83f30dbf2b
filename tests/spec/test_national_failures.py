"""The failures of 2010 to 2017 replayed on a nation of a thousand practices: each is held, with its cause and worth.

A run is frozen and inspected as the deployed machine does it, with a clean month behind it. What a fault is worth is
worked out a second time by the oracle, in exact fractions.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from functions.domain.gate.inspecting import inspect
from functions.domain.gate.last import LastRun
from schemas.average_list import average_lists
from schemas.inspection import Effect, Finding, Gate, GateVerdict
from schemas.service import ServiceDocument
from schemas.steps import InspectOutcome
from tests.inputs.gate_nation import Counted, counted_nation, frozen, halved
from tests.integration.inspections import february, holding, march
from tests.integration.worlds import DOCUMENT, GRID, World
from tests.oracle.definition import definition
from tests.oracle.effect import Row, pay, row

PRACTICES = 1_000
ORACLE = definition("QOF2324")
NATION = counted_nation(document=DOCUMENT, practices=PRACTICES)
SLOTS = [(slot.indicator, slot.field) for slot in GRID.slots]


def rows(nation: Mapping[str, Counted], *, last: bool = False) -> dict[str, Row]:
    """The practices as the oracle reads them; those of the clean nation are read once."""
    known = CLEAN_LAST if last else CLEAN
    return {
        code: known[code] if one is NATION.get(code) else read(one, one.last if last else one.values)
        for code, one in nation.items()
    }


def read(one: Counted, values: Sequence[int]) -> Row:
    return row(ORACLE, dict(zip(SLOTS, values, strict=True)), one.size)


CLEAN = {code: read(one, one.values) for code, one in NATION.items()}
CLEAN_LAST = {code: read(one, one.last) for code, one in NATION.items()}


def pence(pounds: Fraction) -> int:
    whole = floor(abs(pounds) * 100 + Fraction(1, 2))
    return whole if pounds >= 0 else -whole


def without(nation: Mapping[str, Counted], faulty: set[str]) -> tuple[int, int]:
    """What the others, and everybody, are paid more for the faulty practices' counting in the national figures."""
    everybody = rows(nation)
    others = [found for code, found in everybody.items() if code not in faulty]
    return (
        pence(pay(ORACLE, everybody.values(), others) - pay(ORACLE, others, others)),
        pence(pay(ORACLE, everybody.values(), everybody.values()) - pay(ORACLE, others, everybody.values())),
    )


def at_last(nation: Mapping[str, Counted], faulty: set[str]) -> int:
    """What the others are paid more than with the faulty practices at their last registers and lists."""
    everybody = rows(nation)
    others = [found for code, found in everybody.items() if code not in faulty]
    then = [*others, *(CLEAN_LAST[code] for code in faulty)]
    return pence(pay(ORACLE, everybody.values(), others) - pay(ORACLE, then, others))


@pytest.fixture(scope="module")
def clean_february() -> World:
    world = World()
    february(world, NATION)
    return world


@pytest.fixture
def world(clean_february: World) -> World:
    """A world of its own for every story, with the same month behind it."""
    return deepcopy(clean_february)


def worth(finding: Finding) -> Effect:
    assert finding.effect is not None
    return finding.effect


def test_a_clean_nation_passes_without_a_hold(world: World) -> None:
    outcome, report = march(world, NATION)
    assert outcome is InspectOutcome.CLEAR
    assert report.baseline is not None
    assert {finding.verdict for finding in report.findings} == {GateVerdict.PASSED}
    assert world.holds.held() == ()


def test_one_suppliers_extract_a_day_short_is_held(world: World) -> None:
    early = {code for code, one in NATION.items() if one.supplier == "tpp"}
    outcome, report = march(world, NATION, stamps=dict.fromkeys(early, 20240330231500))
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.EARLY_SUBMISSIONS, "tpp")
    assert finding.cause.startswith(
        "tpp submitted every count of 250 practices on or before 31 March 2024, the achievement date, so that their "
        "counts stop before the day ends: 250 of 250, 100.00 %, where 1 % may be."
    )
    assert set(finding.practices) == early
    effect = worth(finding)
    assert (effect.others, effect.everybody) == without(NATION, early)
    assert effect.against == "the same run without them"


def test_one_practice_split_and_counted_twice_is_held(world: World) -> None:
    split = {**NATION, "Y99999": replace(NATION["A81123"], code="Y99999")}
    outcome, report = march(world, split)
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.SAME_COUNTS, NATION["A81123"].supplier)
    assert "A81123, Y99999" in finding.cause
    assert "report the very same counts: one practice is counted twice" in finding.cause
    effect = worth(finding)
    assert (effect.others, effect.everybody) == without(split, {"Y99999"})


def test_one_practice_split_whose_registers_stayed_whole_is_held(world: World) -> None:
    whole = NATION["A81123"]
    split = {**NATION, "A81123": replace(whole, size=whole.size // 2)}
    outcome, report = march(world, split)
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.MOVEMENT)
    assert f"its list went from {whole.size:,} to {whole.size // 2:,} and its registers did not follow" in finding.cause
    effect = worth(finding)
    assert effect.others == at_last(split, {"A81123"})


def test_registers_halved_for_one_system_are_held(world: World) -> None:
    lost = {code: halved(one, GRID) for code, one in NATION.items() if one.supplier == "vision"}
    nation = {**NATION, **lost}
    outcome, report = march(world, nation)
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.MOVEMENT, "vision")
    assert finding.cause.startswith("Of vision, the prevalences of its median practice are 0.")
    assert "over 250 practices" in finding.cause
    effect = worth(finding)
    assert effect.against == "the same run with them at their last values"
    assert effect.others == at_last(nation, set(lost))
    assert effect.others > 0, "national prevalence is too low, and everybody else is paid too much"


AREAS = {indicator.code: indicator.group for indicator in DOCUMENT.indicators}


def one_area(one: Counted, area: str, values: Sequence[int]) -> Counted:
    """The practice with the counts of one clinical area replaced."""
    pairs = zip(GRID.slots, one.values, values, strict=True)
    return replace(one, values=[new if AREAS[slot.indicator] == area else own for slot, own, new in pairs])


def test_one_disease_halved_for_one_system_is_held_and_named(world: World) -> None:
    faulty = {code: halved(one, GRID) for code, one in NATION.items() if one.supplier == "tpp"}
    lost = {code: one_area(NATION[code], "DM", one.values) for code, one in faulty.items()}
    nation = {**NATION, **lost}
    outcome, report = march(world, nation)
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.MOVEMENT, "tpp")
    assert finding.cause.startswith("Of tpp, the Diabetes Mellitus Register (DM) moved by itself: in its median ")
    assert set(finding.practices) == set(lost)
    everybody, others = rows(nation), [CLEAN[code] for code in NATION if code not in lost]
    then = [read(one, one.values) for one in (one_area(NATION[code], "DM", NATION[code].last) for code in lost)]
    before = [*others, *then]
    effect = worth(finding)
    assert effect.others == pence(pay(ORACLE, everybody.values(), others) - pay(ORACLE, before, others))
    assert effect.everybody == pence(pay(ORACLE, everybody.values(), everybody.values()) - pay(ORACLE, before, before))
    assert effect.others > 0, "the national prevalence of diabetes is too low, and everybody else is paid too much"


def test_the_lists_of_one_system_at_0_are_held(world: World) -> None:
    lost = {code: replace(one, size=0) for code, one in NATION.items() if one.supplier == "tpp"}
    outcome, report = march(world, {**NATION, **lost})
    assert outcome is InspectOutcome.HELD
    finding = holding(report, Gate.LISTS, "tpp")
    others = [CLEAN[code] for code in NATION if code not in lost]
    then = [*others, *(CLEAN_LAST[code] for code in lost)]
    effect = worth(finding)
    assert effect.others == pence(pay(ORACLE, others, others) - pay(ORACLE, then, others))
    assert effect.everybody == pence(pay(ORACLE, others, others) - pay(ORACLE, then, then))


def test_practices_that_one_supplier_left_out_are_missed(world: World) -> None:
    missing = {code for code, one in sorted(NATION.items()) if one.supplier == "emis"} - {"A81000"}
    here = {code: one for code, one in NATION.items() if code not in missing}
    outcome, report = march(world, here)
    assert outcome is InspectOutcome.HELD
    assert [(one.gate, one.supplier) for one in report.held] == [(Gate.COVERAGE, None), (Gate.COVERAGE, "emis")]
    finding = report.held[1]
    assert finding.cause.startswith("emis is short of 249 practices: 1 of 250 are complete, 0.40 %")
    present = [CLEAN[code] for code in here]
    then = [*present, *(CLEAN_LAST[code] for code in missing)]
    assert worth(finding).others == pence(pay(ORACLE, present, present) - pay(ORACLE, then, present))


# The wrong average lists of 2014: documents of those years, on the nation of today


def of_year(year: int, value: str, people: int, counted: date, authority: str) -> ServiceDocument:
    """The document with the parameters of another year."""
    given = DOCUMENT.parameters
    parameters = given.model_copy(
        update={
            "value_of_point": given.value_of_point.model_copy(
                update={"value": Decimal(value), "date": date(year, 4, 1)}
            ),
            "national_average_list": given.national_average_list.model_copy(
                update={"value": people, "date": counted, "authority": authority}
            ),
            "practice_list": given.practice_list.model_copy(
                update={"value": date(year + 1, 1, 1), "date": date(year, 4, 1)}
            ),
            "aspiration": given.aspiration.model_copy(update={"date": date(year, 4, 1)}),
            "previous_value_of_point": given.previous_value_of_point.model_copy(update={"date": date(year - 1, 4, 1)}),
        }
    )
    days = DOCUMENT.year.model_copy(update={"starts": date(year, 4, 1), "ends": date(year + 1, 3, 31)})
    return DOCUMENT.model_copy(update={"parameters": parameters, "year": days})


def inspected(document: ServiceDocument) -> tuple[Finding, ...]:
    return inspect(
        document=document,
        achievement_date=date(2024, 3, 31),
        practices=frozen(NATION),
        left_out={},
        last=LastRun(document=document, practices=frozen(NATION, last=True), paid=True),
        average_lists=average_lists(),
    )


def national_pay(value: str, people: int) -> Fraction:
    service = replace(ORACLE, value_of_point=Fraction(value))
    return pay(service, CLEAN.values(), CLEAN.values(), people=people)


STATEMENT = "Statement of Financial Entitlements"


@pytest.mark.parametrize(
    ("counted", "authority"),
    [(date(2014, 1, 1), STATEMENT), (date(2013, 1, 1), STATEMENT)],
    ids=["dated as what it is", "under the right date"],
)
def test_the_list_of_the_wrong_january_is_held(counted: date, authority: str) -> None:
    found = inspected(of_year(2013, "156.92", 7042, counted, authority))
    (finding,) = (one for one in found if one.verdict is GateVerdict.HELD)
    assert finding.gate is Gate.PARAMETERS
    assert finding.cause.startswith(
        "national_average_list is not what the rule asks for: the wrong January. 7,042 is the average list of "
        "1 January 2014 as it was used by mistake in April 2014; the rule asks for that of 1 January 2013. "
        "It gives 7,042, but the average list of 1 January 2013 is 6,911."
    )
    effect = worth(finding)
    assert effect.against == "the same run with an average list of 6,911"
    assert effect.everybody == pence(national_pay("156.92", 7042) - national_pay("156.92", 6911))
    assert effect.everybody < 0, "everybody is paid too little"


@pytest.mark.parametrize("authority", ["HSCIC, first publication", STATEMENT])
def test_the_right_january_from_the_wrong_source_is_held(authority: str) -> None:
    found = inspected(of_year(2014, "156.92", 7052, date(2014, 1, 1), authority))
    (finding,) = (one for one in found if one.verdict is GateVerdict.HELD)
    assert finding.gate is Gate.PARAMETERS
    assert finding.cause.startswith(
        "national_average_list is not what the rule asks for: the right January from the wrong source. 7,052 is the "
        "average list of 1 January 2014 as it was first published, from the wrong source"
    )
    assert "the average list of 1 January 2014 is 7,087" in finding.cause
    effect = worth(finding)
    assert effect.everybody == pence(national_pay("156.92", 7052) - national_pay("156.92", 7087))
    assert effect.everybody > 0, "everybody is paid too much"


@pytest.mark.parametrize(
    ("year", "people", "counted"), [(2013, 6911, date(2013, 1, 1)), (2014, 7087, date(2014, 1, 1))]
)
def test_the_right_list_of_those_years_passes(year: int, people: int, counted: date) -> None:
    found = inspected(of_year(year, "156.92", people, counted, STATEMENT))
    assert [one for one in found if one.verdict is GateVerdict.HELD] == []
