"""The life of a declaration: what may follow what, who may cause it, and what is refused with its reason."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from functions.domain.decide.instruction import payment_instruction
from functions.domain.decide.lifecycle import (
    Ground,
    Refusal,
    Transition,
    awaited,
    decision,
    opening,
    recalculation,
)
from functions.domain.decide.permission import sees_points, sees_pounds
from schemas.declaration import Declaration, DeclarationKey, Event, Outcome, State
from schemas.grant import Grant, Role

NOON = datetime(2024, 4, 8, 12, tzinfo=UTC)
KEY = DeclarationKey(service="QOF2324", organisation="A81001", achievement_date=date(2024, 3, 31))
OUTCOME = Outcome(run="one", frozen_at=NOON, points=47_000, available=63_500, payment=10_680_677)
DECLARER = Grant(person="ann", organisation="A81001", role=Role.DECLARATION_MANAGEMENT)
APPROVER = Grant(person="bob", organisation="16C", role=Role.APPROVAL_MANAGEMENT)
PAYER = Grant(person="cat", organisation="16C", role=Role.FINANCE_MANAGEMENT)
OPENED = opening(key=KEY, commissioner="16C", outcome=OUTCOME, at=NOON)


def decide(declaration: Declaration, event: Event, *grants: Grant, notes: str = "") -> Transition | Refusal:
    person = grants[0].person if grants else "nobody"
    return decision(declaration=declaration, event=event, actor=person, grants=grants, notes=notes, at=NOON)


def after(*decisions: tuple[Event, Grant]) -> Declaration:
    """A new declaration after decisions that were all allowed."""
    declaration = OPENED.declaration
    for event, grant in decisions:
        transition = decide(declaration, event, grant, notes="a reason")
        assert isinstance(transition, Transition), transition
        declaration = transition.declaration
    return declaration


DECLARED = (Event.DECLARED, DECLARER)
APPROVED = (Event.APPROVED, APPROVER)
PAID = (Event.FINANCE_APPROVED, PAYER)
QUERIED = (Event.QUERIED, APPROVER)


def test_three_people_take_a_declaration_from_calculation_to_payment() -> None:
    declaration = after(DECLARED, APPROVED, PAID)
    assert declaration.state is State.APPROVED
    assert (declaration.declared_by, declaration.approved_by, declaration.finance_approved_by) == ("ann", "bob", "cat")
    assert declaration.version == 4


WAITING: list[tuple[Sequence[tuple[Event, Grant]], tuple[str, Role] | None]] = [
    ([], ("A81001", Role.DECLARATION_MANAGEMENT)),
    ([DECLARED], ("16C", Role.APPROVAL_MANAGEMENT)),
    ([DECLARED, QUERIED], ("A81001", Role.DECLARATION_MANAGEMENT)),
    ([DECLARED, APPROVED], ("16C", Role.FINANCE_MANAGEMENT)),
    ([DECLARED, APPROVED, PAID], None),
]


@pytest.mark.parametrize(("decisions", "whom"), WAITING)
def test_it_awaits_one_role_of_one_organisation(
    decisions: Sequence[tuple[Event, Grant]], whom: tuple[str, Role] | None
) -> None:
    assert awaited(declaration=after(*decisions)) == whom


class Case(NamedTuple):
    """A decision that is refused: on what, by whom, and on which ground."""

    why: str
    declaration: Declaration
    event: Event
    grants: Sequence[Grant]
    ground: Ground
    notes: str = "a reason"


def of_ann(role: Role, organisation: str = "16C") -> Grant:
    return Grant(person="ann", organisation=organisation, role=role)


def of_bob(role: Role) -> Grant:
    return Grant(person="bob", organisation="16C", role=role)


REFUSED = [
    Case("without any grant", after(), Event.DECLARED, [], Ground.FORBIDDEN),
    Case(
        "with the role for another practice", after(), Event.DECLARED,
        [of_ann(Role.DECLARATION_MANAGEMENT, "A81002")], Ground.FORBIDDEN,
    ),
    Case("with another role", after(), Event.DECLARED, [of_ann(Role.VIEW, "A81001")], Ground.FORBIDDEN),
    Case("by the declarer", after(DECLARED), Event.APPROVED, [of_ann(Role.APPROVAL_MANAGEMENT)], Ground.FORBIDDEN),
    Case(
        "by the declarer, of the money", after(DECLARED, APPROVED), Event.FINANCE_APPROVED,
        [of_ann(Role.FINANCE_MANAGEMENT)], Ground.FORBIDDEN,
    ),
    Case(
        "by the approver, of the money", after(DECLARED, APPROVED), Event.FINANCE_APPROVED,
        [of_bob(Role.FINANCE_MANAGEMENT)], Ground.FORBIDDEN,
    ),
    Case("before it is declared", after(), Event.APPROVED, [APPROVER], Ground.CONFLICT),
    Case("a second time", after(DECLARED), Event.DECLARED, [DECLARER], Ground.CONFLICT),
    Case("once it is to be paid", after(DECLARED, APPROVED, PAID), Event.QUERIED, [APPROVER], Ground.CONFLICT),
    Case("back without a reason", after(DECLARED), Event.QUERIED, [APPROVER], Ground.REASON_MISSING, notes="  "),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.event} {case.why}")
def test_a_decision_is_refused_with_its_reason(case: Case) -> None:
    refusal = decide(case.declaration, case.event, *case.grants, notes=case.notes)
    assert isinstance(refusal, Refusal)
    assert refusal.ground is case.ground
    assert refusal.reason.endswith(".")


def test_every_event_leaves_an_entry_that_says_who_what_when_and_on_which_figures() -> None:
    transition = decide(after(DECLARED), Event.QUERIED, APPROVER, notes="The register looks low.")
    assert isinstance(transition, Transition)
    entry = transition.entry
    assert (entry.actor, entry.event, entry.at, entry.notes) == ("bob", Event.QUERIED, NOON, "The register looks low.")
    assert (entry.before, entry.after) == (State.AWAITING_COMMISSIONER, State.AWAITING_SERVICE_PROVIDER)
    assert (entry.version, entry.outcome) == (transition.declaration.version, OUTCOME)


def later(**changes: int) -> Outcome:
    return OUTCOME.model_copy(update={"run": "two", "frozen_at": NOON + timedelta(hours=1), **changes})


def test_changed_figures_take_a_declaration_back_to_the_practice_and_nobodys_signature_stays() -> None:
    transition = recalculation(
        declaration=after(DECLARED, APPROVED), commissioner="16C", outcome=later(payment=1), at=NOON
    )
    assert isinstance(transition, Transition)
    changed = transition.declaration
    assert (changed.state, changed.declared_by, changed.approved_by) == (State.AWAITING_SERVICE_PROVIDER, None, None)
    assert changed.outcome.payment == 1


def test_the_same_figures_of_a_later_run_change_nothing() -> None:
    assert recalculation(declaration=after(DECLARED), commissioner="16C", outcome=later(), at=NOON) is None


def test_figures_of_older_inputs_change_nothing() -> None:
    older = OUTCOME.model_copy(update={"frozen_at": NOON - timedelta(hours=1), "payment": 1})
    assert recalculation(declaration=after(DECLARED), commissioner="16C", outcome=older, at=NOON) is None


def test_what_is_approved_for_payment_is_never_edited() -> None:
    refusal = recalculation(
        declaration=after(DECLARED, APPROVED, PAID), commissioner="16C", outcome=later(payment=1), at=NOON
    )
    assert isinstance(refusal, Refusal)
    assert refusal.ground is Ground.CONFLICT


def test_an_approved_declaration_leads_to_one_instruction_named_after_it() -> None:
    instruction = payment_instruction(declaration=after(DECLARED, APPROVED, PAID), at=NOON)
    assert (instruction.id, instruction.payment) == ("PI-QOF2324-20240331-A81001", 10_680_677)
    assert instruction.state == "approved for payment"


def test_a_declaration_that_is_not_approved_is_never_paid() -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        payment_instruction(declaration=after(DECLARED, APPROVED), at=NOON)


SEEN = [
    (Role.VIEW, True, False),
    (Role.ACHIEVEMENT_ENTRY, True, False),
    (Role.FINANCE_VIEW, True, True),
    (Role.DECLARATION_MANAGEMENT, True, True),
]


@pytest.mark.parametrize(("role", "points", "pounds"), SEEN)
def test_points_are_seen_by_more_roles_than_pounds(role: Role, *, points: bool, pounds: bool) -> None:
    for organisation in ("A81001", "16C"):
        grants = [Grant(person="ann", organisation=organisation, role=role)]
        assert sees_points(grants=grants, organisation="A81001", commissioner="16C") is points
        assert sees_pounds(grants=grants, organisation="A81001", commissioner="16C") is pounds


def test_a_role_elsewhere_shows_nothing() -> None:
    grants = [Grant(person="ann", organisation="A81002", role=Role.FINANCE_MANAGEMENT)]
    assert not sees_points(grants=grants, organisation="A81001", commissioner="16C")
