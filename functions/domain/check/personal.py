"""What looks like a person in a file that should hold nothing but counts.

An NHS number has ten digits, the last of which checks the others (NHS Data Dictionary: NHS NUMBER, modulus 11). It is
looked for everywhere, with whatever people write between its three groups. A birth date or a name is looked for where
a count belongs, and kept out of reports wherever it stands.
"""

import re
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from datetime import date
from unicodedata import combining, normalize

_MARKS = bytes.maketrans(b"-./_", b"    ")  # what stands between the groups of a number, besides blanks
_SHAPES = bytes.maketrans(b"123456789", b"000000000")
_IN_ONE, _APART = b"0000000000", b"000 000 0000"
_NUMBER = re.compile(rb"[0-9](?<![0-9][0-9])[0-9]{2}( ?)[0-9]{3}\1[0-9]{4}(?![0-9])")  # a digit first: much faster
_SIMPLER = {  # what compatible normalising leaves; the last mark stands for bytes that are no UTF-8
    **dict.fromkeys(map(ord, "\u2010\u2012\u2013\u2014\u2015\u2212\ufffd"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None),
}
_WEIGHTS = range(10, 1, -1)
_MODULUS = 11

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?"
_BETWEEN = r" ?[-/.,_|\\ ] ?"  # of a text that has single blanks alone
_NUMERIC_DATE = re.compile(rf"(?<!\d)(\d{{1,4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{1,2}})(?!\d)")
_NAMED_DATE = re.compile(
    rf"(?<!\d)\d{{1,4}}(?:st|nd|rd|th)?(?:\s*of)?(?:{_BETWEEN})?{_MONTH}(?:{_BETWEEN})?\d{{2,4}}(?!\d)"  # 20MAR1950
    rf"|(?<![a-z]){_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s*\d{{2,4}}(?!\d)",  # March 20, 1950
    re.IGNORECASE,
)
_FOREIGN_DATE = re.compile(r"\d{1,4}\s*[-/. ]\s*[^\W\d_]{3,9}\s*[-/., ]\s*\d{2,4}")  # 20. Januar 1950
_ONE_NUMBER = re.compile(r"[-+'\"=~\s]*(\d+)(?:[.,]0*)?['\"\s]*")
_MOMENTS = (8, 12, 14)  # digits of a day, and of a day with its time
_YEARS = {2: 2000, 4: 0}  # by the digits of a year, what is added to it; of which century it is does not matter
_CENTURIES = range(1900, 2100)
_MANY_DIGITS = 7  # of a value that is no count and is shown all the same: too few for a birth date or a number

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+[.]\w+")
_WORDS = re.compile(r"[^\W\d_]+")
_LONE_WORDS = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")  # not those within codes
_NO_ANSWER = re.compile(r"(?<![^\W_])n\s*/\s*a(?![^\W_])", re.IGNORECASE)
_TEN = 10
_TEN_DIGITS = re.compile(r"(?:\d[\s./_-]{0,2}){10}")
_NO_NAMES = frozenset({  # what systems and people write where they have no count
    "about", "above", "achieved", "achievement", "achievements", "all", "and", "any", "applicable", "approx", "are",
    "at", "available", "average", "awaiting", "be", "been", "below", "between", "blank", "by", "calculated",
    "clinical", "closed", "column", "confirmed", "count", "counted", "counts", "data", "date", "default", "deleted",
    "denominator", "div", "divide", "done", "due", "empty", "entered", "entitled", "error", "errors", "exception",
    "exceptions", "excluded", "exclusion", "exclusions", "extract", "extracted", "extraction", "fail", "failed",
    "failure", "few", "field", "file", "follow", "for", "found", "from", "given", "has", "have", "in", "inactive",
    "included", "indicator", "indicators", "infinity", "invalid", "is", "it", "known", "less", "list", "merged",
    "missing", "more", "na", "nan", "nil", "no", "nobody", "none", "not", "null", "number", "numbers", "numerator",
    "of", "on", "only", "open", "or", "out", "over", "patient", "patients", "pending", "people", "per", "percent",
    "practice", "practices", "provided", "recorded", "records", "ref", "register", "registered", "registers",
    "removed", "reported", "result", "return", "returned", "returns", "row", "see", "submitted", "supplied",
    "suppressed", "system", "test", "than", "that", "the", "there", "this", "threshold", "to", "total",
    "unavailable", "undefined", "under", "unknown", "used", "value", "values", "was", "withheld", "within",
    "without", "yes", "zero",
})  # fmt: skip
_SHORTEST = 4  # characters of a name with an initial, as few as may be: `J Li`
_LONGEST = 200  # characters of a value that are looked at: a name is shorter, and one of megabytes would take minutes


def holds_a_number(text: str) -> bool:
    """True where a text holds what may be somebody's NHS number, in one or in its three groups."""
    line = _plain(text).encode("utf-8", "surrogatepass").translate(_MARKS).replace(b"  ", b" ")
    shape = line.translate(_SHAPES)
    if _IN_ONE not in shape and _APART not in shape:  # nearly always, and found out in a tenth of the time
        return False
    return any(_checks(found.group()) for found in _NUMBER.finditer(line))


def names_a_person(value: str) -> bool:
    """True where a birth date, a name or an address of mail stands for a count."""
    if value.isascii() and (value.isdigit() or not value):
        return _is_a_moment(value)
    text = _plain(value[:_LONGEST])
    one = _ONE_NUMBER.fullmatch(text)
    if one:  # a count that is written badly, as most are that are refused
        return _is_a_moment(one.group(1))
    return _holds_a_date(_spaced(text)) or _holds_an_address(text) or reads_like_a_name(text)


def reads_like_a_name(text: str) -> bool:
    """True where a text has two words and more that are not all such as systems write where they have no count.

    A single other word beside those is a name where it has an initial, or all begin with a capital: `A Smith`, `Patient
    Smith`; and is none in `not entitled`.
    """
    letters = "".join(mark for mark in _plain(text[:_LONGEST]) if not combining(mark))
    words = _WORDS.findall(_NO_ANSWER.sub(" ", letters))
    others = [word for word in words if word.lower() not in _NO_NAMES]
    if len(words) == 1 or all(len(word) == 1 for word in others):
        return False
    return len(others) > 1 or any(len(word) == 1 for word in words) or all(word[0].isupper() for word in words)


def may_be_shown(value: str) -> bool:
    """True where what stands for a count has no word in it but such as systems write where they have none, and too few
    digits for a birth date.
    """
    few = sum(mark.isdigit() for mark in value[:_LONGEST]) <= _MANY_DIGITS
    return few and without_names(word for word in _WORDS.findall(value[:_LONGEST]) if len(word) > 1)


def may_identify(text: str) -> bool:
    """True where a report does not repeat a text that stands in any column: it holds a date, an address of mail, ten
    digits, or two words of which one may be a name.
    """
    if len(text) < _SHORTEST or text.isalpha() or (text.isdigit() and len(text) < _TEN):
        return False
    looked_at = _spaced(_plain(text[:_LONGEST]))
    if _TEN_DIGITS.search(looked_at) or _NUMERIC_DATE.search(looked_at) or _holds_a_date(looked_at):
        return True
    if _holds_an_address(looked_at):
        return True
    words = _LONE_WORDS.findall(looked_at)
    return len(words) > 1 and not without_names(word for word in words if len(word) > 1)


def without_names(words: Iterable[str]) -> bool:
    """True where all words are such as systems write where they have no count."""
    return all(word.lower() in _NO_NAMES for word in words)


def row_holds_a_person(*, row: Sequence[str], value: int, columns: int, names: Container[str]) -> bool:
    """True where a row holds an NHS number in any column, or a birth date or a name in the column of its `value`.

    `names` are the service's own, which a comma too many may bring there. In a row that has not so many `columns` as it
    should a name is looked for beside that column too, but not in what a row that is cut off ends with.
    """
    if holds_a_number("\n".join(row)):
        return True
    if len(row) <= value:
        return False
    beside = () if len(row) == columns else (row[value - 1], *row[value + 1 : value + 2])
    return (row[value] not in names and names_a_person(row[value])) or any(
        text not in names and reads_like_a_name(text) for text in beside
    )


def _plain(text: str) -> str:
    """A text with its marks as a keyboard has them: blanks of one kind, hyphens of one kind."""
    return text if text.isascii() else normalize("NFKC", text).translate(_SIMPLER)


def _spaced(text: str) -> str:
    """A text with one blank where there were several: patterns need not try how many."""
    return " ".join(text.split())


def _holds_an_address(text: str) -> bool:
    return "@" in text and _ADDRESS.search(text) is not None


def _holds_a_date(text: str) -> bool:
    if _NAMED_DATE.search(text) or _FOREIGN_DATE.fullmatch(text):
        return True
    return any(_is_a_day(found.groups()) for found in _NUMERIC_DATE.finditer(text))


def _is_a_day(parts: Sequence[str]) -> bool:
    """True where three numbers are a day, in whatever order: the year first or last, in full or its last two digits."""
    first, middle, last = parts
    orders = (last, middle, first), (last, first, middle), (first, middle, last)
    return any(
        _exists(_YEARS[len(year)] + int(year), int(month), int(day))
        for year, month, day in orders
        if len(year) in _YEARS
    )


def _is_a_moment(digits: str) -> bool:
    """True where digits are a day of a life, the year first or last, perhaps with its time. Nobody counts millions."""
    if len(digits) not in _MOMENTS or not _are_a_time(digits[8:]):
        return False
    first, last = (digits[:4], digits[4:6], digits[6:8]), (digits[4:8], digits[2:4], digits[:2])
    return any(_exists(*map(int, parts)) for parts in (first, last))


def _are_a_time(digits: str) -> bool:
    limits = (24, 60, 60)
    return all(int(digits[at : at + 2]) < limits[at // 2] for at in range(0, len(digits), 2))


def _exists(year: int, month: int, day: int) -> bool:
    with suppress(ValueError):
        return date(year, month, day).year in _CENTURIES
    return False


def _checks(text: bytes) -> bool:
    digits = [mark - ord("0") for mark in text if mark != ord(" ")]
    check = -sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % _MODULUS
    return check == digits[-1]
