"""Checks of the year's parameters: the right date of each, and the value of a point against the average list.

In April 2014 a list counted on the wrong 1 January made every payment wrong; these checks refuse such a document.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from schemas.service import ServiceDocument

BASE_VALUE: Final = 15692  # pence a point in 2014/15 (Pulse)
BASE_LIST: Final = 7087  # average list at 1 January 2014 (NHS England, as quoted by Bedfordshire LMC)
LINKED_SINCE: Final = date(2014, 4, 1)  # the first year whose value follows from its average list


def date_problems(document: ServiceDocument) -> Iterator[str]:
    """Each parameter is of the date that the Statement of Financial Entitlements asks for.

    The value of a point holds from the first day of the year. The national average list is counted on the 1 January
    before the year began, each practice's own on the 1 January in the year.
    """
    year, given = document.year, document.parameters
    yield from _date("value_of_point is dated", given.value_of_point.date, year.starts)
    yield from _date("national_average_list is dated", given.national_average_list.date, list_date(document))
    yield from _date("practice_list is dated", given.practice_list.date, year.starts)
    yield from _date("practice_list is counted on", given.practice_list.value, date(year.ends.year, 1, 1))
    yield from _date("aspiration is dated", given.aspiration.date, year.starts)
    last = date(year.starts.year - 1, year.starts.month, year.starts.day)
    yield from _date("previous_value_of_point is dated", given.previous_value_of_point.date, last)


def value_problems(document: ServiceDocument) -> Iterator[str]:
    """The value of a point is 156.92 x national average list / 7087 to the penny, as every year since 2014/15."""
    value = document.parameters.value_of_point.value
    people = document.parameters.national_average_list.value
    expected = uplifted_value(people=people)
    if value * 100 % 1:
        yield f"value_of_point: {value} has more than 2 decimals; give it in pounds and pence."
    elif value != expected and document.year.starts >= LINKED_SINCE:
        yield f"value_of_point: {value} is not 156.92 x {people} / 7087 = {expected}; correct it, or the average list."


def authority_problems(document: ServiceDocument) -> Iterator[str]:
    """A parameter was issued by whom the rule names: in 2014/15 a list of the right date was from the wrong source."""
    for name, authority in document.gates.authorities:
        given = getattr(document.parameters, name).authority
        if given != authority:
            yield f"{name} was issued by {given}, but the rule asks for {authority}; take the figure issued there."


def list_date(document: ServiceDocument) -> date:
    """The day on which the national average list of a document must have been counted."""
    return date(document.year.starts.year, 1, 1)


def uplifted_value(*, people: int) -> Decimal:
    """The value of a point, in pounds, for a national average list of so many people; half up to a penny."""
    pence = (2 * BASE_VALUE * people + BASE_LIST) // (2 * BASE_LIST)
    return Decimal(pence).scaleb(-2)


def _date(what: str, given: date, wanted: date) -> Iterator[str]:
    if given != wanted:
        yield f"{what} {given}, but the rule asks for {wanted}; take the figure of that date."
