"""The fast lane accepts what the row-by-row reader accepts, and says the same of everything else.

Files are made as suppliers' systems write them and then spoilt: single bytes, words, rows, practices, encodings, line
endings, quotes. Whatever comes of it, both ways of reading agree in every value, place and problem.
"""

import csv
import gzip
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.columns import RowEnds, read_columns
from functions.domain.check.extract import join_parts, read_extract, read_part
from functions.domain.check.labels import Labels
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from tests.inputs.service import small_service

DOCUMENT = small_service("AF001", "AF006", "AST005", "CHOL002", "QI013", "COPD009MI1")
GRID = service_grid(document=DOCUMENT)
PRACTICES = 12
FILES = 2_000
SPOILERS = (
    b"", b"0", b"-0", b"+1", b"1_0", b"007", b"1e3", b" ", b"\xc2\xa0", b"\xd9\xa3", b"\xff", b'"', b'""', b"\r", b"\n",
    b"\r\n", b",", b"\0", b"AF001", b"Numerator", b"9434765919", b"31/03/2024", b"99/99/2024", b"23:59:60", b"QOF2324",
    b"20240229", b"20230101", b"Z99999", b"1234567890", b"x" * 600, b"x" * 200_000,
)  # fmt: skip


@cache
def made() -> tuple[bytes, Expectation]:
    """A small nation's extract in the real layout, and what it is held against."""
    nation_ = nation(document=DOCUMENT, practices=PRACTICES, seed=11)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(extract_rows(made=nation_, practices=nation_.practices, advance=lambda _: None))
    known = frozenset(practice.code for practice in nation_.practices[:-1])  # the last is a stranger
    away = sorted(known)[3]  # takes part in March and did not in February
    held_against = Expectation(
        service=DOCUMENT.code,
        organisations=known,
        admitted={"20240331": known, "20240229": known - {away}},
        grid=GRID,
        listed={away: "from 20240301 on"},
    )
    return text.getvalue().encode(), held_against


def told(reading: ExtractReading) -> dict[str, object]:
    """Everything that a reading says, so that two can be compared."""
    return {
        "date": reading.achievement_date,
        "rows": reading.rows,
        "refused": dict(reading.refused),
        "problems": reading.problems.listed,
        "counted": (reading.problems.by_code, reading.problems.by_severity),
        "practices": {code: _told(asdict(practice)) for code, practice in reading.practices.items()},
    }


def _told(practice: dict[str, object]) -> dict[str, object]:
    submission = practice["submission"]
    assert isinstance(submission, dict)
    return {**practice, "submission": {**submission, "places": list(submission["places"])}}


def both(content: bytes, *, chunk: int = 2**16) -> tuple[dict[str, object], dict[str, object]]:
    """What the two ways of reading say of a file."""
    chunks = [content[start : start + chunk] for start in range(0, len(content), chunk)]
    expected = made()[1]
    fast = read_extract(file="extract.csv", chunks=chunks, expectation=expected)
    slow = read_extract(file="extract.csv", chunks=chunks, expectation=expected, one_by_one=True)
    return told(fast), told(slow)


def spoilt(seed: int) -> bytes:
    """The file with one to four things done to it."""
    chance = Random(seed)  # noqa: S311  # a mutation to repeat, not a secret
    content = made()[0]
    for _ in range(chance.randrange(1, 5)):
        if content.count(b"\n") > 1:  # there is still something to spoil
            content = chance.choice(MUTATIONS)(content, chance)
    return content


def a_byte(content: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def a_piece(content: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(SPOILERS) + content[place + chance.randrange(3) :]


def a_column(content: bytes, chance: Random) -> bytes:
    rows = content.split(b"\n")
    number = chance.randrange(1, len(rows))
    columns = rows[number].split(b",")
    columns[chance.randrange(len(columns))] = chance.choice(SPOILERS)
    rows[number] = b",".join(columns)
    return b"\n".join(rows)


def rows_moved(content: bytes, chance: Random) -> bytes:
    header, *rows = content.split(b"\n")
    start = chance.randrange(len(rows))
    part = rows[start : start + chance.randrange(1, 60)]
    del rows[start : start + len(part)]
    chance.shuffle(part)
    place = chance.randrange(len(rows) + 1)
    return b"\n".join([header, *rows[:place], *part, *(part if chance.randrange(3) == 0 else []), *rows[place:]])


def cut_short(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(1, len(content) + 1)]


def with_windows_line_endings(content: bytes, _: Random) -> bytes:
    return content.replace(b"\n", b"\r\n")


def a_quoted_column(content: bytes, chance: Random) -> bytes:
    rows = content.split(b"\n")
    number = chance.randrange(1, len(rows))
    columns = rows[number].split(b",")
    column = chance.randrange(len(columns))
    columns[column] = b'"' + columns[column] + chance.choice([b"", b"", b"\n", b'""']) + b'"'
    rows[number] = b",".join(columns)
    return b"\n".join(rows)


MUTATIONS: Sequence[Callable[[bytes, Random], bytes]] = (
    a_byte, a_byte, a_piece, a_piece, a_column, a_column, rows_moved, rows_moved, cut_short,
    with_windows_line_endings, a_quoted_column,
)  # fmt: skip


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
