"""Protection: points of a year that are fixed at those of an earlier one, by a national decision."""

from enum import StrEnum

from schemas.model import Model, SourceKey, Text


class WithoutEarlier(StrEnum):
    """What a practice without earlier points gets for a protected indicator: what it achieved, or nothing."""

    AS_ACHIEVED = "as_achieved"
    NO_POINTS = "no_points"


class Protection(Model):
    """Indicators whose points are those of an earlier service, neither rising nor falling, and who decided so.

    They are then valued at this year's list and prevalence.
    """

    indicators: tuple[Text, ...]
    points_of: Text
    without_earlier: WithoutEarlier
    author: Text
    reason: Text
    source: SourceKey
