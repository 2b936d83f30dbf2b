"""Contracts that are open for a part of the year: their days, and the list that they are paid by."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calculate.contract import closed_at, contract_objection, days_open, list_at
from schemas.catalogue import service_document
from schemas.organisation import Organisation
from schemas.policy import ContractList
from schemas.problem import Code
from schemas.service import Year

DOCUMENT = service_document("QOF2324")
YEAR = Year(starts=date(2023, 4, 1), ends=date(2024, 3, 31))  # 366 days
JULY, OCTOBER, JANUARY, FEBRUARY = date(2023, 7, 1), date(2023, 10, 1), date(2024, 1, 1), date(2024, 2, 1)
AUTUMN, YEAR_END = date(2023, 9, 30), date(2024, 3, 31)
Bound = date | None


def practice(*, opened: Bound = None, closed: Bound = None, counted: date = JANUARY) -> Organisation:
    return Organisation(
        code="A81001", name="A practice", list_size=8000, list_size_date=counted, network=None, sub_icb="16C",
        icb="QHM", region="Y63", opened=opened, closed=closed,
    )  # fmt: skip


DAYS = [
    ("all year", None, None, None),
    ("since long ago", date(2004, 4, 1), None, None),
    ("exactly the year", date(2023, 4, 1), date(2024, 3, 31), None),
    ("until the day before the last", None, date(2024, 3, 30), 365),
    ("from the second day", date(2023, 4, 2), None, 365),
    ("the first day alone", None, date(2023, 4, 1), 1),
    ("the last day alone", date(2024, 3, 31), None, 1),
    ("a leap day in the middle", date(2024, 2, 29), date(2024, 2, 29), 1),
    ("closed the day before", None, date(2023, 3, 31), 0),
    ("opened the day after", date(2024, 4, 1), None, 0),
]


@pytest.mark.parametrize(("opened", "closed", "days"), [case[1:] for case in DAYS], ids=[case[0] for case in DAYS])
def test_the_days_of_a_contract_count_its_first_and_its_last(opened: Bound, closed: Bound, days: int | None) -> None:
    assert days_open(year=YEAR, organisation=practice(opened=opened, closed=closed)) == days


@given(day=st.dates(min_value=date(2022, 1, 1), max_value=date(2025, 12, 31)))
def test_a_practice_that_closes_and_the_one_that_opens_the_day_after_share_the_year_without_a_gap(day: date) -> None:
    before = days_open(year=YEAR, organisation=practice(closed=day))
    after = days_open(year=YEAR, organisation=practice(opened=day + timedelta(days=1)))
    assert sum(366 if days is None else days for days in (before, after)) == 366


def test_the_list_counted_on_the_day_counts_where_the_contract_was_open_then() -> None:
    lists = [practice(closed=FEBRUARY, counted=day) for day in (JULY, JANUARY, FEBRUARY)]
    assert list_at(day=JANUARY, lists=lists) == lists[1]


def test_a_list_counted_when_the_contract_was_not_open_makes_it_known_and_pays_nobody() -> None:
    late = practice(closed=OCTOBER, counted=JANUARY)
    assert list_at(day=JANUARY, lists=[late]) == late
    objection = contract_objection(document=DOCUMENT, organisation=late, achievement_date=YEAR_END)
    assert objection is not None
    assert objection[0] is Code.PRACTICE_CONTRACT
    assert objection[1].startswith("The list was counted on 20240101, when the contract was not open. Send the list of")
    before = practice(closed=OCTOBER, counted=JULY)
    assert list_at(day=JANUARY, lists=[late, before]) == before


def test_a_contract_not_open_on_the_day_has_the_list_counted_nearest_to_it_while_it_was_open() -> None:
    closed = [practice(closed=date(2023, 11, 30), counted=day) for day in (JULY, OCTOBER, date(2023, 12, 31))]
    assert list_at(day=JANUARY, lists=closed) == closed[1]
    opened = [practice(opened=FEBRUARY, counted=day) for day in (date(2024, 3, 1), FEBRUARY)]
    assert list_at(day=JANUARY, lists=opened) == opened[1]


def test_a_contract_open_on_the_day_has_no_list_but_that_day_s() -> None:
    assert list_at(day=JANUARY, lists=[practice(counted=OCTOBER), practice(closed=JANUARY, counted=JULY)]) is None


def test_a_document_may_pay_by_the_list_of_the_day_alone() -> None:
    policies = DOCUMENT.policies
    strict = policies.contract_list.model_copy(update={"rule": ContractList.LIST_DAY_ONLY})
    other = DOCUMENT.model_copy(update={"policies": policies.model_copy(update={"contract_list": strict})})
    assert contract_objection(document=other, organisation=practice(closed=JANUARY), achievement_date=YEAR_END) is None
    before, after = practice(closed=OCTOBER, counted=JULY), practice(opened=FEBRUARY, counted=FEBRUARY)
    for elsewhere in (before, after):
        assert contract_objection(document=DOCUMENT, organisation=elsewhere, achievement_date=YEAR_END) is None
        objection = contract_objection(document=other, organisation=elsewhere, achievement_date=YEAR_END)
        code, message = objection or ("", "")
        assert code is Code.PRACTICE_CONTRACT
        assert "not open on 20240101" in message


CLOSED = [
    ("open all year", None, None, AUTUMN, False),
    ("open all year, on its first day", None, None, date(2023, 4, 1), False),
    ("open all year, at a date before it", None, None, date(2023, 3, 31), True),
    ("closed within the year, before the date", None, JULY, AUTUMN, False),
    ("closed on the first day of the year", None, date(2023, 4, 1), AUTUMN, False),
    ("closed the day before the year", None, date(2023, 3, 31), AUTUMN, True),
    ("opened on the date", AUTUMN, None, AUTUMN, False),
    ("opened the day after the date", OCTOBER, None, AUTUMN, True),
    ("opened after the date and before the next", OCTOBER, None, YEAR_END, False),
    ("opened after the year, at a date that is later still", date(2024, 4, 1), None, date(2024, 4, 30), True),
]


@pytest.mark.parametrize(
    ("opened", "closed", "day", "expected"), [case[1:] for case in CLOSED], ids=[case[0] for case in CLOSED]
)
def test_a_contract_is_closed_at_a_date_when_no_day_of_the_year_up_to_it_was_open(
    opened: Bound, closed: Bound, day: date, *, expected: bool
) -> None:
    organisation = practice(opened=opened, closed=closed, counted=closed or opened or JANUARY)
    assert closed_at(year=YEAR, organisation=organisation, day=day) is expected
    objection = contract_objection(document=DOCUMENT, organisation=organisation, achievement_date=day)
    assert (objection and objection[0]) == (Code.PRACTICE_CLOSED if expected else None)


@given(
    opened=st.none() | st.dates(date(2022, 1, 1), date(2025, 1, 1)),
    closed=st.none() | st.dates(date(2022, 1, 1), date(2025, 1, 1)),
)
def test_at_the_end_of_the_year_closed_are_those_who_have_no_day_to_be_paid_for(opened: Bound, closed: Bound) -> None:
    organisation = practice(opened=opened, closed=closed)
    none = days_open(year=YEAR, organisation=organisation) == 0
    assert closed_at(year=YEAR, organisation=organisation, day=YEAR_END) is none
