"""When rows were submitted and whether each is said to be the last of its value, for many rows together."""

import numpy as np

from functions.domain.check.octets import ZEROS, Numbers, Truths, Words, digits

END = len("02/04/2024,11:19:50,Y")  # bytes that SUBMIT_DATE, SUBMIT_TIME and LAST_SUBMISSION take at the end of a row
WORDS = 3  # which hold these, and whatever stands before them

_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, *[0] * 87], np.int64)  # of a month of two digits
_HOURS, _SIXTY = 24, 60
_LAST = np.uint64(56)  # bits before the byte that says whether a row is the last


def _pattern(text: str) -> tuple[np.uint64, np.uint64]:
    """What keeps the marks of a word between its digits, and what they must be; `?` may be anything."""
    kept = bytes(0 if mark in "0?" else 255 for mark in text)
    wanted = bytes(0 if mark in "0?" else ord(mark) for mark in text)
    return np.uint64(int.from_bytes(kept, "little")), np.uint64(int.from_bytes(wanted, "little"))


def _digits(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(bytes(255 if mark == "0" else 0 for mark in text), "little"))


_TEXTS = ("???00/00", "/0000,00", ":00:00,?")
_PATTERNS = tuple((*_pattern(text), _digits(text)) for text in _TEXTS)


def moments(*, pieces: Words) -> tuple[Numbers, Truths, Truths]:
    """When the row that ends with each piece was submitted, as a whole number 20240402111950; whether it is the last;
    and where all of that is plainly right.
    """
    columns = [np.ascontiguousarray(pieces[:, number]) for number in range(WORDS)]
    columns[0] &= np.uint64(2**64 - 2**24)
    changed = np.ones(len(pieces), np.bool_)
    changed[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        changed[1:] |= column[1:] != column[:-1]
    places = np.flatnonzero(changed)  # neighbouring rows were mostly submitted together
    stamps, lasts, right = _read([column[places] for column in columns])
    times = np.diff(places, append=len(pieces))
    return np.repeat(stamps, times), np.repeat(lasts, times), np.repeat(right, times)


def _read(columns: list[Words]) -> tuple[Numbers, Truths, Truths]:
    last = (columns[2] >> _LAST).astype(np.int64)
    right = (last == ord("Y")) | (last == ord("N"))
    for column, (kept, wanted, counted) in zip(columns, _PATTERNS, strict=True):
        right &= (column & kept == wanted) & digits((column & counted) | (ZEROS & ~counted))
    one, two, three = columns
    day, month, year = _two(one, 3), _two(one, 6), 100 * _two(two, 1) + _two(two, 3)
    hour, minute, second = _two(two, 6), _two(three, 1), _two(three, 4)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = _DAYS[np.where(right, month, 0)] - ((month == 2) & ~leap)  # noqa: PLR2004  # February
    right &= (year > 0) & (day > 0) & (day <= days)
    right &= (hour < _HOURS) & (minute < _SIXTY) & (second < _SIXTY)
    stamps = ((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute) * 100 + second
    return stamps, last == ord("Y"), right


def _two(word: Words, byte: int) -> Numbers:
    """The number that two digits of a word write."""
    tens, ones = (word >> np.uint64(8 * place) & np.uint64(15) for place in (byte, byte + 1))
    return (tens * np.uint64(10) + ones).astype(np.int64)
