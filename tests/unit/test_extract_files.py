"""A large file is read in halves, and says what it says as a whole."""

import gc
import gzip
import os
from dataclasses import replace
from pathlib import Path

import pytest

from cqrs.extract_files import practice_break, read_extract_file
from functions.domain.check.extract import join_parts, read_extract, read_part
from functions.domain.check.names import MOST
from functions.domain.check.stream import LONGEST_LINE
from tests.inputs.extract import HEADER, row
from tests.inputs.service import expectation, small_grid

GRID = small_grid("AF001", "AF006")
CODES = [f"A81{number:03d}" for number in range(40)]
ROWS = [row(*place, practice=code) for code in CODES for place in (("AF001",), ("AF006", "Numerator", "1"))]


def file(folder: Path, *rows: str) -> Path:
    path = folder / "extract.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [*ROWS[:30], row(value="x", practice=CODES[7]), *ROWS[30:], row(value="-1", practice=CODES[9])],
        [*ROWS, row("AF006", "Denominator", "5", practice=CODES[0])],  # a practice with rows in both halves
        [*ROWS[:60], row(value='"1\n2"', practice=CODES[33]), *ROWS[60:]],  # a line that does not end a row
        [*ROWS, "Z99999"],
        [*ROWS[:40], "AF006,Numerator,5", *ROWS[40:]],  # just where the halves meet, and nobody's
        [row(name) for name in (f"AF{number:05d}x" for number in range(MOST + 40))],
    ],
    ids=[
        "good",
        "bad rows",
        "a practice in both halves",
        "a quoted line break",
        "a misshapen row",
        "a misshapen row that names nobody",
        "too many wrong names",
    ],
)
def test_halves_say_what_the_whole_says(tmp_path: Path, rows: list[str]) -> None:
    path, expected = file(tmp_path, *rows), expectation(GRID, *CODES)
    halves = read_extract_file(path=path, name="e.csv", expected=expected, advance=lambda _: None, large=1)
    whole = read_extract(file="e.csv", chunks=[path.read_bytes()], expectation=expected)
    assert halves.problems.listed == whole.problems.listed
    assert (halves.rows, halves.refused, halves.practices) == (whole.rows, whole.refused, whole.practices)


@pytest.mark.parametrize("large", [1, 2**40], ids=["in halves", "as a whole"])
@pytest.mark.parametrize(
    "rows",
    [ROWS, [*ROWS, row("AF006", "Denominator", "5", practice=CODES[0])], [*ROWS[:9], "\x00" * 2**21, *ROWS[9:]]],
    ids=["good", "a practice in both halves", "a line too long to be read on from"],
)
def test_a_digest_is_fed_every_byte_once_however_far_the_file_was_read(
    tmp_path: Path, rows: list[str], large: int
) -> None:
    path, fed = file(tmp_path, *rows), bytearray()
    read_extract_file(
        path=path,
        name="e.csv",
        expected=expectation(GRID, *CODES),
        advance=lambda _: None,
        feed=fed.extend,
        large=large,
    )
    assert bytes(fed) == path.read_bytes()


def test_parts_are_not_joined_where_a_row_waits_for_the_practice_that_follows(tmp_path: Path) -> None:
    expected, path = expectation(GRID, *CODES), file(tmp_path, row(practice="Z99999"), "AF006,Numerator,5")
    first = read_part(file="e.csv", chunks=[path.read_bytes()], expectation=expected, first=True)
    second = read_part(file="e.csv", chunks=[f"{row(practice=CODES[0])}\n".encode()], expectation=expected, first=False)
    assert None not in (first, second)
    assert join_parts(file="e.csv", parts=(first, second), expectation=expected) is None


class DeadlyElsewhere(frozenset[str]):
    """Codes; to look one up ends any process but this one."""

    def __contains__(self, code: object, *, here: int = os.getpid()) -> bool:
        if os.getpid() != here:
            os._exit(1)
        return super().__contains__(code)


def test_a_half_whose_process_dies_is_read_by_the_other(tmp_path: Path) -> None:
    path, expected = file(tmp_path, *ROWS), expectation(GRID, *CODES)
    admitted = {day: DeadlyElsewhere(codes) for day, codes in expected.admitted.items()}
    deadly = replace(expected, admitted=admitted)
    reading = read_extract_file(path=path, name="e.csv", expected=deadly, advance=lambda _: None, large=1)
    assert (reading.rows, len(reading.practices)) == (len(ROWS), len(CODES))


def test_the_process_collects_cycles_again_when_halves_were_read_and_not_where_it_did_not_before(
    tmp_path: Path,
) -> None:
    path, expected, meanwhile = file(tmp_path, *ROWS), expectation(GRID, *CODES), list[bool]()

    def seen(_: int) -> None:
        meanwhile.append(gc.isenabled())

    for collects in (False, True):
        (gc.enable if collects else gc.disable)()
        meanwhile.clear()
        read_extract_file(path=path, name="e.csv", expected=expected, advance=seen, large=1)
        assert (meanwhile[0], gc.isenabled()) == (False, collects)


def test_a_file_longer_than_may_be_is_read_whole_so_that_it_is_refused_as_by_everybody(tmp_path: Path) -> None:
    """Each half by itself might be short enough."""
    path, pieces = file(tmp_path, *ROWS), list[int]()
    for most in (10**6, 10):
        pieces.clear()
        read_extract_file(
            path=path, name="e.csv", expected=expectation(GRID, *CODES), advance=pieces.append, large=1, most=most
        )
        assert len(pieces) == (2 if most > 10 else 1)


def test_a_cut_is_where_one_practice_ends_and_the_next_begins(tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS)
    before, after = path.read_bytes()[: practice_break(path)], path.read_bytes()[practice_break(path) :]
    assert before.endswith(b"\n")
    assert before.splitlines()[-1].split(b",")[2] != after.splitlines()[0].split(b",")[2]


def test_a_file_without_lines_is_not_cut_and_not_held(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(b"x" * (3 * LONGEST_LINE))
    assert practice_break(path) == 0


def test_a_file_of_one_practice_and_a_gzip_file_are_not_cut(tmp_path: Path) -> None:
    assert practice_break(file(tmp_path, *[row()] * 50)) == 0
    packed = tmp_path / "extract.csv.gz"
    packed.write_bytes(gzip.compress("\n".join([HEADER, *ROWS]).encode()))
    assert practice_break(packed) == 0
