"""A decision that fixes points, whatever the counts earn: data with an author, a reason and a source."""

from datetime import date

from pydantic import Field

from schemas.model import Model, Text
from schemas.service import Code

EVERYBODY = "*"  # the organisation of a decision that holds for all of them


class PointsDecision(Model):
    """Points (hundredths) that an organisation, or everybody (`*`), is given for an indicator, and who decided why.

    Points of None withdraw what was decided before. `file` and `line` say where the decision was read.
    """

    id: Text
    service: Code
    achievement_date: date
    organisation: Text
    indicator: Code
    points: int | None = Field(ge=0)
    author: Text
    reason: Text
    source: Text
    file: str = ""
    line: int = 0
