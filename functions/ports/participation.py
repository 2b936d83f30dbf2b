"""The participation lists, each version of each service's."""

from typing import Protocol

from schemas.participation import ParticipationList


class ParticipationStore(Protocol):
    """Every list is kept; for a service, the one received last counts, and it counts as a whole.

    A list counts once all of it is kept: a reader never sees a part of one.
    """

    def add(self, *, participation: ParticipationList, order: str) -> None:
        """Keep the list of one service as one file gave it; `order` sorts files as they were received.

        Adding the same one again changes nothing.
        """
        ...

    def latest(self, *, service: str) -> ParticipationList | None:
        """The list that counts for a service; None where none was ever received."""
        ...
