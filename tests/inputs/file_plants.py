"""Problems of a file as a whole: each plant turns the text of a good extract into bytes that are refused.

To plant another, write a function of the text and of chance, and name it in `FILE_PLANTS`.
"""

import gzip
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple, TypeAlias

from functions.domain.check.problems import WITHHELD
from functions.domain.check.row import COLUMNS, VALUE
from functions.domain.check.stream import BOMB_FROM, BOMB_RATIO
from schemas.problem import Code
from tests.inputs.drafts import Planted


class Spoilt(NamedTuple):
    """The bytes of a file, where and when it is put if not in its place in time, and all that its report must say."""

    content: bytes
    planted: list[Planted]
    key: str = ""
    received: datetime | None = None


FilePlant: TypeAlias = Callable[[str, Random], Spoilt]
NHS_NUMBERS = ("9434765919", "943 476 5919", "943-476-5919")  # a number for tests, by the NHS Data Dictionary's rule
PEOPLE = (*NHS_NUMBERS, "Jane Smith", "01/02/1960", "1960-02-01", '"SMITH, Jane"')


def about_the_file(line: int, code: Code) -> list[Planted]:
    return [Planted(line, "", "", "", "", code)]


def nothing(text: str, chance: Random) -> Spoilt:
    header = text.partition("\n")[0] + "\n"
    return Spoilt(chance.choice([b"", header.encode(), header.strip().encode()]), about_the_file(1, Code.FILE_EMPTY))


def another_header(text: str, chance: Random) -> Spoilt:
    header, _, rows = text.partition("\n")
    names = header.split(",")
    column = chance.randrange(len(names))
    spoil = chance.choice(["", names[column].lower(), f" {names[column]}", None])
    spoilt = [*names[:column], *([] if spoil is None else [spoil]), *names[column + 1 :]]
    return Spoilt(f"{','.join(spoilt)}\n{rows}".encode(), about_the_file(1, Code.FILE_HEADER))


def another_encoding(text: str, chance: Random) -> Spoilt:
    lines = text.encode().split(b"\n")
    number = chance.randrange(1, len(lines) - 1)
    lines[number] = lines[number].replace(b"AUTOMATED", "Médical".encode("cp1252"))
    return Spoilt(b"\n".join(lines), about_the_file(number + 1, Code.FILE_ENCODING))


def cut_within_a_row(text: str, chance: Random) -> Spoilt:
    lines = text.split("\n")
    number = chance.randrange(1, len(lines) - 1)
    cut = lines[number].split(",")[: chance.randrange(2, len(COLUMNS))]
    return Spoilt("\n".join([*lines[:number], ",".join(cut)]).encode(), about_the_file(number + 1, Code.FILE_TRUNCATED))


def a_gzip_cut(text: str, chance: Random) -> Spoilt:
    packed = gzip.compress(text.encode(), mtime=0)
    cut = packed[: chance.randrange(len(packed) // 4, len(packed))]
    whole = zlib.decompressobj(wbits=31).decompress(cut).count(b"\n")
    return Spoilt(cut, about_the_file(max(whole, 1), Code.FILE_TRUNCATED))


def quotes_amiss(text: str, chance: Random) -> Spoilt:
    lines = text.split("\n")
    number = chance.randrange(1, len(lines) - 1)
    lines[number] = lines[number].replace("AUTOMATED", '"AUTO"MATED').replace("syn100", '"AUTO"MATED')
    return Spoilt("\n".join(lines).encode(), about_the_file(number + 1, Code.FILE_CSV))


def a_bomb(text: str, chance: Random) -> Spoilt:
    """Long lines of blanks behind some rows. They are unpacked a megabyte at a time, up to the last that may be."""
    start = text[: text.index("\n", chance.randrange(len(text))) + 1]
    blank = b" " * 99_999 + b"\n"
    content = start.encode() + blank * (2**27 // len(blank))
    packed = gzip.compress(content, mtime=0)
    limit = max(BOMB_FROM, BOMB_RATIO * len(packed))
    return Spoilt(packed, about_the_file(content[: limit - limit % 2**20].count(b"\n"), Code.FILE_BOMB))


def people(text: str, chance: Random) -> Spoilt:
    """Patients in some rows: an NHS number in any column, a name or a birth date for a count."""
    lines = text.split("\n")
    some = sorted(chance.sample(range(1, len(lines) - 1), chance.randrange(1, 5)))
    for number in some:
        cells = lines[number].split(",")
        person = chance.choice(PEOPLE)
        cells[chance.randrange(len(cells)) if person in NHS_NUMBERS else VALUE] = person
        lines[number] = ",".join(cells)
    found = [Planted(number + 1, "", "", "", WITHHELD, Code.FILE_PERSONAL) for number in some]
    return Spoilt("\n".join(lines).encode(), found)


def another_place(text: str, chance: Random) -> Spoilt:
    keys = ["extracts/april.csv", "extracts/tpp/QOF2324/payment/april.csv", "extracts/tpp//PAYMENT/april.csv"]
    return Spoilt(text.encode(), about_the_file(0, Code.FILE_KEY), chance.choice(keys))


def another_sender(text: str, chance: Random) -> Spoilt:
    keys = ["extracts/acme/QOF2324/PAYMENT/april.csv", "extracts/tpp/QOF1112/PAYMENT/april.csv"]
    return Spoilt(text.encode(), about_the_file(0, Code.FILE_SUPPLIER), chance.choice(keys))


def strangers(text: str, chance: Random) -> Spoilt:
    del chance
    header, row, *_ = text.split("\n")
    cells = row.split(",")
    rows = (",".join([*cells[:2], f"Y{number:06d}", *cells[3:]]) for number in range(10_001))
    return Spoilt("\n".join([header, *rows, ""]).encode(), about_the_file(10_002, Code.FILE_ORGANISATIONS))


def too_early(text: str, chance: Random) -> Spoilt:
    received = datetime(2024, chance.randrange(1, 4), chance.randrange(1, 29), 23, tzinfo=UTC)
    return Spoilt(text.encode(), [Planted(2, "", "", "", "20240331", Code.FILE_EARLY)], received=received)


FILE_PLANTS: Sequence[FilePlant] = (
    nothing, another_header, another_encoding, cut_within_a_row, a_gzip_cut, quotes_amiss, people, another_place,
    another_sender, strangers, too_early, a_bomb,
)  # fmt: skip
