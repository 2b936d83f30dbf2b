"""What checking and looking need from the world."""

from collections.abc import Callable
from dataclasses import dataclass

from functions.ports.clock import Clock
from functions.ports.grants import GrantStore
from functions.ports.objects import Objects
from functions.ports.organisations import OrganisationStore
from functions.ports.participation import ParticipationStore
from functions.ports.submissions import SubmissionStore


@dataclass(frozen=True, slots=True)
class Known:
    """Who exists and who takes part: what an extract is held against beside its service document."""

    organisations: OrganisationStore
    participation: ParticipationStore


@dataclass(frozen=True, slots=True)
class Checking:
    """What a supplier's self-check and its looking at its own files need from the world; `reports` is read only."""

    known: Known
    submissions: SubmissionStore
    reports: Objects
    grants: GrantStore
    clock: Clock
    code_version: Callable[[], str]
