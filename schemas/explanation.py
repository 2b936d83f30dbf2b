"""The explanation of a payment: everything behind it, each figure with where it comes from.

Figures that a person reads are text, exact to their last digit; pounds are text without a currency sign. What only
those who may see pounds are shown is None for everybody else.
"""

from datetime import date, datetime
from enum import StrEnum

from schemas.decision import PointsDecision
from schemas.model import Model
from schemas.service import Mark, RunKind


class ExplainedRun(Model):
    """The run: its id, and the three digests that it is made from."""

    id: str
    inputs: str
    document: str
    code: str
    frozen_at: datetime
    practices: int
    incomplete: int


class ExplainedFigure(Model):
    """A figure of the year: its value and unit, the date it holds for, who issued it, and where that can be read."""

    name: str
    value: str
    unit: str
    date: date
    authority: str
    mark: Mark
    source: str


class ExplainedPolicy(Model):
    """A rule that the service document chose by its name, and why it is the one."""

    name: str
    rule: str
    mark: Mark
    source: str


class ExplainedFile(Model):
    """An extract that counts came from. `number` is how the counts name it; the id is the digest of its content."""

    number: int
    id: str
    name: str
    supplier: str


class ExplainedList(Model):
    """Where a practice's list and contract come from: the day it was counted, the first and last day of the contract
    as far as they are known, and the row of the file of organisations.
    """

    counted: date
    opened: date | None
    closed: date | None
    file: str
    name: str
    line: int


class UnavailableGroup(Model):
    """A clinical area whose points were not available to the practice, because its deciding register counts nobody: all
    but those that it has all the same, by a decision or by counts that contradict the register.

    `decided_by` is the indicator on whose row the register stands, `register_name` its FIELD_NAME.
    """

    code: str
    name: str
    decided_by: str
    register_name: str
    points: str


class Count(Model):
    """A value as it was sent: its FIELD_NAME, where it stood and when it was submitted. All None where none was sent.

    `submitted` is the local time that the extract gives.
    """

    field: str
    value: int | None
    file: int | None
    line: int | None
    submitted: datetime | None


class StepKind(StrEnum):
    """What a step from a register to a denominator is."""

    REGISTER = "register"
    EXCLUSION = "exclusion"
    PERSONALISED_CARE = "personalised care"
    UNKNOWN = "kind not known"
    UNEXPLAINED = "unexplained"
    DENOMINATOR = "denominator"


class Step(Model):
    """One step: `people` taken out, or in the register and in the denominator themselves; None where none was sent.

    What no count explains is a step of its own; it is below 0 where patients are counted under several names.
    """

    kind: StepKind
    name: str
    text: str
    people: int | None


class NextPatient(Model):
    """What one more patient in the numerator earns (one fewer where lower is better), or the reason why none can."""

    points: str | None
    pounds: str | None
    reason: str


class PointsLeft(Model):
    """The points that an indicator offers beyond those earned, and what they are worth. None: they cannot be had."""

    points: str | None
    pounds: str | None


class NationalFigure(Model):
    """A national prevalence: the policy that made it, and the sums over the practices whose list is above 0."""

    prevalence: str
    policy: str
    practices: int
    people: int
    sum_of_prevalences: str
    people_on_registers: int


class Citation(Model):
    """How far a figure's source can be trusted, and the source."""

    mark: Mark
    text: str


class ExplainedLine(Model):
    """An indicator: the line of the working as `schemas.working` explains it, and everything behind it."""

    indicator: str
    wording: str
    group: str
    kind: str
    register_count: str
    numerator: str
    denominator: str
    flag: str
    percent: str
    lower: str
    upper: str
    offered: str
    extracted_points: str
    points: str
    value_of_point: str | None
    practice_list: str
    national_prevalence: str | None
    prevalence_factor: str | None
    national_average_list: str | None
    list_factor: str | None
    part_of_year: str
    amount: str | None
    reason: str
    points_source: Citation | None
    threshold_source: Citation | None
    counts: tuple[Count, ...]
    steps: tuple[Step, ...]
    next_patient: NextPatient | None
    left: PointsLeft | None
    national: NationalFigure | None
    decision_id: str | None
    decision: PointsDecision | None


class Explanation(Model):
    """Why a practice is paid what it is paid in a run. The amounts of the lines add up to the payment.

    `available` is `offered`, what the service offers, less the points of the groups that are `unavailable`. `left` adds
    up the points still to gain. `remark` says what holds for the payment as a whole, blank where nothing does.
    `days_open` of `days` in the year; None where the contract was open for all of it. `list_date` is when the
    practice's list was counted, `listed` the row that says so.
    """

    service: str
    service_name: str
    organisation: str
    commissioner: str
    achievement_date: date
    run_kind: RunKind
    points: str
    offered: str
    available: str
    unavailable: tuple[UnavailableGroup, ...]
    payment: str | None
    remark: str
    left: PointsLeft
    list_size: int
    list_date: date
    listed: ExplainedList | None
    days_open: int | None
    days: int
    figures: tuple[ExplainedFigure, ...]
    policies: tuple[ExplainedPolicy, ...]
    files: tuple[ExplainedFile, ...]
    lines: tuple[ExplainedLine, ...]
    run: ExplainedRun
