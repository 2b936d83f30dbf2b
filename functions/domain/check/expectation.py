"""What an extract is held against: made from a service document, the organisations and the participation list."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from functions.domain.calculate.contract import closed_at
from functions.domain.check.reading import NEVER, Expectation
from functions.domain.grid import Grid
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.service import ServiceDocument

AHEAD = timedelta(hours=1)  # of UTC, in which files are received: suppliers write British time, in summer one hour more


def expectation(
    *,
    document: ServiceDocument,
    grid: Grid,
    dates: Iterable[date],
    organisations: Iterable[Organisation],
    participation: ParticipationList | None,
    received: datetime | None = None,
    supplier: str | None = None,
) -> Expectation:
    """What extracts of these achievement dates are held against.

    `organisations` holds each once, with the days of its contract. `participation` is the list that counts for the
    service; None where none was ever received. `received` is when the file came in, and `supplier` who sent it; where
    they are not known, nothing is held against the clock or the sender.
    """
    each, all_dates = tuple(organisations), tuple(dates)
    windows = {entry.achievement_date: entry.window for entry in document.collections}
    today = received.date() if received else None
    unopened = {day: windows[day].opens for day in all_dates if today and day in windows and today < windows[day].opens}
    ended = {day: windows[day].closes for day in all_dates if today and day in windows and windows[day].closes < today}
    dates = [day for day in all_dates if day not in unopened]
    known = frozenset(organisation.code for organisation in each)
    bounded = [one for one in each if one.opened or one.closed]  # few: nothing else closes within the year
    closed = {
        f"{day:%Y%m%d}": _closed(document, bounded if day >= document.year.starts else each, day) for day in dates
    }
    admitted = {f"{day:%Y%m%d}": known & participants(on=participation, known=known, day=day) for day in dates}
    foreign = {one.code: one.supplier for one in each if supplier and one.supplier and one.supplier != supplier}
    return Expectation(
        service=document.code,
        organisations=known,
        admitted={day: codes - closed[day] - foreign.keys() for day, codes in admitted.items()},
        grid=grid,
        listed=None if participation is None else _periods(participation),
        closed=closed,
        foreign=foreign,
        unopened={f"{day:%Y%m%d}": opens for day, opens in unopened.items()},
        ended={f"{day:%Y%m%d}": closes for day, closes in ended.items()},
        latest=_latest(received),
    )


def _latest(received: datetime | None) -> int:
    """The last moment at which anything can have been submitted."""
    if received is None:
        return NEVER
    try:
        return int(f"{received + AHEAD:%Y%m%d%H%M%S}")
    except OverflowError:  # there is no day after the year 9999
        return NEVER


def participants(*, on: ParticipationList | None, known: Collection[str], day: date) -> frozenset[str]:
    """Who takes part on a day: those that the list has then, known or not; without a list all who are known."""
    return frozenset(known) if on is None else on.on(day=day)


def _closed(document: ServiceDocument, organisations: Iterable[Organisation], day: date) -> frozenset[str]:
    return frozenset(one.code for one in organisations if closed_at(year=document.year, organisation=one, day=day))


def _periods(listed: ParticipationList) -> Mapping[str, str]:
    """When each organisation takes part, in words: `from 20230401 to 20230930 and from 20240101 on`."""
    found: dict[str, list[str]] = {}
    for one in listed.participations:
        found.setdefault(one.organisation, []).append(_period(one))
    return {organisation: " and ".join(periods) for organisation, periods in found.items()}


def _period(one: Participation) -> str:
    return f"from {one.starts:%Y%m%d} " + (f"to {one.ends:%Y%m%d}" if one.ends else "on")
