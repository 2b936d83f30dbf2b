"""Declarations, the audit entries behind them, and the payment instructions they end in."""

from datetime import date, datetime
from enum import StrEnum

from schemas.model import Model
from schemas.organisation import OdsCode
from schemas.service import Code


class State(StrEnum):
    """Where a declaration stands, in the field's own labels."""

    AWAITING_SERVICE_PROVIDER = "Awaiting Service Provider Approval"
    AWAITING_COMMISSIONER = "Awaiting Commissioning Organisation Approval"
    AWAITING_FINANCE = "Awaiting Finance Approval"
    APPROVED = "Approved for Payment"


class Event(StrEnum):
    """What can happen to a declaration."""

    OPENED = "opened"
    RECALCULATED = "recalculated"
    DECLARED = "declared"
    QUERIED = "queried"
    APPROVED = "approved"
    FINANCE_APPROVED = "finance approved"


class DeclarationKey(Model):
    """What one declaration is about: a service, an organisation and an achievement date."""

    service: Code
    organisation: OdsCode
    achievement_date: date


class Outcome(Model):
    """The figures under declaration. `points`, `available`: hundredths of a point; `payment`: pence.

    `run` is the id of the run that they come from, `frozen_at` the moment at which its inputs were taken.
    """

    run: str
    frozen_at: datetime
    points: int
    available: int
    payment: int


class Declaration(Model):
    """A declaration as it stands. `version` counts its events; the people are those of the present figures only.

    `signed` names everybody who ever declared or approved these figures, sent back or not: none of them approves.
    """

    key: DeclarationKey
    commissioner: OdsCode
    state: State
    version: int
    outcome: Outcome
    declared_by: str | None = None
    approved_by: str | None = None
    finance_approved_by: str | None = None
    signed: tuple[str, ...] = ()


class AuditEntry(Model):
    """One event of a declaration: what, by whom, when, why, on which figures. Never changed, never removed."""

    version: int
    event: Event
    actor: str
    at: datetime
    notes: str
    before: State | None
    after: State
    outcome: Outcome


class PaymentInstruction(Model):
    """What is to be paid, in pence, and the declaration that says so. There is one for each declaration."""

    id: str
    key: DeclarationKey
    commissioner: OdsCode
    payment: int
    run: str
    declaration_version: int
    state: str
    at: datetime
