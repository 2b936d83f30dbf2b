"""A calculation run: what it was made from and what it came to."""

from datetime import datetime
from enum import StrEnum

from schemas.collection import CollectionKey
from schemas.model import Model


class RunIdentity(Model):
    """What a run is made from. Two runs with the same three digests are the same run and have the same id."""

    inputs: str
    document: str
    code: str


class RunState(StrEnum):
    """How far a run has come."""

    FROZEN = "frozen"
    PUBLISHED = "published"


class Run(Model):
    """One run: `practices` calculated from the files, `incomplete` left out with their reason in the run's problems."""

    id: str
    collection: CollectionKey
    identity: RunIdentity
    state: RunState
    frozen_at: datetime
    practices: int
    incomplete: int


class Result(Model):
    """What one practice achieved in one run. Points in hundredths, payment in pence.

    `working_key`, `working_offset` and `working_length` say where its working stands, in bytes of an object.
    """

    run: str
    organisation: str
    commissioner: str
    points: int
    available: int
    payment: int
    working_key: str
    working_offset: int
    working_length: int


class BatchTotals(Model):
    """What one batch of practices came to, the control totals of its publication."""

    number: int
    practices: int
    points: int
    payment: int
