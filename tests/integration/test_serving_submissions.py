"""What people ask the HTTP API of a practice's submissions: every version that was accepted, and what counts now."""

from collections import Counter
from typing import Any

import pytest

from schemas.file import FileRecord
from schemas.grant import Grant, Role
from tests.integration.test_serving_files import ask, send
from tests.integration.worlds import GRID, YEAR_END, World, extract, practice_rows

SLOTS = len(GRID.slots)
LISTED = "/submissions/QOF2324/A81001/2024-03-31"
PEOPLE = (
    ("viewer", "A81001", Role.VIEW),
    ("area", "16C", Role.COMMISSIONING_MANAGEMENT),
    ("elsewhere", "A81002", Role.FINANCE_MANAGEMENT),
    ("other area", "15N", Role.APPROVAL_MANAGEMENT),
    ("tpp clerk", "tpp", Role.SUPPLIER),
    ("emis clerk", "emis", Role.SUPPLIER),
    ("vision clerk", "vision", Role.SUPPLIER),
)


@pytest.fixture
def world() -> World:
    world = World()
    world.know("A81001", "A81002")
    world.offer("A81001", "A81002")
    for person, held_for, role in PEOPLE:
        world.grants.give(grant=Grant(person=person, organisation=held_for, role=role))
    return world


def sent(world: World, value: int, time: str, *, supplier: str = "tpp", code: str = "A81001") -> FileRecord:
    """A practice's rows with this value for each numerator, submitted at this time."""
    content = extract(practice_rows(code, value=value, time=time))
    return send(world, content, name=f"file{value}", supplier=supplier)


def asked(world: World, path: str = LISTED, person: str = "viewer", **query: Any) -> Any:
    status, told = ask(world, path, person, **query)
    assert status == 200, told
    return told


def files(told: Any) -> list[str]:
    return [one["file"] for one in told["submissions"]]


def standings(world: World, file: FileRecord) -> Counter[str]:
    """How many values of a file stand in each way."""
    return Counter(one["standing"] for one in asked(world, f"{LISTED}/{file.id}")["values"])


def test_every_version_is_listed_the_one_received_last_first_a_page_at_a_time(world: World) -> None:
    kept = [sent(world, value, f"0{value}:00:00") for value in (7, 8, 9)]
    sent(world, 1, "09:00:00", code="A81002")
    first = asked(world, limit="2")
    assert files(first) == [kept[2].id, kept[1].id]
    rest = asked(world, limit="2", before=first["next"])
    assert (files(rest), rest["next"]) == ([kept[0].id], None)


def test_a_version_is_told_with_its_name_its_sender_when_it_was_received_and_how_many_values(world: World) -> None:
    kept = sent(world, 7, "07:00:00")
    (told,) = asked(world)["submissions"]
    received = kept.received_at.isoformat().replace("+00:00", "Z")
    assert told == {
        "file": kept.id, "name": "file7.csv", "supplier": "tpp", "received_at": received,
        "values_sent": SLOTS, "values_counting": SLOTS,
    }  # fmt: skip


def test_each_value_is_told_with_its_time_and_its_line(world: World) -> None:
    kept = sent(world, 7, "07:00:00")
    values = asked(world, f"{LISTED}/{kept.id}")["values"]
    assert [(one["indicator"], one["field"]) for one in values] == [(slot.indicator, slot.field) for slot in GRID.slots]
    assert [one["line"] for one in values] == list(range(2, 2 + SLOTS))
    assert {one["submitted"] for one in values} == {"2024-04-02T07:00:00"}
    assert {one["value"] for one in values if one["field"] == "Numerator"} == {7}


def test_a_value_counts_until_a_later_one_replaces_it_whichever_file_arrived_first(world: World) -> None:
    late = sent(world, 9, "09:00:00")
    early = sent(world, 7, "07:00:00")
    assert (standings(world, early), standings(world, late)) == ({"replaced": SLOTS}, {"counts": SLOTS})
    assert [one["values_counting"] for one in asked(world)["submissions"]] == [0, SLOTS]


def test_a_correction_of_some_values_replaces_these_alone(world: World) -> None:
    whole = sent(world, 7, "07:00:00")
    part = [row for row in practice_rows("A81001", value=9, time="09:00:00") if row[4] == "AF006"]
    correction = send(world, extract(part), name="correction")
    assert standings(world, correction) == {"counts": len(part)}
    assert standings(world, whole) == {"counts": SLOTS - len(part), "replaced": len(part)}


def test_two_values_at_the_same_time_conflict_and_those_that_agree_count_in_both_files(world: World) -> None:
    both = [sent(world, value, "09:00:00") for value in (7, 8)]
    numerators = sum(slot.field == "Numerator" for slot in GRID.slots)
    for file in both:
        assert standings(world, file) == {"conflicting": numerators, "counts": SLOTS - numerators}


def test_what_was_refused_or_is_still_being_taken_in_is_no_version(world: World) -> None:
    spoilt = extract(practice_rows("A81001"), practice_rows("A81002"), change=lambda row: _spoilt(row, "A81001"))
    assert send(world, spoilt).verdict == "partly accepted"
    kept = sent(world, 7, "07:00:00")
    del world.submissions.accepted[str(YEAR_END), kept.id]
    assert files(asked(world)) == []
    assert ask(world, f"{LISTED}/{kept.id}", "viewer")[0] == 404


def test_what_is_sent_as_a_test_is_asked_for_as_that(world: World) -> None:
    sent(world, 7, "07:00:00")
    assert files(asked(world, run_kind="TEST")) == []
    assert len(files(asked(world, run_kind="PAYMENT"))) == 1


@pytest.mark.parametrize("person", ["viewer", "area"])
def test_whoever_may_see_the_practice_s_points_sees_what_every_supplier_sent(person: str, world: World) -> None:
    kept = [sent(world, 7, "07:00:00"), sent(world, 8, "08:00:00", supplier="emis")]
    assert files(asked(world, person=person)) == [file.id for file in reversed(kept)]
    assert all(ask(world, f"{LISTED}/{file.id}", person)[0] == 200 for file in kept)


@pytest.mark.parametrize("person", ["elsewhere", "other area", "no one"])
def test_whoever_may_not_see_the_practice_is_refused_whatever_is_there(person: str, world: World) -> None:
    for path in (LISTED, f"{LISTED}/{sent(world, 7, '07:00:00').id}", f"{LISTED}/{'0' * 32}"):
        assert ask(world, path, person)[0] == 403


def test_a_supplier_sees_what_it_sent_itself_and_what_others_sent_is_not_there(world: World) -> None:
    mine, theirs = sent(world, 7, "07:00:00"), sent(world, 8, "08:00:00", supplier="emis")
    assert files(asked(world, person="tpp clerk")) == [mine.id]
    assert {one["standing"] for one in asked(world, f"{LISTED}/{mine.id}", "tpp clerk")["values"]} == {"replaced"}
    assert files(asked(world, person="vision clerk")) == []
    unknown = ask(world, f"{LISTED}/{'0' * 32}", "tpp clerk")
    assert (unknown[0], ask(world, f"{LISTED}/{theirs.id}", "tpp clerk")) == (404, unknown)
    assert ask(world, LISTED, "tpp clerk", before=theirs.id)[0] == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/submissions/QOF1112/A81001/2024-03-31", 404),
        (f"{LISTED}/nonsense", 422),
        ("/submissions/QOF2324/a81001/2024-03-31", 422),
        ("/submissions/QOF2324/A81001/yesterday", 422),
    ],
)
def test_what_cannot_be_asked_for_is_refused(path: str, status: int, world: World) -> None:
    assert ask(world, path, "viewer")[0] == status


def test_a_role_at_a_practice_that_is_not_known_yet_shows_that_nothing_was_submitted(world: World) -> None:
    world.grants.give(grant=Grant(person="newcomer", organisation="A81009", role=Role.VIEW))
    assert files(asked(world, LISTED.replace("A81001", "A81009"), "newcomer")) == []


def _spoilt(row: list[str], code: str) -> list[str]:
    return [*row[:6], "-1", *row[7:]] if row[2] == code else row
