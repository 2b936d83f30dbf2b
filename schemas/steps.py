"""What the steps of the calculation machine hand to each other."""

from enum import StrEnum

from schemas.collection import CollectionKey
from schemas.model import Model
from schemas.run import BatchTotals, Run


class FreezeOutcome(StrEnum):
    """What freezing came to; the machine's Choice reads it."""

    FROZEN = "frozen"
    ALREADY_PUBLISHED = "already published"
    NOTHING = "nothing to calculate"


class Request(CollectionKey):
    """What an execution is started with: a collection to freeze or, where a run is named, that run to go on with."""

    run: str | None = None


class InspectOutcome(StrEnum):
    """What inspecting came to; the machine's Choice reads it. A run that is not clear stands where its hold says."""

    CLEAR = "clear"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"


class Inspected(Model):
    """Inspect's answer."""

    outcome: InspectOutcome


class Frozen(Model):
    """Freeze's answer. `run` is None when there was nothing to calculate."""

    outcome: FreezeOutcome
    collection: CollectionKey
    run: Run | None


class PlanPlace(Model):
    """Where the list of batches stands."""

    bucket: str
    key: str


class Planned(Model):
    """Plan's answer: the run and its batches."""

    run: Run
    plan: PlanPlace


class Calculated(Planned):
    """What Publish gets: the plan, and the control totals of every batch."""

    totals: tuple[BatchTotals, ...]


class Publication(Model):
    """Publish's answer. `declarations` is `to open` after a PAYMENT run was published, else `none`."""

    published: bool
    declarations: str
