"""What calculating needs from the world."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from functions.ports.achievements import AchievementStore
from functions.ports.bus import Bus
from functions.ports.clock import Clock
from functions.ports.decisions import DecisionStore
from functions.ports.holds import HoldStore
from functions.ports.objects import Objects
from functions.ports.organisations import OrganisationStore
from functions.ports.participation import ParticipationStore
from functions.ports.submissions import SubmissionStore

GATES_REPORT = "gates.json"


@dataclass(frozen=True, slots=True)
class Calculation:
    """What calculating needs from the world. `code_version` tells which code this is, `write_units` what was
    written since it was last asked.
    """

    submissions: SubmissionStore
    organisations: OrganisationStore
    participation: ParticipationStore
    decisions: DecisionStore
    achievements: AchievementStore
    holds: HoldStore
    evidence: Objects
    bus: Bus
    clock: Clock
    code_version: Callable[[], str]
    write_units: Callable[[], Decimal]
