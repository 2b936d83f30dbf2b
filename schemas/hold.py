"""A hold on a run: why it waits, who decided, and what became of it."""

from datetime import datetime
from enum import StrEnum

from schemas.collection import CollectionKey
from schemas.model import Model


class HoldState(StrEnum):
    """Where a held run stands. Only a released one is ever published."""

    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"


class Hold(Model):
    """A run that did not pass its gates. `version` counts what happened to it; `causes` are those of its report."""

    run: str
    collection: CollectionKey
    state: HoldState
    version: int
    since: datetime
    causes: tuple[str, ...]
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


class HoldEntry(Model):
    """One thing that happened to a held run: by whom, when and why. Never changed, never removed."""

    version: int
    actor: str
    at: datetime
    reason: str
    before: HoldState | None
    after: HoldState
