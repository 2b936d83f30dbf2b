"""The laws of a run, for whatever suppliers send: the order of rows and of files changes nothing, nor does splitting a
file, and frozen inputs replay to the same bytes.

That points never fall as achievement rises is in tests/unit/test_points.py, that the lines of a working add up to the
payment in tests/unit/test_working.py.
"""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.calculate.achievement import Achievement, PracticeInputs
from functions.domain.calculate.inputs import FixedPoints, FrozenPractice, practice_from_line
from functions.domain.calculate.rules import service_rules
from functions.domain.check.extract import read_extract
from functions.domain.check.gathering import gather_practice
from functions.domain.evidence.frozen import FrozenRun, frozen_objects
from functions.domain.evidence.national import national_figures
from functions.domain.evidence.working import run_engine, worked_practices
from functions.domain.submission import Submission
from schemas.service import ServiceDocument
from tests.inputs.extract import FIRST, SECOND, extract, row
from tests.inputs.frozen import frozen_practice, run_of
from tests.inputs.service import expectation, small_service
from tests.inputs.small_nation import CODES, RULES, calculated

DOCUMENT = small_service(*CODES)
GRID = RULES.grid
LISTS = {"A81001": 9_000, "A81002": 400}
EARLIER = "31/03/2024 23:59:59"
Files = Sequence[Sequence[str]]


@st.composite
def a_file(draw: st.DrawFn) -> list[str]:
    """The rows of two practices in any order. Some values were sent before, when fewer were in a numerator and more
    in a denominator, so that no file that holds only a part of the rows contradicts itself.
    """
    rows = []
    for code in LISTS:
        values = {slot: draw(st.integers(0, 50)) for slot in GRID.required}
        for numerator, denominator in GRID.fractions:
            values[numerator], values[denominator] = sorted((values[numerator], values[denominator]))
        for slot in GRID.required:
            rows.append(a_row(code, slot, values[slot], draw(st.sampled_from([FIRST, SECOND]))))
            if draw(st.booleans()):
                rows.append(a_row(code, slot, draw(before(slot, values[slot])), EARLIER))
    return draw(st.permutations(rows))


def a_row(code: str, number: int, value: int, at: str) -> str:
    slot = GRID.slots[number]
    return row(slot.indicator, slot.field, str(min(value, 1) if slot.flag else value), practice=code, at=at)


def before(slot: int, value: int) -> st.SearchStrategy[int]:
    is_denominator = slot in {denominator for _, denominator in GRID.fractions}
    return st.integers(value, 99) if is_denominator else st.integers(0, value)


def achieved(files: Files) -> list[Achievement]:
    """What the practices achieve by some files: each is read, what counts is gathered, and everybody calculated."""
    known = expectation(GRID, *LISTS)
    readings = [read_extract(file="file", chunks=extract(*rows), expectation=known) for rows in files]
    assert [reading.refused for reading in readings] == [{}] * len(readings)
    practices = []
    for code, size in LISTS.items():
        sent = [reading.practices[code].submission for reading in readings if code in reading.practices]
        counts = gather_practice(grid=GRID, organisation=code, submissions=sent, file="", line=0)
        assert isinstance(counts, Submission)
        practices.append(PracticeInputs(code, size, tuple(counts.values)))
    return calculated(practices)[2]


FILE = a_file()


@given(FILE.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_does_not_matter(orders: tuple[list[str], list[str]]) -> None:
    one, other = orders
    assert achieved([one]) == achieved([other])


@given(FILE, st.integers(min_value=1))
def test_splitting_a_file_in_two_does_not_matter(rows: list[str], place: int) -> None:
    cut = 1 + place % (len(rows) - 1)
    assert achieved([rows[:cut], rows[cut:]]) == achieved([rows])


@given(FILE, st.integers(min_value=2, max_value=5))
def test_the_order_of_files_does_not_matter(rows: list[str], files: int) -> None:
    parts = [rows[number::files] for number in range(files)]
    assert achieved(parts[::-1]) == achieved(parts) == achieved([rows])


NEEDED = [(slot.indicator, slot.field) for slot in GRID.slots if slot.required]
DECIDED = st.builds(FixedPoints, points=st.integers(0, 300), decision=st.just("d1"))


@st.composite
def frozen_nations(draw: st.DrawFn) -> tuple[FrozenPractice, ...]:
    """Practices of any counts, some with points that a decision fixes, some open for part of the year."""
    practices = []
    for code, size in LISTS.items():
        counts = {name: draw(st.integers(0, 99)) for name in NEEDED}
        fixed = draw(st.dictionaries(st.sampled_from(CODES), DECIDED))
        days = draw(st.none() | st.integers(0, 366))
        practices.append(frozen_practice(DOCUMENT, counts, code=code, size=size, fixed=fixed, days_open=days))
    return tuple(practices)


def evidence(frozen: FrozenRun) -> Iterator[bytes]:
    """Everything that a run keeps: its inputs, its national figures, and the working of every practice."""
    yield from (kept.body for kept in frozen_objects(frozen=frozen))
    national = national_figures(rules=frozen.rules, practices=frozen.practices).prevalence
    engine = run_engine(document=frozen.document, national=national)
    yield from (one.line for one in worked_practices(engine=engine, inputs=frozen.inputs.splitlines()))


@settings(max_examples=20)
@given(frozen_nations())
def test_a_run_that_is_made_again_from_what_it_kept_is_the_same_to_the_byte(nation: tuple[FrozenPractice, ...]) -> None:
    first = run_of(DOCUMENT, nation)
    inputs, document, *_ = frozen_objects(frozen=first)
    kept = ServiceDocument.model_validate_json(document.body)
    grid = service_rules(document=kept).grid
    again = run_of(kept, [practice_from_line(grid=grid, line=line) for line in inputs.body.splitlines()])
    assert again.run.id == first.run.id
    assert list(evidence(again)) == list(evidence(first))
