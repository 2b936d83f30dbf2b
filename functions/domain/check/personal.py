"""What looks like a person in a file that should hold nothing but counts.

An NHS number has ten digits, the last of which checks the others (NHS Data Dictionary: NHS NUMBER, modulus 11). It is
looked for everywhere. A birth date or a name is looked for where a count belongs.
"""

import csv
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from unicodedata import combining, normalize

from functions.domain.check.stream import UnreadableFile, unpacked

_TEN = re.compile(r"[0-9](?<![0-9][0-9])[0-9]{2}([ -]?)[0-9]{3}\1[0-9]{4}(?![0-9])")  # a digit first: much faster
_SHAPES = bytes.maketrans(b"123456789-", b"000000000 ")
_IN_ONE, _APART = b"0000000000", b"000 000 0000"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?"
_DATE = re.compile(
    r"\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|[a-z]{3,9})\s*[-/., ]\s*\d{2,4}"  # 20/03/1950, 20. 3. 1950, 20-March-50
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s*{_MONTH}\s*,?\s*\d{{2,4}}"  # 20MAR1950
    rf"|{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s*\d{{2,4}}",  # March 20, 1950
    re.IGNORECASE,
)
_TIME = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:Z|[AP]M|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_HARMLESS = re.compile(r"[-+_]?[\d_]*[.,]?\d*")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+[.]\w+")
_WORDS = re.compile(r"[^\W\d_]+")
_BETWEEN = frozenset(
    " \t,.()'-\u2019\u02bc\u00b4`"
)  # what stands between the words of a name, apostrophes of all kinds
_CENTURIES = range(1900, 2100)  # of dates without marks
_DATE_DIGITS = 8
_NO_NAMES = frozenset({  # what systems write where they have no count
    "a", "all", "and", "applicable", "available", "count", "counted", "data", "empty", "entered", "error", "field",
    "found", "given", "is", "known", "missing", "n", "na", "nil", "no", "nobody", "none", "not", "null", "number", "of",
    "or", "patients", "people", "recorded", "register", "result", "the", "to", "unknown", "value", "yes", "zero",
})  # fmt: skip
_WEIGHTS = range(10, 1, -1)
_MODULUS = 11
_OVERLAP = 16  # bytes kept from one piece of a file to the next: an NHS number may be cut in two
_LONGEST_LINE = 2**12  # bytes of a line that are kept from one piece to the next
_LONGEST = 200  # characters of a value that are looked at: a name is shorter, and one of megabytes would take minutes


def holds_a_number(text: str) -> bool:
    """True where a text holds what may be somebody's NHS number, written in one or with blanks or hyphens."""
    shape = text.encode("utf-8", "surrogatepass").translate(_SHAPES)
    if _IN_ONE not in shape and _APART not in shape:  # nearly always, and found out in a tenth of the time
        return False
    return any(_checks(found.group()) for found in _TEN.finditer(text))


def names_a_person(value: str) -> bool:
    """True where a birth date, a name or an address of mail stands for a count."""
    if value.isdigit():
        return len(value) == _DATE_DIGITS and _is_a_date(value)
    looked_at = value[:_LONGEST].strip()
    if _HARMLESS.fullmatch(looked_at):  # a count that is written badly, as most are that are refused
        return False
    if _DATE.fullmatch(_TIME.sub("", looked_at)) or _ADDRESS.fullmatch(looked_at):
        return True
    letters = "".join(mark for mark in normalize("NFC", looked_at) if not combining(mark))
    words = _WORDS.findall(letters)
    return len(words) > 1 and _BETWEEN.issuperset(_WORDS.sub("", letters)) and not without_names(words)


def may_be_shown(value: str) -> bool:
    """True where what stands for a count has no word in it but such as systems write where they have none."""
    return without_names(word for word in _WORDS.findall(value[:_LONGEST]) if len(word) > 1)


def without_names(words: Iterable[str]) -> bool:
    """True where all words are such as systems write where they have no count."""
    return all(word.lower() in _NO_NAMES for word in words)


def _is_a_date(digits: str) -> bool:
    """True where eight digits are a day of a life: the year first or last. Nobody counts millions of patients."""
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        with suppress(ValueError):
            return date(int(year), int(month), int(day)).year in _CENTURIES
    return False


def row_holds_a_person(*, row: Sequence[str], value: int, names: Container[str]) -> bool:
    """True where a row holds an NHS number in any column, or a birth date or a name in the column of its `value`.

    `names` are the service's own, which a comma too many may bring there.
    """
    if holds_a_number("\n".join(row)):
        return True
    return len(row) > value and row[value] not in names and names_a_person(row[value])


def holds_a_person(
    *, chunks: Iterable[bytes], column: str = "", usual: int = 0, names: Container[str] = frozenset()
) -> bool:
    """True where the bytes of a file hold what may be an NHS number, as they are or unpacked as far as they can be; or
    where a birth date or a name stands in the `column` of a table, by its header or, if that has none, where it is
    `usual`, that is none of `names`.

    For files whose rows cannot all be read: nothing is known of them but their bytes.
    """
    rest, place = b"", None
    for piece in _as_far_as_readable(chunks):
        text = rest + piece.replace(b"\0", b"")  # UTF-16 writes a zero beside every digit
        if holds_a_number(text.decode("latin-1")):
            return True
        whole, _, rest = text.rpartition(b"\n") if column else (b"", b"", text)
        lines = whole.split(b"\n")
        if column and place is None and whole:
            header = _columns(lines[0].upper())
            place = header.index(column) if column in header else usual
        if place is not None and any(_names_a_person_at(place, line, names) for line in lines):
            return True
        rest = rest[-_OVERLAP:] if place is None else rest[-_LONGEST_LINE:]
    return place is not None and _names_a_person_at(place, rest, names)


def _names_a_person_at(place: int, line: bytes, names: Container[str]) -> bool:
    """True where a line of a table names a person in a column, and none of these."""
    columns = line.split(b",", place + 1)
    plain = b'"' not in line
    if len(columns) <= place or (plain and columns[place].isdigit() and len(columns[place]) != _DATE_DIGITS):
        return False
    found = _columns(line)
    return len(found) > place and found[place] not in names and names_a_person(found[place])


def _columns(line: bytes) -> list[str]:
    text = line.decode("utf-8", "replace").rstrip("\r")
    with suppress(csv.Error):
        return next(csv.reader([text]), [])
    return text.split(",")


def _as_far_as_readable(chunks: Iterable[bytes]) -> Iterator[bytes]:
    with suppress(UnreadableFile):
        yield from unpacked(chunks=chunks)


def _checks(text: str) -> bool:
    digits = [int(digit) for digit in text if digit.isdigit()]
    check = -sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % _MODULUS
    return check == digits[-1]
