"""An upload on its way in, and what taking it in needs from the world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from functions.check.checking import Known
from functions.ports.bus import Bus
from functions.ports.continuing import Continuing
from functions.ports.decisions import DecisionStore
from functions.ports.objects import Objects, PassingObjects
from functions.ports.organisations import OrganisationStore
from functions.ports.participation import ParticipationStore
from functions.ports.quarantine import Quarantine
from functions.ports.submissions import SubmissionStore


@dataclass(frozen=True, slots=True)
class Upload:
    """An object that was put: its key and version, and when that happened.

    `sequencer` is S3's own, by which puts of one second are told apart.
    """

    key: str
    version: str | None
    received_at: datetime
    sequencer: str = ""

    @property
    def order(self) -> str:
        """Text by which uploads sort as they were put."""
        return f"{self.received_at.isoformat(timespec='microseconds')}#{self.sequencer:0>32}"


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What taking in needs from the world. `reading` keeps what was found in files that are not read to their end yet,
    and `continuing` has them read on. `write_units` tells what was written since it was last asked,
    `code_version` which code checks.
    """

    exchange: Objects
    quarantine: Quarantine
    reading: PassingObjects
    continuing: Continuing
    submissions: SubmissionStore
    organisations: OrganisationStore
    participation: ParticipationStore
    decisions: DecisionStore
    bus: Bus
    write_units: Callable[[], Decimal]
    code_version: Callable[[], str]

    @property
    def known(self) -> Known:
        """Who exists and who takes part."""
        return Known(organisations=self.organisations, participation=self.participation)
