"""The fast lane accepts what the row-by-row reader accepts, and says the same of everything else.

`tests/inputs/spoilt_files.py` makes files as suppliers' systems write them and spoils them. Whatever comes of it, both
ways of reading agree in every value, place and problem. `make fuzz` goes on where this stops.
"""

import gzip
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.check.columns import RowEnds, read_columns
from functions.domain.check.extract import join_parts, read_extract, read_part
from functions.domain.check.known import PIECE
from functions.domain.check.labels import Labels
from functions.domain.check.stored import FEW_AGAIN
from tests.inputs.spoilt_files import GRID, both, made, spoilt, told

FILES = 2_000


def test_two_thousand_spoilt_files_are_read_the_same_either_way() -> None:
    for seed in range(FILES):
        fast, slow = both(spoilt(seed), chunk=Random(seed).choice((97, 4_096, 2**16)))  # noqa: S311  # as above
        assert fast == slow, f"seed {seed}"


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=1, max_value=40_000))
def test_it_does_not_matter_how_the_bytes_arrive(seed: int, chunk: int) -> None:
    fast, slow = both(spoilt(seed), chunk=chunk)
    assert fast == slow


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n", b"\r\n", b"\xef\xbb\xbf"])
def test_whatever_a_file_ends_with(end: bytes) -> None:
    fast, slow = both(made()[0].rstrip(b"\n") + end)
    assert fast == slow


def test_a_value_longer_than_csv_takes_ends_both_readings_at_its_row_however_the_bytes_arrive() -> None:
    lines = made()[0].split(b"\n")
    for line in (3, 20, len(lines) // 2):
        content = b"\n".join([*lines[:line], lines[line].replace(b"AUTOMATED", b"x" * 140_000), *lines[line + 1 :]])
        for chunk in (2**16, 2**20):
            fast, slow = both(content, chunk=chunk)
            assert fast == slow


def test_a_broken_first_row_refuses_its_practice_whatever_stands_before_it() -> None:
    """A broken row of a stranger waits for whoever comes next, which is the practice with the broken row."""
    header, *rows = made()[0].rstrip(b"\n").split(b"\n")
    own = [row for row in rows if row.split(b",")[2] == rows[0].split(b",")[2]]
    broken = [row.replace(b",AF001,", b",,AF001,").replace(b",QI013,", b",,QI013,") for row in (rows[-1], own[0])]
    fast, slow = both(b"\n".join([header, *broken, *own[1:], b""]))
    assert fast == slow


@pytest.mark.parametrize("odd", [b"\xff", b"\xc3", "Ä".encode(), "\u0663".encode()], ids=ascii)
def test_what_is_not_ascii_is_read_the_same_wherever_it_stands(odd: bytes) -> None:
    """Also where one piece of what is looked at together ends and the next begins."""
    content = made()[0] + made()[0].partition(b"\n")[2]
    assert len(content) > 2 * PIECE
    for middle in range(PIECE, len(content), PIECE):
        for place in (*range(middle - 20, middle + 160, 11), content.index(b"\n", middle), len(content) - 1):
            fast, slow = both(content[:place] + odd + content[place:], chunk=2**20)
            assert fast == slow, f"at {place}"


@pytest.mark.parametrize("later", ["11:19:50", "11:19:51", "11:19:49"])
@pytest.mark.parametrize("again", [1, FEW_AGAIN, FEW_AGAIN + 1, 40])
def test_few_and_many_values_that_are_sent_again_among_new_ones_are_read_the_same(again: int, later: str) -> None:
    header, *rows = made()[0].decode().rstrip("\n").split("\n")
    own = [row for row in rows if row.split(",")[2] == rows[0].split(",")[2]]
    repeated = [row.replace(row.split(",")[10], later) for row in own[:again]]
    for order in ([*own[:again], *repeated, *own[again:]], [*own[: again + 3], *repeated[::-1], *own[again + 3 :]]):
        fast, slow = both("\n".join([header, *order, ""]).encode())
        assert fast == slow


def test_a_gzip_and_a_byte_order_mark_are_read_the_same_too() -> None:
    for content in (gzip.compress(made()[0]), b"\xef\xbb\xbf" + made()[0], gzip.compress(made()[0])[:-9]):
        fast, slow = both(content)
        assert fast == slow


def test_most_rows_of_an_ordinary_file_are_right_at_a_glance() -> None:
    """Otherwise every test here would compare the row-by-row reader with itself."""
    text = made()[0].partition(b"\n")[2]
    front = text[: text.index(b",AF001,") + 1]
    rows = RowEnds(text=b"\n" + text, end=len(text))
    labels = Labels(labels=[f"{slot.indicator},{slot.field},".encode() for slot in GRID.slots])
    found = read_columns(rows=rows, first=0, front=len(front), middles=[b",None,AUTOMATED,"], labels=labels)
    extracted = text.count(b",AUTOMATED,")
    assert np.count_nonzero(found.right) >= extracted - 2  # the last rows have too little text behind them


def test_a_file_in_parts_is_the_file_as_a_whole() -> None:
    content, expected = made()
    whole = told(read_extract(file="extract.csv", chunks=[content], expectation=expected))
    for cut in (number for number in range(len(content)) if content[number - 1 : number] == b"\n"):
        parts = [
            read_part(file="extract.csv", chunks=[content[:cut]], expectation=expected, first=True),
            read_part(file="extract.csv", chunks=[content[cut:]], expectation=expected, first=False),
        ]
        joined = join_parts(file="extract.csv", parts=parts, expectation=expected)
        assert joined is None or told(joined) == whole


def test_the_parts_of_a_spoilt_file_say_what_the_whole_says_or_ask_for_the_whole() -> None:
    expected = made()[1]
    for seed in range(FILES // 4):
        content = spoilt(seed)
        cut = content.find(b"\n", len(content) // 2) + 1
        parts = [
            read_part(file="extract.csv", chunks=[content[:cut]], expectation=expected, first=True),
            read_part(file="extract.csv", chunks=[content[cut:]], expectation=expected, first=False),
        ]
        joined = join_parts(file="extract.csv", parts=parts, expectation=expected)
        whole = read_extract(file="extract.csv", chunks=[content], expectation=expected)
        assert joined is None or told(joined) == told(whole), f"seed {seed}"


def test_a_shuffled_file_is_read_row_by_row_and_says_the_same() -> None:
    header, *rows = made()[0].rstrip(b"\n").split(b"\n")
    Random(1).shuffle(rows)  # noqa: S311  # as above
    fast, slow = both(b"\n".join([header, *rows]))
    assert fast == slow


@pytest.mark.parametrize("user", ['"AUTOMATED"', "André", "A" * 600])
@pytest.mark.parametrize("later", ["11:19:50", "11:19:51", "11:19:49"])
def test_a_row_that_only_the_specification_takes_has_its_turn_among_the_others(user: str, later: str) -> None:
    """Its values stand twice, and which of them was first or is the last one decides what is said of it."""
    header, *rows = made()[0].decode().rstrip("\n").split("\n")
    own = [row for row in rows if row.split(",")[2] == rows[0].split(",")[2]]
    odd = own[0].replace("AUTOMATED", user)
    again = [row.replace(row.split(",")[10], later) for row in own]
    for order in ([odd, *own[1:], *again], [*again, odd, *own[1:]]):
        fast, slow = both("\n".join([header, *order, ""]).encode())
        assert fast == slow
