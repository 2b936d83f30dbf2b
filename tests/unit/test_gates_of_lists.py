"""Lists of 0: a practice with one is paid nothing, so that none passes unseen."""

from dataclasses import replace

from schemas.inspection import Gate, GateVerdict
from tests.inputs.gate_nation import Counted
from tests.inputs.inspected_nation import GRID, NATION, changed, held, inspected, served, the


def empty(*codes: str) -> dict[str, Counted]:
    return changed(**{code: replace(NATION[code], size=0) for code in codes})


def test_the_lists_of_a_supplier_that_became_0_hold_the_run_with_what_they_are_no_longer_paid() -> None:
    codes = served("tpp")
    found = inspected(empty(*codes))
    assert held(found) == [(Gate.LISTS, "tpp")]
    assert found[0].practices == tuple(sorted(codes))
    assert found[0].cause.startswith("Of tpp, the lists of 40 of 40 practices are 0, so that they are paid nothing")
    assert "; 40 had a list the last time. They are A81001, " in found[0].cause
    assert found[0].effect is not None
    assert found[0].effect.everybody < -100_000_00


def test_one_list_that_became_0_holds_the_run() -> None:
    found = inspected(empty("A81003"))
    assert held(found) == [(Gate.LISTS, NATION["A81003"].supplier)]
    assert found[0].evidence[0].reference == f"list {NATION['A81003'].size:,}"


def test_all_lists_of_the_nation_at_0_hold_the_run_and_nobody_is_left_to_be_paid_otherwise() -> None:
    found = inspected(empty(*NATION))
    assert {gate for gate, _ in held(found)} == {Gate.LISTS}
    assert [supplier for _, supplier in held(found)] == ["emis", "microtest", "tpp", "vision"]
    effects = [one.effect for one in found if one.gate is Gate.LISTS]
    assert all(effect is not None and effect.others == 0 and effect.everybody < 0 for effect in effects)


def test_a_list_of_0_whose_registers_count_people_holds_the_first_run_too() -> None:
    found = inspected(empty("A81003"), last=None)
    assert held(found) == [(Gate.LISTS, NATION["A81003"].supplier)]
    assert found[0].effect is None


def test_a_practice_without_a_list_or_anybody_on_a_register_is_nothing_to_read_of() -> None:
    nobody = replace(NATION["A81003"], size=0, values=[0] * len(GRID.slots), last=[0] * len(GRID.slots))
    found = inspected(changed(A81003=nobody), last=changed(A81003=nobody))
    assert held(found) == []


def test_a_list_that_was_0_in_a_run_that_was_paid_is_told_and_does_not_hold_the_next() -> None:
    again = empty("A81003")
    found = inspected(again, last=again)
    told = the(found, Gate.LISTS)
    assert (told.verdict, told.practices) == (GateVerdict.PASSED, ("A81003",))
    assert held(inspected(again, last=again, paid=False)) == [(Gate.LISTS, "microtest")]
