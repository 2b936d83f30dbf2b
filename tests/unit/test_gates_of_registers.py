"""A fault in one disease's register moves no median of all registers: each is judged by itself too."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from functions.domain.gate.registers import distance
from schemas.inspection import Finding, Gate, GateVerdict
from tests.inputs.gate_nation import Counted, halved
from tests.inputs.inspected_nation import DOCUMENT, GRID, NATION, changed, held, inspected, served

GROUPS = {indicator.code: indicator.group for indicator in DOCUMENT.indicators}
DIABETES = "Diabetes Mellitus Register (DM)"
LARGE = "A81016"  # an emis practice whose diabetes register is large


def counting(one: Counted, group: str, how: Callable[[int], int]) -> Counted:
    """The practice with every count of one area changed."""
    slots = zip(GRID.slots, one.values, strict=True)
    return replace(one, values=[how(v) if GROUPS[s.indicator] == group and not s.flag else v for s, v in slots])


def none(_: int) -> int:
    return 0


def passed(found: tuple[Finding, ...]) -> Finding:
    return next(one for one in found if (one.gate, one.verdict) == (Gate.MOVEMENT, GateVerdict.PASSED))


@pytest.mark.parametrize("group", ["DM", "DEM", "PC"])
@pytest.mark.parametrize("how", [none, lambda count: count // 2, lambda count: count * 2], ids=["0", "half", "twice"])
def test_one_register_of_a_supplier_that_moved_holds_the_run_and_is_named(
    group: str, how: Callable[[int], int]
) -> None:
    lost = {code: counting(NATION[code], group, how) for code in served("tpp")}
    found = inspected(changed(**lost))
    assert held(found) == [(Gate.MOVEMENT, "tpp")]
    assert found[0].practices == tuple(sorted(lost))
    assert f"Register ({group}) moved by itself: in its median practice of 40" in found[0].cause
    assert found[0].effect is not None


def test_the_finding_on_a_register_says_its_people_and_what_only_it_is_worth() -> None:
    lost = {code: counting(NATION[code], "DM", none) for code in served("tpp")}
    (finding,) = (one for one in inspected(changed(**lost)) if one.verdict is GateVerdict.HELD)
    assert finding.cause.startswith(
        f"Of tpp, the {DIABETES} moved by itself: in its median practice of 40 its prevalence is 0.00"
    )
    assert "In the 40 practices beyond that it counts 0 people, and counted " in finding.cause
    assert finding.effect is not None
    assert finding.effect.against == "the same run with these registers at their last values"
    assert finding.effect.others > 0 > finding.effect.everybody - finding.effect.others
    assert finding.evidence[0].present.startswith("0 people on a list of ")


def test_one_row_of_a_register_that_fell_is_seen_though_the_others_of_the_register_stand() -> None:
    slot = GRID.numbers["DM020"]["Diabetes Mellitus Register"]
    lost = {
        code: replace(NATION[code], values=[0 if n == slot else v for n, v in enumerate(NATION[code].values)])
        for code in served("tpp")
    }
    assert held(inspected(changed(**lost))) == [(Gate.MOVEMENT, "tpp")]


def test_a_practice_whose_register_vanished_is_named_with_it_and_what_that_is_worth() -> None:
    found = inspected(changed(**{LARGE: counting(NATION[LARGE], "DM", none)}))
    assert held(found) == [(Gate.MOVEMENT, None)]
    people = NATION[LARGE].last[GRID.numbers["DM017"]["Diabetes Mellitus Register"]]
    assert found[0].practices == (LARGE,)
    assert f"{LARGE} (emis), its {DIABETES} from {people:,} to 0 people, " in found[0].cause
    assert found[0].effect is not None
    assert found[0].evidence[0].pence == found[0].effect.others


def test_a_register_that_vanished_but_is_worth_little_is_told_and_does_not_hold_the_run() -> None:
    found = inspected(changed(**{LARGE: counting(NATION[LARGE], "EP", none)}))
    assert held(found) == []
    told = passed(found)
    assert told.practices == (LARGE,)
    assert told.cause.endswith(
        "Single registers of 1 practice moved by more than 5 times, each worth less than 10,000 pounds to the practice."
    )
    assert "Epilepsy Register (EP): prevalence 0.00" in told.evidence[0].what


def test_a_register_too_small_to_say_is_neither_held_nor_told() -> None:
    few = {code: counting(one, "DM", lambda count: min(count, 19)) for code, one in NATION.items()}
    last = {code: replace(one, last=one.values) for code, one in few.items()}
    found = inspected({**last, LARGE: counting(last[LARGE], "DM", none)}, last=last)
    assert not any(DIABETES in line.what for one in found for line in one.evidence)


def test_the_median_of_few_practices_is_not_judged_as_a_suppliers() -> None:
    few = {code: replace(one, supplier="small") for code, one in NATION.items() if code in served("tpp")[:9]}
    lost = {code: counting(one, "DM", lambda count: count // 2) for code, one in few.items()}
    assert held(inspected(changed(**lost), last=changed(**few))) == []


def test_practices_of_a_supplier_that_moved_in_all_registers_are_not_judged_again_one_by_one() -> None:
    lost = {code: halved(NATION[code], GRID) for code in served("tpp")}
    assert len(held(inspected(changed(**lost)))) == 1


def test_the_register_that_moved_unlike_the_others_of_a_supplier_at_fault_is_told() -> None:
    lost = {code: counting(halved(NATION[code], GRID), "DM", none) for code in served("tpp")}
    found = inspected(changed(**lost))
    assert held(found) == [(Gate.MOVEMENT, "tpp")]
    assert found[0].evidence[0].subject == "tpp"
    assert found[0].evidence[0].what.startswith(f"{DIABETES}, unlike the others")


def test_a_register_that_was_not_sent_the_last_time_moved_nowhere() -> None:
    slots = {number for number, slot in enumerate(GRID.slots) if GROUPS[slot.indicator] == "DM"}
    then = {
        code: replace(one, last=[-1 if number in slots else v for number, v in enumerate(one.last)])
        for code, one in NATION.items()
    }
    assert held(inspected(last=then)) == []


def test_a_ratio_is_as_far_from_one_down_as_up() -> None:
    assert [distance(ratio) for ratio in (0, 200_000, 1_000_000, 5_000_000)] == [
        10**12, 5_000_000, 1_000_000, 5_000_000,
    ]  # fmt: skip
