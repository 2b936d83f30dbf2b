"""An extract of a small nation, and what may be done to it: files to read in two ways that must say the same.

Files are made as suppliers' systems write them and then spoilt: single bytes, words, rows, practices, encodings, line
endings, quotes.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from random import Random

from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.extract import read_extract
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from tests.inputs.service import small_service

DOCUMENT = small_service("AF001", "AF006", "AST005", "CHOL002", "QI013", "COPD009MI1")
GRID = service_grid(document=DOCUMENT)
PRACTICES = 12
LATEST = 20240402141653  # when the last rows were submitted: not a second later can any have been
SPOILERS = (
    b"", b"0", b"-0", b"+1", b"1_0", b"007", b"1e3", b" ", b"\xc2\xa0", b"\xd9\xa3", b"\xff", b'"', b'""', b"\r", b"\n",
    b"\r\n", b",", b"\0", b"AF001", b"Numerator", b"9434765919", b"31/03/2024", b"99/99/2024", b"23:59:60", b"QOF2324",
    b"14:16:54", b"03/04/2024", b"N", b"Jane Smith", b"20240229", b"20230101", b"Z99999", b"1234567890", b"x" * 600,
    b"x" * 200_000,
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
        latest=LATEST,
    )
    return text.getvalue().encode(), held_against


def told(reading: ExtractReading) -> dict[str, object]:
    """Everything that a reading says, so that two can be compared."""
    return {
        "date": reading.achievement_date,
        "rows": reading.rows,
        "refused": dict(reading.refused),
        "personal": reading.personal,
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
