"""What the counts themselves give away: how they moved, whose are the same, who is unlike the others."""

from dataclasses import replace

from schemas.inspection import Gate, GateVerdict
from tests.inputs.gate_nation import halved
from tests.inputs.inspected_nation import GRID, NATION, changed, flags_off, held, inspected, served, the


def test_registers_halved_for_one_system_are_seen_in_its_median_practice() -> None:
    lost = {code: halved(NATION[code], GRID) for code in served("microtest")}
    found = inspected(changed(**lost))
    assert held(found) == [(Gate.MOVEMENT, "microtest")]
    assert found[0].cause.startswith("Of microtest, the prevalences of its median practice are 0.")
    assert found[0].effect is not None
    assert found[0].effect.against == "the same run with them at their last values"


def test_one_practice_whose_list_halved_while_its_registers_did_not_is_named() -> None:
    one = NATION["A81003"]
    found = inspected(changed(A81003=replace(one, size=one.size // 2)))
    assert held(found) == [(Gate.MOVEMENT, None)]
    assert f"its list went from {one.size:,} to {one.size // 2:,} and its registers did not follow" in found[0].cause


def test_a_merger_whose_registers_grow_with_its_list_is_told_and_not_held() -> None:
    one = NATION["A81003"]
    twice = [value if slot.flag else 2 * value for slot, value in zip(GRID.slots, one.values, strict=True)]
    found = inspected(changed(A81003=replace(one, size=2 * one.size, values=twice)))
    assert held(found) == []
    assert the(found, Gate.MOVEMENT).practices == ("A81003",)


def test_lists_that_doubled_for_a_whole_supplier_hold_the_run_though_registers_follow() -> None:
    doubled = {
        code: replace(
            NATION[code],
            size=2 * NATION[code].size,
            values=[v if s.flag else 2 * v for s, v in zip(GRID.slots, NATION[code].values, strict=True)],
        )
        for code in served("emis")
    }
    found = inspected(changed(**doubled))
    assert held(found) == [(Gate.MOVEMENT, "emis")]
    assert "the list of its median practice is 2.000 times" in found[0].cause


def test_two_practices_with_the_very_same_counts_are_one_counted_twice() -> None:
    again = replace(NATION["A81005"], code="Z00001", values=flags_off(NATION["A81005"].values))
    found = inspected(changed(Z00001=again))
    assert held(found) == [(Gate.SAME_COUNTS, "tpp")]
    assert "A81005, Z00001 (tpp) report the very same counts: one practice is counted twice." in found[0].cause
    assert found[0].cause.endswith("with A81005 and without Z00001.")


def test_few_counts_may_be_alike_by_chance() -> None:
    few = [0] * (len(GRID.slots) - 19) + [1] * 19
    alike = {code: replace(NATION[code], values=few, last=few) for code in ("A81005", "A81009")}
    assert not [gate for gate, _ in held(inspected(changed(**alike))) if gate is Gate.SAME_COUNTS]


def test_a_practice_far_above_the_nation_holds_the_run_until_somebody_has_read_of_it() -> None:
    tiny = changed(A81004=replace(NATION["A81004"], size=NATION["A81004"].size // 14))
    found = inspected(tiny, last=None)
    assert (Gate.PEERS, None) in held(found)
    assert "A81004 (emis), 1" in the(found, Gate.PEERS).cause
    again = inspected(tiny, last=tiny)
    assert held(again) == []
    assert the(again, Gate.PEERS).cause.endswith("As in the run before, 1 practice did.")


def test_a_practice_that_moves_the_nation_is_named_with_the_figure_without_it() -> None:
    tiny = changed(A81004=replace(NATION["A81004"], size=100))
    found = inspected(tiny, last=None)
    finding = the(found, Gate.INFLUENCE)
    assert finding.verdict is GateVerdict.HELD
    assert finding.practices == ("A81004",)
    assert "A81004 (emis) moved" in finding.cause
    assert finding.evidence[0].reference.endswith("without it")
    assert the(inspected(tiny, last=tiny), Gate.INFLUENCE).verdict is GateVerdict.PASSED


def test_what_stood_out_in_a_run_that_was_only_reported_has_not_been_read_of() -> None:
    tiny = changed(A81004=replace(NATION["A81004"], size=100))
    found = inspected(tiny, last=tiny, paid=False)
    assert held(found) == [(Gate.PEERS, None), (Gate.INFLUENCE, None)]


def test_the_practices_of_most_influence_are_always_listed() -> None:
    assert len(the(inspected(), Gate.INFLUENCE).evidence) == 10
