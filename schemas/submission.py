"""A practice's values from one file, as people read them: what was sent, when and where, and whether it counts."""

from datetime import datetime
from enum import StrEnum

from schemas.model import Model


class Standing(StrEnum):
    """How a submitted value stands beside what all files of its collection hold of its practice, indicator and field.

    Files may agree: the same value submitted at the same time counts in each of them.
    """

    COUNTS = "counts"
    REPLACED = "replaced"
    CONFLICTING = "conflicting"


class SubmittedValue(Model):
    """A value as it was sent. `line` is that of its file, `submitted` the local time that the file gives."""

    indicator: str
    field: str
    value: int
    submitted: datetime
    line: int
    standing: Standing
