"""Files of which nobody knows more than their bytes are looked through to their end, in whatever pieces they come."""

import gzip

import pytest

from functions.domain.check.screening import head_holds_a_number, holds_a_person

NUMBER = b"9434765919"
ROWS = b"QUALITY_SERVICE,ORG_CODE\n" * 2_000


@pytest.mark.parametrize("behind", [b"", b"no gzip at all", b"PK\x03\x04" * 9])
def test_what_stands_behind_the_point_up_to_which_a_file_can_be_read_is_looked_at_as_it_is(behind: bytes) -> None:
    chunks = [gzip.compress(ROWS), behind or b"x", b"y" * 100, b"number " + NUMBER]
    assert holds_a_person(chunks=chunks)
    assert not holds_a_person(chunks=chunks[:-1])


@pytest.mark.parametrize("piece", [1, 3, 7, 24, 10_000])
def test_a_number_is_found_in_pieces_of_any_size(piece: int) -> None:
    text = ROWS[:500] + NUMBER + ROWS[:500]
    assert holds_a_person(chunks=[text[start : start + piece] for start in range(0, len(text), piece)])


@pytest.mark.parametrize("cut", range(1, len(NUMBER)))
def test_a_number_behind_what_can_be_read_is_found_where_two_pieces_share_it(cut: int) -> None:
    assert holds_a_person(chunks=[gzip.compress(ROWS), b"no gzip at all ", NUMBER[:cut], NUMBER[cut:]])


def test_of_a_plain_file_no_head_is_looked_at() -> None:
    assert not head_holds_a_number(chunks=[NUMBER])
