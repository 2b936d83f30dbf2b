"""Checks of the year's parameters: the right date of each, and the value of a point against the average list.

In April 2014 a list counted on the wrong 1 January made every payment wrong; these checks refuse such a document.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from schemas.average_list import average_lists
from schemas.service import ServiceDocument

BASE_VALUE: Final = 15692  # pence a point in 2014/15 (Pulse)
BASE_LIST: Final = 7087  # average list at 1 January 2014 (NHS England, as quoted by Bedfordshire LMC)
LINKED_SINCE: Final = date(2014, 4, 1)  # the first year whose value follows from its average list
WHOLE: Final = 100  # percent
UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "value_of_point": "pounds a point",
        "national_average_list": "registered patients",
        "practice_list": "day on which each list is counted",
        "aspiration": "percent of last year's achievement payment",
        "previous_value_of_point": "pounds a point",
    }
)


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
    yield from _date("previous_value_of_point is dated", given.previous_value_of_point.date, previous_start(document))


def unit_problems(document: ServiceDocument) -> Iterator[str]:
    """Each parameter is in the unit that the calculation takes it to be in."""
    for name, parameter in document.parameters:
        if parameter.unit != UNITS[name]:
            yield f"{name} is in {parameter.unit!r}, but it is calculated with in {UNITS[name]!r}; convert it."


def range_problems(document: ServiceDocument) -> Iterator[str]:
    """Values and lists are above 0, a percentage is one, and none has more decimals than the calculation holds."""
    given = document.parameters
    for name in ("value_of_point", "previous_value_of_point", "national_average_list"):
        value = getattr(given, name).value
        if value <= 0:
            yield f"{name}: {value} is not above 0; correct it."
    for name in ("value_of_point", "previous_value_of_point"):
        value = getattr(given, name).value
        if value * 100 % 1:
            yield f"{name}: {value} has more than 2 decimals; give it in pounds and pence."
    percent = given.aspiration.value
    if not 0 <= percent <= WHOLE:
        yield f"aspiration: {percent} is not between 0 and {WHOLE} percent; correct it."
    if percent * 100 % 1:
        yield f"aspiration: {percent} has more than 2 decimals; the calculation holds 2, so correct it."


def value_problems(document: ServiceDocument) -> Iterator[str]:
    """The value of a point is 156.92 x national average list / 7087 to the penny, as every year since 2014/15.

    So was the one of the year before, by the list on record of the 1 January before that year; where none is on record,
    it cannot be checked.
    """
    value, people = document.parameters.value_of_point.value, document.parameters.national_average_list.value
    yield from _value("value_of_point", value, people, document.year.starts, "the average list")
    starts = previous_start(document)
    recorded = _on_record(document, date(starts.year, 1, 1))
    if recorded is not None:
        previous = document.parameters.previous_value_of_point.value
        yield from _value("previous_value_of_point", previous, recorded, starts, "the list on record")


def authority_problems(document: ServiceDocument) -> Iterator[str]:
    """A parameter was issued by whom the rule names: in 2014/15 a list of the right date was from the wrong source."""
    for name, authority in document.gates.authorities:
        given = getattr(document.parameters, name).authority
        if given != authority:
            yield f"{name} was issued by {given}, but the rule asks for {authority}; take the figure issued there."


def list_date(document: ServiceDocument) -> date:
    """The day on which the national average list of a document must have been counted."""
    return date(document.year.starts.year, 1, 1)


def previous_start(document: ServiceDocument) -> date:
    """The first day of the year before."""
    return document.year.starts.replace(year=document.year.starts.year - 1)


def uplifted_value(*, people: int) -> Decimal:
    """The value of a point, in pounds, for a national average list of so many people; half up to a penny."""
    pence = (2 * BASE_VALUE * people + BASE_LIST) // (2 * BASE_LIST)
    return Decimal(pence).scaleb(-2)


def _value(name: str, value: Decimal, people: int, starts: date, of: str) -> Iterator[str]:
    """What a figure out of its range is worth is not asked: `range_problems` names it already."""
    exact = value > 0 and people > 0 and not value * 100 % 1
    if exact and starts >= LINKED_SINCE and value != uplifted_value(people=people):
        yield f"{name}: {value} is not 156.92 x {people} / 7087 = {uplifted_value(people=people)}; correct it, or {of}."


def _on_record(document: ServiceDocument, counted: date) -> int | None:
    """The average list of a day by the issuer that the rule asks for, if it is on record."""
    asked = counted, document.gates.authorities.national_average_list
    return next((one.people for one in average_lists() if (one.date, one.authority) == asked), None)


def _date(what: str, given: date, wanted: date) -> Iterator[str]:
    if given != wanted:
        yield f"{what} {given}, but the rule asks for {wanted}; take the figure of that date."
