"""A file that is read in any number of parts, one after another, says what it says when it is read at once."""

import gzip
from collections.abc import Callable, Iterator
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.check.extract import Paused, read_extract, read_on
from functions.domain.check.paused import paused_bytes, paused_from_bytes
from functions.domain.check.reading import ExtractReading
from functions.domain.packed import Packing
from tests.inputs.spoilt_files import GRID, made, spoilt, told

PACKING = Packing(grid=GRID)
FILES = 100


def in_parts(content: bytes, *, chunk: int, go_on: Callable[[], bool]) -> tuple[ExtractReading, int]:
    """What the parts say in the end, each of which knows the bytes of the one before and no more; their number."""
    body: bytes | None = None
    before = -1
    for number in count(1):

        def chunks(start: int) -> Iterator[bytes]:
            return (content[at : at + chunk] for at in range(start, len(content), chunk))

        reading = read_on(
            file="extract.csv",
            chunks=chunks,
            expectation=made()[1],
            paused=None if body is None else paused_from_bytes(body=body, packing=PACKING),
            go_on=go_on,
        )
        if not isinstance(reading, Paused):
            return reading, number
        assert reading.bookmark.offset > before
        before = reading.bookmark.offset
        body = paused_bytes(paused=reading, packing=PACKING)
    raise AssertionError


def whole(content: bytes, *, chunk: int = 2**16) -> dict[str, object]:
    chunks = [content[start : start + chunk] for start in range(0, len(content), chunk)]
    return told(read_extract(file="extract.csv", chunks=chunks, expectation=made()[1]))


def in_one_order(reading: dict[str, object]) -> dict[str, object]:
    """With its practices as a list, so that their order is compared too."""
    practices = reading["practices"]
    assert isinstance(practices, dict)
    return {**reading, "practices": list(practices.items())}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_cut_at_any_points_says_what_the_whole_says(pack: Callable[[bytes], bytes], data: st.DataObject) -> None:
    content = pack(spoilt(data.draw(st.integers(min_value=0))))
    chunk = data.draw(st.integers(20, 9_000))
    answers = data.draw(st.lists(st.booleans(), min_size=1, max_size=8))
    chance = count()
    reading, _ = in_parts(content, chunk=chunk, go_on=lambda: answers[next(chance) % len(answers)])
    assert in_one_order(told(reading)) == in_one_order(whole(content, chunk=chunk))


def test_spoilt_files_in_as_many_parts_as_can_be_say_what_each_says_whole() -> None:
    parts = 0
    for seed in range(FILES):
        content = spoilt(seed)
        packed = gzip.compress(content) if seed % 2 else content
        chunk = Random(seed).choice((700, 4_096, 20_000))  # noqa: S311  # to repeat, not a secret
        reading, number = in_parts(packed, chunk=chunk, go_on=lambda: False)
        assert in_one_order(told(reading)) == in_one_order(whole(packed, chunk=chunk)), f"seed {seed}"
        parts += number
    assert parts > 5 * FILES  # otherwise hardly anything would be read on


def test_a_part_ends_within_a_practice_and_the_next_goes_on_with_it() -> None:
    content = made()[0]
    chunk = len(content) // 5
    reading, parts = in_parts(content, chunk=chunk, go_on=lambda: False)
    assert parts > 4
    assert told(reading) == whole(content)


def test_a_reading_that_may_take_as_long_as_it_likes_has_one_part() -> None:
    reading, parts = in_parts(made()[0], chunk=1_000, go_on=lambda: True)
    assert (told(reading), parts) == (whole(made()[0]), 1)
