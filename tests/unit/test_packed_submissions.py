"""A submission is stored as few bytes, and read back the same: its values, their times and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.extract import read_extract
from functions.domain.check.reading import Expectation
from functions.domain.check.row import COLUMNS
from functions.domain.packed import Packing
from functions.domain.submission import ABSENT, FILE, Submission, submission_of
from schemas.catalogue import service_document
from tests.inputs.service import small_grid

GRID = small_grid("AF006", "QI013", "COPD009MI1")
PACKING = Packing(grid=GRID)
SIZE = len(GRID.slots)
OTHER_KEYS = 90  # bytes of an item that are not its packed values: its keys and the layout's name
UNIT = 1024  # bytes that one write unit pays for

CELL = st.one_of(
    st.none(),
    st.tuples(
        st.integers(0, 999_999_999),
        st.integers(20_000_101_000_000, 20_991_231_235_959),
        st.integers(1, 2**36) | st.integers(FILE, 3 * FILE),
    ),
)


def submission(cells: list[tuple[int, int, int] | None]) -> Submission:
    values, stamps, places = zip(*(cell or (ABSENT, 0, 0) for cell in cells), strict=True)
    return submission_of(values=values, stamps=stamps, places=places)


SUBMISSION = st.lists(CELL, min_size=SIZE, max_size=SIZE).map(submission)


@given(SUBMISSION)
def test_a_submission_is_packed_and_unpacked_the_same(held: Submission) -> None:
    back = PACKING.unpack(layout=PACKING.layout, packed=PACKING.pack(submission=held))
    assert (back, back.places) == (held, held.places)


@given(SUBMISSION)
def test_a_service_that_has_gained_rows_or_changed_their_order_finds_each_value_by_its_name(held: Submission) -> None:
    wider = small_grid("COPD009MI1", "AF001", "QI013", "AF006")
    back = Packing(grid=wider).unpack(layout=PACKING.layout, packed=PACKING.pack(submission=held))
    for number, slot in enumerate(GRID.slots):
        there = wider.numbers[slot.indicator][slot.field]
        found = (back.values[there], back.stamps[there], back.places[there])
        assert found == (held.values[number], held.stamps[number], held.places[number])
    assert sum(value != ABSENT for value in back.values) == sum(value != ABSENT for value in held.values)


def test_a_value_of_a_row_that_the_service_has_no_more_is_not_dropped() -> None:
    packed = PACKING.pack(submission=submission([(1, 20240402111950, 2)] * SIZE))
    narrow = Packing(grid=small_grid("AF006"))
    with pytest.raises(LookupError, match="values of rows that its service has no more"):
        narrow.unpack(layout=PACKING.layout, packed=packed)


def test_bytes_of_another_form_are_refused() -> None:
    with pytest.raises(ValueError, match="does not know"):
        PACKING.unpack(layout=PACKING.layout, packed=b"\x02")


@pytest.mark.parametrize("service", ["QOF1819", "QOF2324", "QOF2526"])
def test_a_practice_of_any_year_is_written_with_one_unit(service: str) -> None:
    document = service_document(service)
    made = nation(document=document, practices=40, seed=1)
    rows = extract_rows(made=made, practices=made.practices, advance=lambda _: None)
    known = frozenset(practice.code for practice in made.practices)
    day = f"{max(collection.achievement_date for collection in document.collections):%Y%m%d}"
    expected = Expectation(service=service, organisations=known, admitted={day: known}, grid=made.grid, listed={})
    lines = (",".join(row) + "\n" for row in (COLUMNS, *rows))
    reading = read_extract(file="april.csv", chunks=["".join(lines).encode()], expectation=expected)
    packing = Packing(grid=made.grid)
    packed = [len(packing.pack(submission=one.submission)) for one in reading.practices.values()]
    assert len(packed) == len(made.practices)
    assert max(packed) + OTHER_KEYS <= UNIT
