"""The gates before money on a small nation with a month behind it: who is there, and when it was submitted."""

from dataclasses import replace

import pytest

from functions.domain.gate.inspecting import inspect, verdict
from functions.domain.gate.last import LastRun
from schemas.average_list import average_lists
from schemas.catalogue import service_document
from schemas.inspection import Gate, GateVerdict
from tests.inputs.gate_nation import NOW, counted_nation, frozen, halved
from tests.inputs.inspected_nation import (
    DAY,
    DOCUMENT,
    GRID,
    NATION,
    changed,
    flags_off,
    held,
    inspected,
    page,
    served,
    the,
)


def test_an_ordinary_month_passes_every_gate() -> None:
    assert {one.verdict for one in inspected()} == {GateVerdict.PASSED}
    assert [one.gate for one in inspected()] == [
        Gate.PARAMETERS, Gate.COVERAGE, Gate.EARLY_SUBMISSIONS, Gate.UNCHANGED_VALUES, Gate.LISTS, Gate.MOVEMENT,
        Gate.SAME_COUNTS, Gate.PEERS, Gate.INFLUENCE, Gate.PROTECTION,
    ]  # fmt: skip


def test_the_first_run_ever_passes_and_says_what_it_could_not_be_compared_with() -> None:
    found = inspected(last=None)
    assert verdict(findings=found) is GateVerdict.PASSED
    assert [one.gate for one in found if one.verdict is GateVerdict.NOT_JUDGED] == [
        Gate.UNCHANGED_VALUES,
        Gate.MOVEMENT,
    ]


def test_the_same_inputs_give_the_same_page_word_for_word() -> None:
    one, again = (page(inspected(changed(A81000=halved(NATION["A81000"], GRID)))) for _ in range(2))
    assert one == again


def test_a_supplier_that_sends_fewer_than_the_last_time_is_named_with_what_is_missing() -> None:
    missing = served("vision")[:2]
    here = {code: one for code, one in NATION.items() if code not in missing}
    found = inspected(here, left_out=dict.fromkeys(missing, ()))
    assert held(found) == [(Gate.COVERAGE, "vision")]
    assert found[0].cause == (
        "vision is short of 2 practices: 38 of 40 are complete, 95.00 %; the document asks for 98 %. "
        f"Missing: {missing[0]}, {missing[1]}."
    )
    assert found[0].effect is not None
    assert found[0].effect.everybody < found[0].effect.others


def test_too_few_participants_in_all_hold_the_first_run_too_and_those_who_sent_them_are_named() -> None:
    missing = served("tpp")[:4]
    here = {code: one for code, one in NATION.items() if code not in missing}
    found = inspected(here, last=None, left_out=dict.fromkeys(missing, ("tpp",)))
    assert held(found) == [(Gate.COVERAGE, None), (Gate.COVERAGE, "tpp")]
    assert found[0].cause.startswith("156 of 160 participants have complete data, 97.50 %; the document asks for 98 %")
    assert found[0].effect is None


def test_a_practice_that_closed_is_not_missing() -> None:
    here = {code: one for code, one in NATION.items() if code not in served("vision")[:2]}
    assert verdict(findings=inspected(here)) is GateVerdict.PASSED


def test_a_practice_that_went_to_another_supplier_is_there() -> None:
    moved = {code: replace(NATION[code], supplier="tpp") for code in served("vision")[:2]}
    assert verdict(findings=inspected(changed(**moved))) is GateVerdict.PASSED


@pytest.mark.parametrize("stamp", [20240331000000, 20240331235959, 20240330120000])
def test_values_submitted_before_the_achievement_date_is_over_hold_the_run(stamp: int) -> None:
    code = served("emis")[0]
    found = inspected(stamps={code: stamp})
    assert held(found) == [(Gate.EARLY_SUBMISSIONS, "emis")]
    assert "emis submitted every count of 1 practice on or before 31 March 2024" in found[0].cause


def test_a_flag_entered_by_hand_later_does_not_make_early_counts_any_later() -> None:
    code = served("emis")[0]
    practices = list(frozen(NATION, stamps={code: 20240330231500}))
    (early,) = (one for one in practices if one.organisation == code)
    for slot, place in enumerate(GRID.slots):
        if place.flag:
            early.submission.stamps[slot] = NOW
    found = inspect(
        document=DOCUMENT, achievement_date=DAY, practices=practices, left_out={}, last=None,
        average_lists=average_lists(),
    )  # fmt: skip
    assert held(found) == [(Gate.EARLY_SUBMISSIONS, "emis")]


def test_values_submitted_on_the_day_after_are_in_time() -> None:
    assert held(inspected(stamps=dict.fromkeys(served("emis"), 20240401000000))) == []


def test_the_very_counts_of_the_last_time_hold_the_run_whatever_the_flags() -> None:
    stopped = {code: replace(NATION[code], values=flags_off(NATION[code].last)) for code in served("tpp")}
    found = inspected(changed(**stopped))
    assert held(found) == [(Gate.UNCHANGED_VALUES, "tpp")]
    assert found[0].practices == tuple(sorted(served("tpp")))


def test_a_practice_without_a_register_of_any_size_may_send_the_same_again() -> None:
    code, nothing = "A81000", [0] * len(GRID.slots)
    empty = changed(A81000=replace(NATION[code], values=nothing, last=nothing))
    assert held(inspected(empty, last=empty)) == []


def test_a_run_before_of_another_year_is_compared_by_registers_and_what_it_lacked_moves_nothing() -> None:
    before = service_document("QOF1819")
    then = counted_nation(document=before, practices=160)
    found = inspect(
        document=DOCUMENT, achievement_date=DAY, practices=frozen(NATION), left_out={},
        last=LastRun(document=before, practices=frozen(then, last=True), paid=False), average_lists=average_lists(),
    )  # fmt: skip
    moved = [one for one in found if one.gate is Gate.MOVEMENT]
    assert {one.verdict for one in moved} <= {GateVerdict.HELD, GateVerdict.PASSED}
    lines = [line.what for one in moved for line in one.evidence if line.what.startswith("median of ")]
    assert lines
    assert all(int(line.split()[2]) > 10 for line in lines), "registers are matched across the years"


def test_a_gate_that_passes_says_how_many_were_early_within_the_threshold_and_who_they_are() -> None:
    large = {f"Z{number:05}": replace(one, supplier="emis") for number, one in enumerate(NATION.values())}
    early = dict.fromkeys(["Z00003", "Z00007"], 20240330231500)
    found = inspected(changed(**large), last=None, stamps=early)
    told = the(found, Gate.EARLY_SUBMISSIONS)
    assert (told.verdict, told.practices) == (GateVerdict.PASSED, ("Z00003", "Z00007"))
    assert told.cause == (
        "2 of 320 practices submitted every count on or before 31 March 2024, the achievement date, within "
        "the 1 % of a supplier's practices that may: emis 2 of 200. They are Z00003, Z00007."
    )
    assert [line.present for line in told.evidence] == ["2024-03-30 23:15:00"] * 2


def test_a_gate_that_passes_says_how_many_sent_the_same_again_within_the_threshold_and_who_they_are() -> None:
    nation = counted_nation(document=DOCUMENT, practices=480)
    same = {code: replace(nation[code], values=nation[code].last) for code in ("A81001",)}
    told = the(inspected({**nation, **same}, last=nation), Gate.UNCHANGED_VALUES)
    assert (told.verdict, told.practices) == (GateVerdict.PASSED, ("A81001",))
    assert told.cause.startswith("1 of 480 practices sent the very counts of the run before, within the 1 %")
    assert told.cause.endswith(": tpp 1 of 120. They are A81001.")


def test_what_is_looked_at_is_said_where_another_supplier_is_held() -> None:
    found = inspected(stamps={served("emis")[0]: 20240330231500})
    told = [one for one in found if one.gate is Gate.EARLY_SUBMISSIONS]
    assert [one.verdict for one in told] == [GateVerdict.HELD, GateVerdict.PASSED]
    assert told[1].cause == (
        "The counts of 120 practices, as many as were looked at, were submitted after 31 March 2024, the achievement "
        "date."
    )


def test_a_practice_that_was_not_there_is_not_counted_among_those_whose_counts_changed() -> None:
    new = replace(NATION["A81003"], code="Z00001", values=[value + 1 for value in NATION["A81003"].values])
    told = the(inspected(changed(Z00001=new)), Gate.UNCHANGED_VALUES)
    assert told.cause == "The counts of 160 practices, as many as were looked at, have changed since the run before."
