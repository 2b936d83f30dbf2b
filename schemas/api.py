"""What the HTTP API takes and gives. Points and pounds are text with two decimals: exact, and free of any currency."""

from datetime import date, datetime

from pydantic import Field

from schemas.declaration import Event, State
from schemas.file import Acknowledgement, FileRecord, Verdict
from schemas.grant import Role
from schemas.hold import HoldEntry, HoldState
from schemas.inspection import Gate, GateVerdict
from schemas.model import Model
from schemas.problem import Severity
from schemas.service import RunKind
from schemas.submission import SubmittedValue


class ServiceSummary(Model):
    """A Quality Service in a list."""

    code: str
    name: str
    starts: date
    ends: date
    indicators: int
    points: str


class AchievementView(Model):
    """What an organisation achieved. `payment` is in pounds, and None for those who may see points only."""

    service: str
    organisation: str
    achievement_date: date
    run_kind: RunKind
    run: str
    points: str
    available: str
    payment: str | None


class AuditView(Model):
    """One event of a declaration, and the run whose figures it was about."""

    version: int
    event: Event
    actor: str
    at: datetime
    notes: str
    before: State | None
    after: State
    run: str
    points: str
    payment: str | None


class InstructionView(Model):
    """The payment instruction that a declaration ended in."""

    id: str
    state: str
    payment: str | None
    at: datetime


class DeclarationView(Model):
    """A declaration as it stands, with all that happened to it."""

    service: str
    organisation: str
    achievement_date: date
    commissioner: str
    state: State
    version: int
    run: str
    points: str
    available: str
    payment: str | None
    declared_by: str | None
    approved_by: str | None
    finance_approved_by: str | None
    history: tuple[AuditView, ...]
    instruction: InstructionView | None


class AwaitedView(Model):
    """A declaration that awaits the reader, and in which role."""

    role: Role
    service: str
    organisation: str
    achievement_date: date
    state: State
    version: int
    points: str
    payment: str


class DecisionRequest(Model):
    """A decision. `version` is that of the declaration the person looked at: a later one is not decided by it."""

    version: int = Field(ge=1)
    notes: str = Field(default="", max_length=2000)


class AwaitedHoldView(Model):
    """A held run that awaits the reader, and why it is held."""

    run: str
    service: str
    achievement_date: date
    run_kind: RunKind
    version: int
    since: datetime
    causes: tuple[str, ...]


class EffectView(Model):
    """What a finding is worth, in pounds: what is paid in this run less what would be paid `against` what it says.

    `others`: all practices not at fault together; `everybody`: these and those at fault. Less than nought is less pay.
    """

    others: str
    everybody: str
    against: str


class EvidenceView(Model):
    """One line behind a finding; `pounds` is what it alone is worth to everybody else, where that was worked out."""

    subject: str
    what: str
    present: str
    reference: str
    pounds: str | None


class FindingView(Model):
    """What a gate found. `practices` names everybody concerned, `evidence` those that matter most."""

    gate: Gate
    verdict: GateVerdict
    cause: str
    supplier: str | None
    practices: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    effect: EffectView | None


class HoldView(Model):
    """A held run as it stands, with all that happened to it and everything that the gates found."""

    run: str
    service: str
    achievement_date: date
    run_kind: RunKind
    state: HoldState
    version: int
    since: datetime
    practices: int
    compared_with: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    history: tuple[HoldEntry, ...]
    findings: tuple[FindingView, ...]


class HoldDecisionRequest(Model):
    """A decision on a held run. `version` is that of the hold the person looked at; a reason is always asked for."""

    version: int = Field(ge=1)
    reason: str = Field(default="", max_length=2000)


class FileSummary(Model):
    """A file in the list of its supplier's."""

    id: str
    name: str
    key: str
    service: str
    run_kind: RunKind | None
    achievement_date: date | None
    received_at: datetime
    verdict: Verdict
    rows: int
    rows_accepted: int
    rows_refused: int
    practices: int
    practices_complete: int
    problems_total: int


class FilesView(Model):
    """A page of a supplier's files, the one received last first. `next` is the `before` of the next page, if any."""

    supplier: str
    files: tuple[FileSummary, ...]
    next: str | None


class FileView(FileRecord):
    """A file as its supplier may see it. `report` and `problems_file` are where its two files lie in the bucket."""

    problems_total: int
    listing_cut: bool
    report: str
    problems_file: str


class ProblemView(Model):
    """One problem of a file: where, what, what to send instead, and the page that says more. Line 1 is the header, and
    0 the file as a whole.
    """

    line: int
    organisation: str
    indicator: str
    field: str
    value: str
    code: str
    severity: Severity
    message: str
    help: str


class ProblemsView(Model):
    """A page of a file's problems, by line. `total` and `listing_cut` are those of the file, whatever was asked for.

    `next` is the `after` of the next page, if there may be one.
    """

    problems: tuple[ProblemView, ...]
    total: int
    listing_cut: bool
    next: int | None


class CheckView(Acknowledgement):
    """What would become of a file, with its first problems. Nothing was stored."""

    listing: tuple[ProblemView, ...]


class SubmissionSummary(Model):
    """What one file brought for an organisation, in a list. `values_counting` of the `values_sent` count now."""

    file: str
    name: str
    supplier: str
    received_at: datetime
    values_sent: int
    values_counting: int


class SubmissionsView(Model):
    """A page of an organisation's submissions, the one received last first. `next` is the `before` of the next page."""

    submissions: tuple[SubmissionSummary, ...]
    next: str | None


class SubmissionView(SubmissionSummary):
    """What one file brought for an organisation, complete, in the order of the service document."""

    values: tuple[SubmittedValue, ...]


class RefusalView(Model):
    """Why a request was refused, and what can be done about it."""

    refused: str
    reason: str
