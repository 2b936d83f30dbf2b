"""What an extract is held against: made from a service document, the organisations and the participation list."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from functions.domain.check.reading import Expectation
from functions.domain.grid import Grid
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.service import ServiceDocument


def expectation(
    *,
    document: ServiceDocument,
    grid: Grid,
    dates: Iterable[date],
    organisations: Iterable[Organisation],
    participation: ParticipationList | None,
) -> Expectation:
    """What extracts of these achievement dates are held against.

    `participation` is the list that counts for the service; None where none was ever received.
    """
    known = frozenset(organisation.code for organisation in organisations)
    return Expectation(
        service=document.code,
        organisations=known,
        admitted={f"{day:%Y%m%d}": known & participants(on=participation, known=known, day=day) for day in dates},
        grid=grid,
        listed=None if participation is None else _periods(participation),
    )


def participants(*, on: ParticipationList | None, known: Collection[str], day: date) -> frozenset[str]:
    """Who takes part on a day: those that the list has then, known or not; without a list all who are known."""
    return frozenset(known) if on is None else on.on(day=day)


def _periods(listed: ParticipationList) -> Mapping[str, str]:
    """When each organisation takes part, in words: `from 20230401 to 20230930 and from 20240101 on`."""
    found: dict[str, list[str]] = {}
    for one in listed.participations:
        found.setdefault(one.organisation, []).append(_period(one))
    return {organisation: " and ".join(periods) for organisation, periods in found.items()}


def _period(one: Participation) -> str:
    return f"from {one.starts:%Y%m%d} " + (f"to {one.ends:%Y%m%d}" if one.ends else "on")
