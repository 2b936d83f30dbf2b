"""Who takes part in a service, and from when to when, as a participation list says."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.model import Model
from schemas.organisation import OdsCode
from schemas.service import Code

LONGEST_TEXT = 100  # characters of a name or a commissioner: names in the NHS's own register have no more


class Participation(Model):
    """A period in which an organisation takes part in a service; both days belong to it, and no `ends` is open.

    `commissioner` is who offered it the service, as the list spells it.
    """

    service: Code
    organisation: OdsCode
    name: Annotated[str, Field(max_length=LONGEST_TEXT)]
    commissioner: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    starts: date
    ends: date | None

    @property
    def last_day(self) -> date:
        """The last day of the period; the last that there is where it is open."""
        return self.ends or date.max


class ParticipationList(Model):
    """Everybody who takes part in a service, as one file says: who is not on it does not.

    `file` is the id of that file, under which its report tells when it was received and what was in it.
    """

    service: Code
    file: str
    participations: tuple[Participation, ...]

    def on(self, *, day: date) -> frozenset[str]:
        """The organisations that take part on a day."""
        return frozenset(one.organisation for one in self.participations if one.starts <= day <= one.last_day)
