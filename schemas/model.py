"""The one base of every model: immutable, and a field nobody declared is an error rather than ignored."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A value: it never changes after it was read, and it knows every field it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)
