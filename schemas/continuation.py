"""An upload whose reading took longer than one function may run: which one it is, and which part comes next."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from schemas.model import Model


class Continuation(Model):
    """An upload, as S3 announced it, and the number of the part that is to be read next; the first part was 0."""

    key: str
    version: str | None
    received_at: datetime
    sequencer: str
    part: Annotated[int, Field(ge=1)]
