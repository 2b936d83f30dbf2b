"""Figures as a report says them: exact, with thousands apart, in whole units of what is asked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from functions.domain.calculate.rounding import half_up
from functions.domain.calculate.text import decimal_text

MILLION = 10**6  # ratios are whole numbers of millionths
NAMED = 10  # practices that a sentence names; the finding holds every one


def number(value: int) -> str:
    """12345 as `12,345`."""
    return f"{value:,}"


def pounds(pence: int) -> str:
    """Pence as pounds, whatever their sign: `12,345.67 pounds`."""
    return f"{abs(pence) // 100:,}.{abs(pence) % 100:02d} pounds"


def paid(pence: int) -> str:
    """What a difference in pence means: `12.34 pounds more`, `12.34 pounds less`, or `the same`."""
    if pence == 0:
        return "the same"
    return f"{pounds(pence)} {'more' if pence > 0 else 'less'}"


def share(part: int, whole: int) -> str:
    """A part of a whole as percent with two decimals; 0 of 0 is 0."""
    hundredths = half_up(numerator=10_000 * part, denominator=whole) if whole else 0
    return f"{decimal_text(hundredths, places=2)} %"


def percent(figure: int, *, scale: int) -> str:
    """A prevalence (whole numbers of 1 / scale) as percent with four decimals."""
    return f"{decimal_text(half_up(numerator=figure * 10**6, denominator=scale), places=4)} %"


def times(millionths: int) -> str:
    """A ratio as `0.500 times`."""
    return f"{decimal_text(half_up(numerator=millionths, denominator=1000), places=3)} times"


def threshold(value: Decimal) -> str:
    """A threshold without noughts that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date) -> str:
    """A day as `31 March 2024`."""
    return f"{value.day} {value:%B} {value.year}"


def names(codes: Sequence[str]) -> str:
    """Some codes, and how many more there are."""
    more = len(codes) - NAMED
    return ", ".join(codes[:NAMED]) + (f" and {number(more)} more" if more > 0 else "")


def sentences(told: Sequence[str]) -> str:
    """Some parts of a sentence, and how many more there are."""
    more = len(told) - NAMED
    return "; ".join(told[:NAMED]) + (f"; and {number(more)} more" if more > 0 else "")


def practices(count: int) -> str:
    """`1 practice`, `2 practices`."""
    return f"{number(count)} {'practice' if count == 1 else 'practices'}"
