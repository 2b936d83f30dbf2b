"""Why payments changed between two runs: parts that add up to the difference, to the penny."""

from enum import StrEnum

from schemas.model import Model


class Cause(StrEnum):
    """What changed, in the order in which the one run is turned into the other.

    `own counts`: what the practice's extracts say. `list size`: its registered list. `contract`: the days it was open.
    `decisions`: points fixed for it. `national prevalence`: how common registers are elsewhere. `national list`: the
    average list that the rule names. `parameters`: the value of a point. `rules`: everything else that a service
    document says, such as points, thresholds and roundings. `participation`: it is in one of the two runs only.
    """

    OWN_COUNTS = "own counts"
    LIST_SIZE = "list size"
    CONTRACT = "contract"
    DECISIONS = "decisions"
    NATIONAL_PREVALENCE = "national prevalence"
    NATIONAL_LIST = "national list"
    PARAMETERS = "parameters"
    RULES = "rules"
    PARTICIPATION = "participation"


class Part(Model):
    """What one cause is worth, in pounds; below 0 where it takes away."""

    cause: Cause
    pounds: str


class PracticeDifference(Model):
    """One practice between two runs: its payments in pounds, None where it is not in the run, and every part.

    `sentence` says it in words, with the cause that is worth most.
    """

    organisation: str
    before_run: str
    after_run: str
    before: str | None
    after: str | None
    difference: str
    parts: tuple[Part, ...]
    sentence: str


class Mover(Model):
    """A practice whose payment moved far: by how much, and why for the most part."""

    organisation: str
    difference: str
    cause: Cause
    sentence: str


class NationalDifference(Model):
    """All practices between two runs: their payments together, every part summed, and who moved most.

    `up`, `down` and `same` count the practices in both runs; the others are in one of them only.
    """

    before_run: str
    after_run: str
    before: str
    after: str
    difference: str
    parts: tuple[Part, ...]
    up: int
    down: int
    same: int
    only_before: int
    only_after: int
    movers: tuple[Mover, ...]
