"""What declaring and approving need from the world."""

from dataclasses import dataclass

from functions.ports.achievements import AchievementStore
from functions.ports.clock import Clock
from functions.ports.declarations import DeclarationStore
from functions.ports.grants import GrantStore
from functions.ports.holds import HoldStore
from functions.ports.objects import Objects
from functions.ports.organisations import OrganisationStore
from functions.ports.run_workflow import RunWorkflow
from functions.ports.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Declaring:
    """What declaring and approving need from the world, and deciding on held runs."""

    achievements: AchievementStore
    declarations: DeclarationStore
    grants: GrantStore
    organisations: OrganisationStore
    evidence: Objects
    workflow: Workflow
    holds: HoldStore
    runs: RunWorkflow
    clock: Clock
