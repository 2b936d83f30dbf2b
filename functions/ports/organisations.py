"""The organisations, as they were on a date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from schemas.organisation import Organisation


class OrganisationStore(Protocol):
    """Every version of an organisation is kept; for one list date, the one received last counts.

    A contract that was not open on a date has the list that was counted nearest to it while it was open.
    """

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        """Keep organisations as one file gave them; `order` sorts files as they were received.

        Adding the same ones again changes nothing.
        """
        ...

    def on(self, *, list_date: date) -> Mapping[str, Organisation]:
        """Every organisation with its list at a date, by code."""
        ...

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        """One organisation with its list at a date."""
        ...
