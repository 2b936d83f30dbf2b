"""The one base of every model, and the three kinds of text that many have."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]  # blanks alone say nothing
Verbatim = Annotated[str, Field(min_length=1)]  # part of a file: blanks and ends of lines are what it is about
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class Model(BaseModel):
    """A value: it never changes after it was read, and a field that nobody declared is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False, defer_build=True)
