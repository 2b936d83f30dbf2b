"""The gates before money, one by one, on a small nation with a month behind it."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from functions.domain.calculate.achievement import practice_achievement
from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.calculate.payment import valuation
from functions.domain.calculate.prevalence import national_prevalence, prevalence_sums
from functions.domain.calculate.rules import service_rules
from functions.domain.gate.inspecting import inspect, verdict
from functions.domain.gate.last import LastRun
from functions.domain.gate.nation import nation, national_figures, pence
from functions.domain.gate.nation import paid as nation_paid
from functions.domain.gate.page import gate_page
from functions.domain.gate.ratio import beyond, median
from functions.domain.gate.stake import adjusted_rules, counted_slots, last_submitted, register_slots, stake
from functions.domain.grid import service_grid
from functions.domain.submission import FILE
from schemas.average_list import average_lists
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.inspection import Finding, Gate, GateReport, GateVerdict
from schemas.protection import Protection, WithoutEarlier
from schemas.service import RunKind, ServiceDocument
from tests.inputs.gate_nation import NOW, Counted, counted_nation, frozen, halved

DOCUMENT = service_document("QOF2324")
GRID = service_grid(document=DOCUMENT)
RULES = service_rules(document=DOCUMENT)
NATION = counted_nation(document=DOCUMENT, practices=160)
DAY = date(2024, 3, 31)


def inspected(
    practices: Mapping[str, Counted] = NATION,
    *,
    last: Mapping[str, Counted] | None = NATION,
    paid: bool = True,
    document: ServiceDocument = DOCUMENT,
    left_out: Mapping[str, tuple[str, ...]] | None = None,
    stamps: Mapping[str, int] | None = None,
) -> tuple[Finding, ...]:
    return inspect(
        document=document,
        achievement_date=DAY,
        practices=frozen(practices, stamps=stamps),
        left_out=left_out or {},
        last=None if last is None else LastRun(document=DOCUMENT, practices=frozen(last, last=True), paid=paid),
        average_lists=average_lists(),
    )


def held(found: tuple[Finding, ...]) -> list[tuple[Gate, str | None]]:
    return [(one.gate, one.supplier) for one in found if one.verdict is GateVerdict.HELD]


def the(found: tuple[Finding, ...], gate: Gate) -> Finding:
    return next(one for one in found if one.gate is gate)


def changed(**practices: Counted) -> dict[str, Counted]:
    return {**NATION, **practices}


def served(supplier: str) -> list[str]:
    return [code for code, one in NATION.items() if one.supplier == supplier]


def test_an_ordinary_month_passes_every_gate() -> None:
    assert {one.verdict for one in inspected()} == {GateVerdict.PASSED}
    assert [one.gate for one in inspected()] == [
        Gate.PARAMETERS, Gate.COVERAGE, Gate.EARLY_SUBMISSIONS, Gate.UNCHANGED_VALUES, Gate.MOVEMENT,
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


# Coverage


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


# Submissions


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


def flags_off(values: Sequence[int]) -> list[int]:
    return [0 if slot.flag else value for slot, value in zip(GRID.slots, values, strict=True)]


def test_a_practice_without_a_register_of_any_size_may_send_the_same_again() -> None:
    code, nothing = "A81000", [0] * len(GRID.slots)
    empty = changed(A81000=replace(NATION[code], values=nothing, last=nothing))
    assert held(inspected(empty, last=empty)) == []


# Movement


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


# One practice twice, peers, influence


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


# Parameters


def with_list(people: int, counted: date, authority: str = "Statement of Financial Entitlements") -> ServiceDocument:
    given = DOCUMENT.parameters.national_average_list.model_copy(
        update={"value": people, "date": counted, "authority": authority}
    )
    parameters = DOCUMENT.parameters.model_copy(update={"national_average_list": given})
    return DOCUMENT.model_copy(update={"parameters": parameters})


def test_a_list_of_the_next_january_is_named_as_the_wrong_one() -> None:
    found = inspected(document=with_list(9964, date(2024, 1, 1)))
    assert held(found) == [(Gate.PARAMETERS, None)]
    assert "the wrong January. 9,964 is the average list of 1 January 2024" in found[0].cause
    assert "It gives 9,964, but the average list of 1 January 2023 is 9,639." in found[0].cause


def test_a_list_of_another_january_under_the_right_date_is_named_all_the_same() -> None:
    found = inspected(document=with_list(9964, date(2023, 1, 1)))
    assert "the wrong January. 9,964 is the average list of 1 January 2024" in found[0].cause


def test_the_right_figure_from_another_issuer_is_held_and_costs_nothing() -> None:
    found = inspected(document=with_list(9639, date(2023, 1, 1), "A spreadsheet"))
    assert "the right January from the wrong source" in found[0].cause
    assert found[0].effect is not None
    assert found[0].effect.everybody == 0


def test_a_figure_that_nobody_published_is_on_no_record() -> None:
    found = inspected(document=with_list(9600, date(2023, 1, 1)))
    assert "9,600 is on no record. It gives 9,600" in found[0].cause


def test_a_value_of_a_point_that_belongs_to_another_list_is_held_with_its_worth() -> None:
    value = DOCUMENT.parameters.value_of_point.model_copy(update={"value": Decimal("220.62")})
    wrong = DOCUMENT.model_copy(update={"parameters": DOCUMENT.parameters.model_copy(update={"value_of_point": value})})
    found = inspected(document=wrong)
    assert found[0].cause.startswith("value_of_point: 220.62 is not 156.92 x 9639 / 7087 = 213.43")
    assert found[0].effect is not None
    assert found[0].effect.against == "the same run with an average list of 9,964"
    assert found[0].effect.everybody > 0


# Protection


def protecting() -> ServiceDocument:
    protection = Protection(
        indicators=("AF001", "AF006"), points_of="QOF2223", without_earlier=WithoutEarlier.AS_ACHIEVED,
        author="NHS England", reason="a test", source="gate-thresholds",
    )  # fmt: skip
    return DOCUMENT.model_copy(update={"protection": protection})


def test_protected_points_that_nobody_has_hold_the_run() -> None:
    found = inspected(document=protecting())
    assert held(found) == [(Gate.PROTECTION, None)]
    assert "2 indicators are protected at the points of QOF2223, but no practice has earlier points" in found[0].cause


EARLIER = {code: FixedPoints(500, "protection-run") for code in ("AF001", "AF006")}


def protected(having: Callable[[int], Mapping[str, FixedPoints]]) -> tuple[Finding, ...]:
    """What is found in the nation when its practices have these points fixed, by their number."""
    practices = [replace(one, fixed=having(number)) for number, one in enumerate(frozen(NATION))]
    return inspect(
        document=protecting(), achievement_date=DAY, practices=practices, left_out={}, last=None,
        average_lists=average_lists(),
    )  # fmt: skip


def test_a_practice_without_earlier_points_is_named_where_others_have_some() -> None:
    found = protected(lambda number: EARLIER if number else {})
    assert held(found) == []
    assert the(found, Gate.PROTECTION).practices == (min(NATION),)


def test_earlier_points_that_a_part_of_the_nation_lacks_hold_the_run() -> None:
    found = protected(lambda number: EARLIER if number % 4 else {})
    assert held(found) == [(Gate.PROTECTION, None)]
    assert "practices have earlier points for all of them, 75.00 %; coverage asks for 98 %. " in found[0].cause


def test_a_decision_about_one_protected_indicator_does_not_stand_for_the_protection_of_the_others() -> None:
    found = protected(lambda _: {"AF001": FixedPoints(250, "decision")})
    assert held(found) == [(Gate.PROTECTION, None)]


# What a run before of another service, or of two suppliers, is


def test_a_run_before_of_another_year_is_compared_by_registers_and_what_it_lacked_moves_nothing() -> None:
    before = service_document("QOF1819")
    then = counted_nation(document=before, practices=160)
    found = inspect(
        document=DOCUMENT, achievement_date=DAY, practices=frozen(NATION), left_out={},
        last=LastRun(document=before, practices=frozen(then, last=True), paid=False), average_lists=average_lists(),
    )  # fmt: skip
    moved = the(found, Gate.MOVEMENT)
    assert moved.verdict is not GateVerdict.NOT_JUDGED
    assert moved.evidence
    assert all(int(line.what.split()[2]) > 10 for line in moved.evidence), "registers are matched across the years"


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


# The page


def report(found: tuple[Finding, ...]) -> GateReport:
    collection = CollectionKey(service="QOF2324", achievement_date=DAY, run_kind=RunKind.PAYMENT)
    return GateReport(
        run="r", collection=collection, baseline=None, practices=160, verdict=verdict(findings=found), findings=found
    )


def page(found: tuple[Finding, ...]) -> str:
    return gate_page(report=report(found))


def lines(found: tuple[Finding, ...]) -> Iterator[str]:
    yield from page(found).splitlines()


def test_the_page_says_the_verdict_first_and_what_holds_the_run_with_its_effect() -> None:
    lost = {code: halved(NATION[code], GRID) for code in served("microtest")}
    first, _, third, fourth, _, sixth, *rest = lines(inspected(changed(**lost)))
    assert first == "Gates before money: QOF2324, 31 March 2024, PAYMENT"
    assert third == "Compared with no run before: none was published."
    assert fourth == "Verdict: held, for 1 cause"
    assert sixth == "HELD  movement, microtest"
    assert rest[1] == "  Effect, against the same run with them at their last values:"
    assert rest[2].startswith("    the others together are paid ")
    assert "    and 20 more lines in gates.json" in rest


def test_the_page_of_a_clean_run_holds_nothing() -> None:
    assert "HELD" not in page(inspected())
    assert "Verdict: passed" in page(inspected())
