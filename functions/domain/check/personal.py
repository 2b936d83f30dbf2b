"""What looks like a person in a file that should hold nothing but counts.

An NHS number has ten digits, the last of which checks the others (NHS Data Dictionary: NHS NUMBER, modulus 11). It is
looked for everywhere. A birth date or a name is looked for where a count belongs.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress

from functions.domain.check.stream import UnreadableFile, unpacked

_TEN = re.compile(r"[0-9](?<![0-9][0-9])[0-9]{2}([ -]?)[0-9]{3}\1[0-9]{4}(?![0-9])")  # a digit first: much faster
_DATE = re.compile(r"\d{1,4}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}")
_NAME = re.compile(r"[^\W\d_]+([-' ,.]+[^\W\d_]+)+")
_NO_NAMES = (  # what systems write where they have no count
    *("a", "all", "and", "applicable", "available", "count", "counted", "data", "empty", "entered", "error", "field"),
    *("found", "given", "is", "known", "missing", "n", "na", "nil", "no", "nobody", "none", "not", "null", "number"),
    *(
        "of",
        "or",
        "patients",
        "people",
        "recorded",
        "register",
        "result",
        "the",
        "to",
        "unknown",
        "value",
        "yes",
        "zero",
    ),
)
_WEIGHTS = range(10, 1, -1)
_MODULUS = 11
_OVERLAP = 16  # bytes kept from one piece of a file to the next: an NHS number may be cut in two
_LONGEST = 200  # characters of a value that are looked at: a name is shorter, and one of megabytes would take minutes


def holds_a_number(text: str) -> bool:
    """True where a text holds what may be somebody's NHS number, written in one or with blanks or hyphens."""
    return any(_checks(found.group()) for found in _TEN.finditer(text))


def names_a_person(value: str) -> bool:
    """True where a birth date or a name stands for a count."""
    if value.isdigit():  # as nearly all are, and what looks at names and dates is slow
        return False
    looked_at = value[:_LONGEST].strip()
    if _DATE.fullmatch(looked_at):
        return True
    words = re.findall(r"[^\W\d_]+", looked_at)
    return _NAME.fullmatch(looked_at) is not None and not all(word.lower() in _NO_NAMES for word in words)


def row_holds_a_person(*, row: Sequence[str], value: int, names: Container[str]) -> bool:
    """True where a row holds an NHS number in any column, or a birth date or a name in the column of its `value`.

    `names` are the service's own, which a comma too many may bring there.
    """
    if holds_a_number("\n".join(row)):
        return True
    return len(row) > value and row[value] not in names and names_a_person(row[value])


def holds_a_person(*, chunks: Iterable[bytes]) -> bool:
    """True where the bytes of a file hold what may be an NHS number, as they are or unpacked as far as they can be.

    For files whose rows cannot all be read: nothing is known of them but their bytes.
    """
    rest = b""
    for piece in _as_far_as_readable(chunks):
        text = rest + piece.replace(b"\0", b"")  # UTF-16 writes a zero beside every digit
        if holds_a_number(text.decode("latin-1")):
            return True
        rest = text[-_OVERLAP:]
    return False


def _as_far_as_readable(chunks: Iterable[bytes]) -> Iterator[bytes]:
    with suppress(UnreadableFile):
        yield from unpacked(chunks=chunks)


def _checks(text: str) -> bool:
    digits = [int(digit) for digit in text if digit.isdigit()]
    check = -sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % _MODULUS
    return check == digits[-1]
