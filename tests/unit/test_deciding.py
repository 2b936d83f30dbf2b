"""Points that are decided: whose decision counts, what a protected year keeps, and what is told of the rest."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.deciding import Decided, EarlierPoints, decision_id
from functions.domain.calculate.inputs import FixedPoints
from schemas.decision import EVERYBODY, PointsDecision
from schemas.problem import Code, Severity
from schemas.protection import Protection, WithoutEarlier
from schemas.service import ServiceDocument
from tests.inputs.frozen import frozen_practice
from tests.inputs.service import small_service

OURS, OTHER = "A81001", "A81002"
DOCUMENT = small_service("AF001", "AF006", "PC001", "QI013")
YEAR_END = date(2024, 3, 31)


def decision(id_: str, organisation: str, indicator: str, points: int | None, *, line: int = 2) -> PointsDecision:
    return PointsDecision(
        id=id_, service="QOF2324", achievement_date=YEAR_END, organisation=organisation, indicator=indicator,
        points=points, author="NHS England", reason="Data faults.", source="Letter of 3 May", file="may.csv", line=line,
    )  # fmt: skip


def protecting(*indicators: str, without_earlier: WithoutEarlier = WithoutEarlier.AS_ACHIEVED) -> ServiceDocument:
    """The document with indicators that keep the points of the year before."""
    protection = Protection(
        indicators=indicators, points_of="QOF2223", without_earlier=without_earlier, author="NHS England",
        reason="Retired.", source="letter",
    )  # fmt: skip
    return DOCUMENT.model_copy(update={"protection": protection})


def decided(
    *decisions: PointsDecision,
    document: ServiceDocument = DOCUMENT,
    earlier: Mapping[str, Mapping[str, int]] | None = None,
) -> Decided:
    """What is decided, with the points of the run "before" where there are any."""
    kept = None if earlier is None else EarlierPoints(id="before", points=earlier)
    return Decided(document=document, achievement_date=YEAR_END, decisions=decisions, earlier=kept)


def told(what: Decided, *practices: str) -> list[tuple[int, str]]:
    """The line of each decision that fixes nothing, and for whom it was meant."""
    return [(problem.line, problem.organisation) for problem in what.unfollowed(practices=practices)]


EVERYONES = decision("everybody", EVERYBODY, "AF001", 250, line=2)
OWN = decision("own", OURS, "AF001", 500, line=3)


def test_a_decision_for_everybody_holds_for_each_and_a_practice_s_own_before_it() -> None:
    for what in (decided(EVERYONES, OWN), decided(OWN, EVERYONES)):
        assert what.fixed(organisation=OURS) == {"AF001": FixedPoints(500, "own")}
        assert what.fixed(organisation=OTHER) == {"AF001": FixedPoints(250, "everybody")}


def test_of_decisions_about_the_same_points_the_last_counts() -> None:
    later = decision("later", OURS, "AF001", 0)
    assert decided(OWN, later).fixed(organisation=OURS) == {"AF001": FixedPoints(0, "later")}
    assert decided(later, OWN).fixed(organisation=OURS) == {"AF001": FixedPoints(500, "own")}


def test_a_decision_taken_back_leaves_what_others_decided() -> None:
    withdrawn = decision("withdrawn", OURS, "AF001", None)
    assert decided(OWN, withdrawn).fixed(organisation=OURS) == {}
    assert decided(EVERYONES, OWN, withdrawn).fixed(organisation=OURS) == {"AF001": FixedPoints(250, "everybody")}


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 4, 30)])
def test_a_decision_of_another_date_is_told_of_wherever_it_stands_and_fixes_nothing(day: date) -> None:
    elsewhen = EVERYONES.model_copy(update={"id": "elsewhen", "achievement_date": day, "line": 9})
    assert not decided(elsewhen).nothing
    what = decided(OWN, elsewhen)
    assert what.fixed(organisation=OTHER) == {}
    assert what.fixed(organisation=OURS) == {"AF001": FixedPoints(500, "own")}
    (told_of,) = what.unfollowed(practices=[OURS])
    assert (told_of.line, told_of.organisation, told_of.indicator) == (9, EVERYBODY, "AF001")
    assert (told_of.code, told_of.severity) == (Code.WARNING_DECISION, Severity.WARNING)
    assert told_of.message.startswith(f"The decision is of the achievement date {day:%Y%m%d}, which this run is not of")
    assert [one.id for one in what.standing()] == ["own"]


def test_points_are_fixed_in_the_order_of_indicators() -> None:
    what = decided(decision("b", OURS, "QI013", 1), decision("a", OURS, "AF006", 2), EVERYONES)
    assert list(what.fixed(organisation=OURS)) == ["AF001", "AF006", "QI013"]


def test_a_decision_about_an_indicator_that_carries_no_points_fixes_none_and_is_told() -> None:
    what = decided(decision("unknown", OURS, "QI999", 100, line=7))
    assert what.fixed(organisation=OURS) == {}
    assert told(what, OURS) == [(7, OURS)]


def test_protected_points_are_those_of_the_earlier_year_none_included() -> None:
    what = decided(document=protecting("AF001", "PC001"), earlier={OURS: {"AF001": 400, "AF006": 9, "PC001": 0}})
    kept = {"AF001": FixedPoints(400, "protection-before"), "PC001": FixedPoints(0, "protection-before")}
    assert what.fixed(organisation=OURS) == kept


def test_a_practice_without_earlier_points_gets_what_it_achieves_or_nothing_as_the_document_says() -> None:
    earlier = {OURS: {"AF001": 400}}
    achieved = decided(document=protecting("AF001", "PC001"), earlier=earlier)
    assert achieved.fixed(organisation=OTHER) == {}
    assert list(achieved.fixed(organisation=OURS)) == ["AF001"]
    nothing = decided(document=protecting("AF001", without_earlier=WithoutEarlier.NO_POINTS), earlier=earlier)
    assert nothing.fixed(organisation=OTHER) == {"AF001": FixedPoints(0, "protection-before")}


def test_nothing_is_protected_by_a_document_without_protection_or_before_the_earlier_year_was_calculated() -> None:
    assert decided(earlier={OURS: {"AF001": 400}}).fixed(organisation=OURS) == {}
    protected = protecting("AF001", without_earlier=WithoutEarlier.NO_POINTS)
    assert decided(document=protected, earlier=None).fixed(organisation=OURS) == {}


def test_nothing_is_decided_where_there_is_neither_a_decision_nor_a_protected_point() -> None:
    protected, earlier = protecting("AF001"), {OURS: {"AF001": 400}}
    assert decided().nothing
    assert decided(document=protected).nothing
    assert decided(earlier=earlier).nothing
    assert not decided(document=protected, earlier=earlier).nothing
    assert not decided(OWN).nothing
    assert not decided(OWN, document=protected, earlier=earlier).nothing


@pytest.mark.parametrize("one", [EVERYONES, OWN], ids=["everybody's", "its own"])
def test_any_decision_counts_before_protection(one: PointsDecision) -> None:
    what = decided(one, document=protecting("AF001"), earlier={OURS: {"AF001": 400}})
    assert what.fixed(organisation=OURS) == {"AF001": FixedPoints(one.points or 0, one.id)}


def test_a_practice_takes_its_fixed_points_and_the_decisions_that_fix_them_into_the_run_and_no_other() -> None:
    flag = decision("flag", EVERYBODY, "QI013", 0)
    others = decision("others", OTHER, "AF006", 1)
    what = decided(flag, EVERYONES, OWN, others, document=protecting("PC001"), earlier={OURS: {"PC001": 300}})
    practice = frozen_practice(DOCUMENT, {}, code=OURS)
    applied = what.applied(to=practice)
    assert applied.fixed == what.fixed(organisation=OURS)
    assert sorted(applied.fixed) == ["AF001", "PC001", "QI013"]
    assert applied.decisions == (OWN, flag)
    assert applied.organisation == OURS
    assert (applied.submission, applied.list_size) == (practice.submission, practice.list_size)


def test_a_decision_that_fixes_no_points_of_the_practices_calculated_is_told_with_its_place() -> None:
    (problem,) = decided(EVERYONES, OWN).unfollowed(practices=[OURS])
    assert problem[:8] == ("may.csv", 2, EVERYBODY, "AF001", "", "", Code.WARNING_DECISION, Severity.WARNING)
    assert "fixes no points in this run" in problem.message


def test_a_decision_is_told_only_where_it_stands_and_nobody_follows_it() -> None:
    what = decided(EVERYONES, OWN)
    assert told(what, OURS, OTHER) == []
    assert told(what, OTHER) == [(3, OURS)]
    assert told(what) == [(2, EVERYBODY), (3, OURS)]
    assert told(decided(OWN, decision("withdrawn", OURS, "AF001", None)), OURS) == []


def test_the_decisions_that_stand_are_ordered_by_organisation_and_indicator() -> None:
    later, flag = decision("later", OURS, "AF001", 1), decision("flag", OURS, "QI013", 2)
    withdrawn = decision("withdrawn", OTHER, "AF001", None)
    what = decided(flag, withdrawn, OWN, EVERYONES, later)
    assert list(what.standing()) == [EVERYONES, later, flag]


@given(st.text(min_size=1))
def test_the_id_of_a_decision_is_made_of_what_it_says_whatever_it_was_called(name: str) -> None:
    found = decision_id(decision=OWN)
    assert decision_id(decision=OWN.model_copy(update={"id": name})) == found
    assert found == OWN.model_copy(update={"id": found.id})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "QOF2425"),
        ("achievement_date", date(2024, 2, 29)),
        ("organisation", OTHER),
        ("indicator", "AF006"),
        ("points", 501),
        ("points", None),
        ("author", "A. Commissioner"),
        ("reason", "Shown on paper."),
        ("source", "Minutes of 7 May"),
        ("file", "june.csv"),
        ("line", 4),
    ],
)
def test_a_decision_that_says_anything_else_has_another_id(field: str, value: object) -> None:
    other = OWN.model_copy(update={field: value})
    assert decision_id(decision=other).id != decision_id(decision=OWN).id
