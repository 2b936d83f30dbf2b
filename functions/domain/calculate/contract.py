"""Contracts that were open for a part of the year: for how many of its days, and which list they are paid by.

A practice that opens, closes, merges or splits has a contract with a first or a last day; a merger is a new contract
from its date.
"""

from collections.abc import Iterable
from datetime import date

from schemas.organisation import Organisation
from schemas.policy import ContractList
from schemas.problem import Code
from schemas.service import ServiceDocument, Year


def days_open(*, year: Year, organisation: Organisation) -> int | None:
    """How many days of the year the contract was open, first and last included; None for all of them."""
    if organisation.opened is None and organisation.closed is None:
        return None
    first = max(year.starts, organisation.opened or year.starts)
    last = min(year.ends, organisation.closed or year.ends)
    days = max(0, (last - first).days + 1)
    return None if days == (year.ends - year.starts).days + 1 else days


def list_at(*, day: date, lists: Iterable[Organisation]) -> Organisation | None:
    """Of one organisation's lists the one that was counted on a day.

    A contract that was not open on that day has none: then it is the list counted nearest to it while it was open.
    Where there is none either, one of that day makes the organisation known; nobody is paid by it.
    """
    counted = {one.list_size_date: one for one in lists}
    found = counted.get(day)
    if found is not None and found.open_on(day):
        return found
    others = (one for one in counted.values() if not one.open_on(day) and one.open_on(one.list_size_date))
    return min(others, key=lambda one: (abs(one.list_size_date - day), one.list_size_date), default=found)


def closed_at(*, year: Year, organisation: Organisation, day: date) -> bool:
    """Whether the contract was open on no day of the year up to a day, that day included.

    One that closed before the day and was open earlier in the year is not closed in this sense: it is paid its days.
    """
    if organisation.opened is None and organisation.closed is None:
        return day < year.starts
    first = max(year.starts, organisation.opened or year.starts)
    last = min(year.ends, day, organisation.closed or year.ends)
    return last < first


def contract_objection(
    *, document: ServiceDocument, organisation: Organisation, achievement_date: date
) -> tuple[Code, str] | None:
    """Why a contract is not paid for what is achieved at a date, as a code and in words; None where it is paid."""
    if closed_at(year=document.year, organisation=organisation, day=achievement_date):
        return Code.PRACTICE_CLOSED, (
            f"The contract was open on no day of the year up to {achievement_date:%Y%m%d}. "
            "Correct OPEN_DATE or CLOSE_DATE, or take the rows out."
        )
    counted = organisation.list_size_date
    if not organisation.open_on(counted):
        return Code.PRACTICE_CONTRACT, (
            f"The list was counted on {counted:%Y%m%d}, when the contract was not open. Send the list of a day on "
            "which it was, or correct OPEN_DATE or CLOSE_DATE."
        )
    policy, day = document.policies.contract_list.rule, document.parameters.practice_list.value
    if policy is ContractList.LIST_DAY_ONLY and counted != day:
        return Code.PRACTICE_CONTRACT, (
            f"The contract was not open on {day:%Y%m%d}, when lists are counted; the service document pays no other."
        )
    return None
