"""What counts of several submissions does not depend on their order, and what is stored is what was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.inputs import (
    FixedPoints,
    FrozenPractice,
    ListSource,
    SourceFile,
    inputs_from_line,
    list_source,
    practice_from_line,
    practice_line,
)
from functions.domain.standing import standings
from functions.domain.submission import (
    ABSENT,
    FILE,
    Submission,
    decode_submission,
    encode_submission,
    merge_submissions,
    missing_slots,
    numerators_above,
    submission_of,
)
from schemas.decision import PointsDecision
from schemas.organisation import Organisation, Origin
from schemas.submission import Standing
from tests.inputs.service import small_grid

GRID = small_grid("AF006", "QI013", "COPD009MI1")
SIZE = len(GRID.slots)
MOMENTS = (20240331230510, 20240402111950, 20240402141653)

CELL = st.one_of(st.none(), st.tuples(st.integers(0, 3), st.sampled_from(MOMENTS)))
SUBMISSION = st.lists(CELL, min_size=SIZE, max_size=SIZE).map(
    lambda cells: submission([cell or (ABSENT, 0) for cell in cells])
)

DAY = st.dates(min_value=date(2004, 4, 1), max_value=date(2030, 3, 31))
NO_DAY = st.none() | DAY
DECISION = PointsDecision(
    id="d1", service="QOF2324", achievement_date=date(2024, 3, 31), organisation="A81001", indicator="AF001",
    points=500, author="NHS England", reason="a merger", source="letter", file="decisions.csv", line=2,
)  # fmt: skip


def submission(cells: Sequence[tuple[int, int]]) -> Submission:
    """A submission of values with their times, a slot each."""
    lines = [2 + slot if value != ABSENT else 0 for slot, (value, _) in enumerate(cells)]
    return submission_of(values=[value for value, _ in cells], stamps=[stamp for _, stamp in cells], places=lines)


def one(value: int, stamp: int) -> Submission:
    return submission([(value, stamp)] + [(ABSENT, 0)] * (SIZE - 1))


@given(st.lists(SUBMISSION, min_size=2, max_size=3))
def test_the_order_of_submissions_changes_neither_what_counts_nor_what_conflicts(held: list[Submission]) -> None:
    first = merge_submissions(submissions=held)
    assert all(merge_submissions(submissions=order) == first for order in permutations(held))


@given(st.lists(SUBMISSION, min_size=1, max_size=4))
def test_the_values_that_are_said_to_count_are_those_that_a_run_would_take(held: list[Submission]) -> None:
    merged, conflicts = merge_submissions(submissions=held)
    beside = list(standings(submissions=held))
    for slot, value in enumerate(merged.values):
        found = [(one.values[slot], how[slot]) for one, how in zip(held, beside, strict=True) if slot in how]
        counting = {sent for sent, how in found if how is Standing.COUNTS}
        conflicting = {sent for sent, how in found if how is Standing.CONFLICTING}
        assert counting == (set() if value == ABSENT or slot in conflicts else {value})
        assert (len(conflicting) > 1) == (slot in conflicts)
        assert all(how is Standing.REPLACED for sent, how in found if sent not in counting | conflicting)


@given(SUBMISSION, SUBMISSION, SUBMISSION)
def test_what_counts_may_be_worked_out_in_steps(one: Submission, two: Submission, three: Submission) -> None:
    early, _ = merge_submissions(submissions=[one, two])
    late, _ = merge_submissions(submissions=[two, three])
    left, _ = merge_submissions(submissions=[early, three])
    right, _ = merge_submissions(submissions=[one, late])
    assert left == right


@given(SUBMISSION)
def test_a_submission_that_arrives_again_changes_nothing(held: Submission) -> None:
    assert merge_submissions(submissions=[held, held]) == (held, ())


@given(st.lists(SUBMISSION, min_size=1, max_size=3))
def test_per_slot_the_value_submitted_last_counts(held: list[Submission]) -> None:
    merged, conflicts = merge_submissions(submissions=held)
    for slot in range(SIZE):
        latest = max(one.stamps[slot] for one in held)
        candidates = {one.values[slot] for one in held if one.stamps[slot] == latest}
        assert merged.values[slot] in candidates
        assert (slot in conflicts) == (len(candidates) > 1)


def test_two_values_of_one_time_conflict_until_a_later_one_settles_it() -> None:
    assert merge_submissions(submissions=[one(1, MOMENTS[0]), one(2, MOMENTS[0])])[1] == (0,)
    settled = merge_submissions(submissions=[one(1, MOMENTS[0]), one(2, MOMENTS[0]), one(0, MOMENTS[1])])
    assert settled == (one(0, MOMENTS[1]), ())


@given(SUBMISSION)
def test_a_submission_is_frozen_and_read_back_the_same(held: Submission) -> None:
    back = decode_submission(grid=GRID, encoded=encode_submission(grid=GRID, submission=held))
    assert (back, back.places) == (held, held.places)


@given(st.lists(SUBMISSION, min_size=2, max_size=3))
def test_every_value_that_counts_knows_its_file_and_line(held: list[Submission]) -> None:
    merged, _ = merge_submissions(submissions=held)
    back = decode_submission(grid=GRID, encoded=encode_submission(grid=GRID, submission=merged))
    for slot in (slot for slot, value in enumerate(merged.values) if value != ABSENT):
        file, line = divmod(back.places[slot], FILE)
        assert (held[file].stamps[slot], held[file].places[slot]) == (merged.stamps[slot], line)


def test_an_indicator_is_stored_as_one_short_string() -> None:
    cells = [(ABSENT, 0)] * SIZE
    names = GRID.numbers["AF006"]
    cells[names["Numerator"]], cells[names["Denominator"]] = (12, MOMENTS[1]), (34, MOMENTS[2])
    encoded = encode_submission(grid=GRID, submission=submission(cells))
    assert encoded.times == MOMENTS[1:]
    assert encoded.values == {"AF006": "0|- 12 34@1 - - - - - -"}
    first = names["Numerator"] + 2
    assert encoded.places == f"{first}+2"


@given(SUBMISSION, st.none() | st.builds(ListSource, DAY, NO_DAY, NO_DAY, st.text(), st.text(), st.integers(0)))
def test_frozen_inputs_are_read_back_the_same_and_have_one_spelling(
    held: Submission, listed: ListSource | None
) -> None:
    files = (SourceFile("1f", "one.csv", "one"), SourceFile("2f", "two.csv", "two"))
    fixed = {"AF001": FixedPoints(500, "d1")}
    practice = FrozenPractice("A81001", "16C", 8000, files, held, fixed, 200, listed, (DECISION,))
    line = practice_line(grid=GRID, practice=practice)
    assert practice_from_line(grid=GRID, line=line) == practice
    assert practice_line(grid=GRID, practice=practice_from_line(grid=GRID, line=line)) == line


@pytest.mark.parametrize(
    ("origin", "row"),
    [(Origin(file="1f", name="april.csv", line=7), ("1f", "april.csv", 7)), (None, ("", "", 0))],
    ids=["read from a file", "known without one"],
)
def test_a_list_names_the_row_that_it_was_read_from(origin: Origin | None, row: tuple[str, str, int]) -> None:
    counted, opened, closed = date(2024, 1, 1), date(2023, 7, 1), date(2024, 2, 29)
    organisation = Organisation(
        code="A81001", name="The Surgery", list_size=8250, list_size_date=counted, network=None, sub_icb="16C",
        icb="QHM", region="Y63", opened=opened, closed=closed, origin=origin,
    )  # fmt: skip
    assert list_source(organisation=organisation) == ListSource(counted, opened, closed, *row)


@given(SUBMISSION, st.none() | st.integers(0, 366))
def test_what_is_calculated_with_may_be_read_alone_from_frozen_inputs(held: Submission, days: int | None) -> None:
    file = SourceFile("1f", "one.csv", "one")
    practice = FrozenPractice("A81001", "16C", 8000, (file,), held, {"AF001": FixedPoints(500, "d1")}, days)
    assert practice.inputs == PracticeInputs("A81001", 8000, held.values, {"AF001": 500}, days)
    read = inputs_from_line(grid=GRID, line=practice_line(grid=GRID, practice=practice))
    assert replace(read, values=list(read.values)) == replace(practice.inputs, values=list(practice.inputs.values))


def test_files_stand_in_the_order_of_their_ids() -> None:
    one, two = SourceFile("1f", "z.csv", "z"), SourceFile("2f", "a.csv", "a")
    assert sorted([two, one]) == [one, two]


def test_exclusion_counts_and_information_may_be_missing_but_no_other_value() -> None:
    missing = missing_slots(grid=GRID, values=[ABSENT] * SIZE)
    assert [(GRID.slots[slot].indicator, GRID.slots[slot].field) for slot in missing] == [
        ("AF006", "Atrial Fibrillation Register"),
        ("AF006", "Numerator"),
        ("AF006", "Denominator"),
        ("COPD009MI1", "Chronic Obstructive Pulmonary Disease Register"),
        ("QI013", "Yes/No Flag"),
    ]


def test_a_numerator_is_held_against_its_denominator_only_when_both_are_there() -> None:
    values = [ABSENT] * SIZE
    numerator, denominator = GRID.fractions[0]
    values[numerator] = 3
    assert numerators_above(grid=GRID, values=values) == ()
    values[denominator] = 3
    assert numerators_above(grid=GRID, values=values) == ()
    values[denominator] = 2
    assert numerators_above(grid=GRID, values=values) == (numerator,)
