"""The lines of a file are the same however its bytes arrive, and a file that cannot be read says why."""

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.check.stream import LONGEST_LINE, UnreadableFile, text_lines
from schemas.problem import Code

TEXT = st.text(alphabet=st.sampled_from('aé€😀,"\r\n')).filter(lambda text: not text.startswith("\ufeff"))
CUTS = st.lists(st.integers(min_value=1, max_value=7), min_size=1, max_size=20)


def chunked(content: bytes, sizes: list[int]) -> list[bytes]:
    """The bytes in pieces of the sizes given, again and again."""
    chunks, start = list[bytes](), 0
    while start < len(content):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(content[start : start + size])
        start += size
    return chunks


def lines_of(text: str) -> list[str]:
    *complete, rest = text.split("\n")
    return [f"{line}\n" for line in complete] + ([rest] if rest else [])


def code_of(*chunks: bytes, limit: int = 2**20) -> Code:
    with pytest.raises(UnreadableFile) as refused:
        list(text_lines(chunks=chunks, unpacked_limit=limit))
    return refused.value.code


def as_it_is(content: bytes) -> bytes:
    return content


def with_a_mark(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content


def packed(content: bytes) -> bytes:
    return gzip.compress(content)


def packed_in_two_members(content: bytes) -> bytes:
    half = len(content) // 2
    return gzip.compress(content[:half]) + gzip.compress(content[half:])


@pytest.mark.parametrize("pack", [as_it_is, with_a_mark, packed, packed_in_two_members])
def test_lines_do_not_depend_on_how_the_bytes_are_cut(pack: Callable[[bytes], bytes]) -> None:
    @given(text=TEXT, sizes=CUTS)
    def check(text: str, sizes: list[int]) -> None:
        assert list(text_lines(chunks=chunked(pack(text.encode()), sizes))) == lines_of(text)

    check()


@given(cut=st.integers(min_value=2))
def test_a_gzip_file_that_was_cut_short_is_refused_wherever_it_was_cut(cut: int) -> None:
    whole = gzip.compress(b"QUALITY_SERVICE,NAME\nQOF2324,Quality\n" * 50)
    assert code_of(whole[: 2 + cut % (len(whole) - 2)]) is Code.FILE_TRUNCATED


def test_a_damaged_gzip_file_is_refused() -> None:
    whole = bytearray(gzip.compress(b"QOF2324\n" * 50))
    whole[len(whole) // 2] ^= 0xFF
    assert code_of(bytes(whole)) is Code.FILE_TRUNCATED


def test_something_after_the_gzip_data_is_refused() -> None:
    assert code_of(gzip.compress(b"a\n") + b"more") is Code.FILE_TRUNCATED


@pytest.mark.parametrize("padding", [1, 512, 3 * 2**20])
def test_zero_bytes_after_the_gzip_data_are_padding(padding: int) -> None:
    packed = gzip.compress(b"one\ntwo\n") + bytes(padding)
    chunks = [packed[start : start + 1000] for start in range(0, len(packed), 1000)]
    assert list(text_lines(chunks=chunks)) == ["one\n", "two\n"]
    assert list(text_lines(chunks=[packed, gzip.compress(b"three\n")])) == ["one\n", "two\n", "three\n"]


def test_an_archive_or_a_workbook_is_told_that_it_is_no_text() -> None:
    with pytest.raises(UnreadableFile, match="a zip archive or a workbook") as refused:
        list(text_lines(chunks=[b"PK", b"\x03\x04rest"]))
    assert refused.value.code is Code.FILE_ENCODING


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused_before_it_fills_the_memory() -> None:
    bomb = gzip.compress(b"\n" * 2**22)
    assert len(bomb) < 2**13
    assert code_of(bomb) is Code.FILE_TOO_LARGE


def test_the_limit_itself_is_allowed() -> None:
    assert len(list(text_lines(chunks=[b"a\n" * 4], unpacked_limit=8))) == 4
    assert code_of(b"a\n" * 4, limit=7) is Code.FILE_TOO_LARGE


def test_a_line_longer_than_any_row_is_refused_and_not_held() -> None:
    assert code_of(b"x" * LONGEST_LINE, b"x", limit=2**30) is Code.FILE_CSV


@pytest.mark.parametrize("content", [b"\xff", b"caf\xe9\n", "é".encode()[:1], b"\xff\xfeQ\x00"])
def test_bytes_that_are_not_utf_8_are_refused(content: bytes) -> None:
    assert code_of(content) is Code.FILE_ENCODING


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_has_no_lines(content: bytes) -> None:
    assert list(text_lines(chunks=[content])) == []
