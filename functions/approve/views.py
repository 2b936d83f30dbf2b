"""From what is stored to what people read: two decimals, and no pounds for those who may not see them."""

from collections.abc import Iterable

from functions.domain.calculate.text import decimal_text
from schemas.api import (
    AchievementView,
    AuditView,
    AwaitedView,
    DeclarationView,
    InstructionView,
)
from schemas.collection import CollectionKey
from schemas.declaration import AuditEntry, Declaration, PaymentInstruction
from schemas.grant import Role
from schemas.run import Result


def achievement_view(*, collection: CollectionKey, result: Result, pounds: bool) -> AchievementView:
    """An achievement as its reader may see it."""
    return AchievementView(
        service=collection.service,
        organisation=result.organisation,
        achievement_date=collection.achievement_date,
        run_kind=collection.run_kind,
        run=result.run,
        points=decimal_text(result.points, places=2),
        available=decimal_text(result.available, places=2),
        payment=_money(result.payment, pounds=pounds),
    )


def declaration_view(
    *, declaration: Declaration, history: Iterable[AuditEntry], instruction: PaymentInstruction | None, pounds: bool
) -> DeclarationView:
    """A declaration as its reader may see it."""
    figures = declaration.outcome
    return DeclarationView(
        **declaration.key.model_dump(),
        commissioner=declaration.commissioner,
        state=declaration.state,
        version=declaration.version,
        run=figures.run,
        points=decimal_text(figures.points, places=2),
        available=decimal_text(figures.available, places=2),
        payment=_money(figures.payment, pounds=pounds),
        declared_by=declaration.declared_by,
        approved_by=declaration.approved_by,
        finance_approved_by=declaration.finance_approved_by,
        history=tuple(_audit_view(entry, pounds=pounds) for entry in history),
        instruction=None if instruction is None else _instruction_view(instruction, pounds=pounds),
    )


def awaited_view(*, declaration: Declaration, role: Role) -> AwaitedView:
    """A declaration in the list of what awaits somebody."""
    figures = declaration.outcome
    return AwaitedView(
        **declaration.key.model_dump(),
        role=role,
        state=declaration.state,
        version=declaration.version,
        points=decimal_text(figures.points, places=2),
        payment=decimal_text(figures.payment, places=2),
    )


def _audit_view(entry: AuditEntry, *, pounds: bool) -> AuditView:
    return AuditView(
        **entry.model_dump(exclude={"outcome"}),
        run=entry.outcome.run,
        points=decimal_text(entry.outcome.points, places=2),
        payment=_money(entry.outcome.payment, pounds=pounds),
    )


def _instruction_view(instruction: PaymentInstruction, *, pounds: bool) -> InstructionView:
    return InstructionView(
        id=instruction.id,
        state=instruction.state,
        payment=_money(instruction.payment, pounds=pounds),
        at=instruction.at,
    )


def _money(pence: int, *, pounds: bool) -> str | None:
    return decimal_text(pence, places=2) if pounds else None
