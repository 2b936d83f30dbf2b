"""What the gates found in a run: a finding for each thing that was looked at, with its cause and its effect."""

from enum import StrEnum

from schemas.collection import CollectionKey
from schemas.model import Model, Text


class Gate(StrEnum):
    """What is looked at before money (`docs/gates.md` explains each)."""

    COVERAGE = "coverage"
    EARLY_SUBMISSIONS = "early submissions"
    UNCHANGED_VALUES = "unchanged values"
    LISTS = "lists"
    MOVEMENT = "movement"
    SAME_COUNTS = "same counts"
    PEERS = "peers"
    INFLUENCE = "influence"
    PARAMETERS = "parameters"
    PROTECTION = "protection"


class GateVerdict(StrEnum):
    """What a gate says of a run. It is not judged where what it would compare with is not there."""

    PASSED = "passed"
    HELD = "held"
    NOT_JUDGED = "not judged"


class Effect(Model):
    """What a finding is worth, in pence: what is paid in this run less what would be paid `against` what it says.

    `others`: all practices that are not at fault, together; `everybody`: these and those at fault.
    """

    others: int
    everybody: int
    against: Text


class Evidence(Model):
    """One line behind a finding: what it is about, what was looked at, how it is, and how it was or should be.

    `pence` is what it alone is worth to everybody else, where that was worked out.
    """

    subject: Text
    what: Text
    present: str
    reference: str
    pence: int | None = None


class Finding(Model):
    """What a gate found. `practices` names everybody concerned, `evidence` those that matter most."""

    gate: Gate
    verdict: GateVerdict
    cause: Text
    supplier: str | None = None
    practices: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    effect: Effect | None = None


class Baseline(Model):
    """The published run that a run is compared with: the last one before it."""

    run: str
    collection: CollectionKey


class GateReport(Model):
    """Every finding on a run, those that hold it first. `verdict` is held as soon as one of them is."""

    run: str
    collection: CollectionKey
    baseline: Baseline | None
    practices: int
    verdict: GateVerdict
    findings: tuple[Finding, ...]

    @property
    def held(self) -> tuple[Finding, ...]:
        """The findings that hold the run."""
        return tuple(finding for finding in self.findings if finding.verdict is GateVerdict.HELD)
