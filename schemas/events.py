"""The messages that reach us from AWS, as far as we read them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class Event(BaseModel):
    """A message of somebody else's making: what we do not need of it, we do not look at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class StoredObject(Event):
    """The object that was put."""

    key: str
    version: str | None = Field(default=None, alias="version-id")
    sequencer: str = ""


class StorageDetail(Event):
    """What S3 says about a put."""

    object: StoredObject


class ObjectCreated(Event):
    """S3's `Object Created`, as EventBridge delivers it. `time` is the moment of the put."""

    time: datetime
    detail: StorageDetail
