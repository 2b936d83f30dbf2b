"""Declarations, their audit entries, and the payment instructions that they end in."""

from typing import NamedTuple, Protocol

from functions.domain.decide.lifecycle import Transition
from schemas.declaration import AuditEntry, Declaration, DeclarationKey, PaymentInstruction
from schemas.grant import Role


class StaleDeclaration(Exception):  # noqa: N818  # a fact about two people at one moment, not a fault
    """Somebody else was first: the declaration is no longer the one that was decided on."""


class Waiting(NamedTuple):
    """A workflow that waits: for the decision on this version of a declaration, to be woken with this token."""

    version: int
    token: str


class DeclarationStore(Protocol):
    """The truth about declarations. A state is never written without its audit entry."""

    def declaration(self, *, key: DeclarationKey) -> Declaration | None:
        """A declaration as it stands."""
        ...

    def history(self, *, key: DeclarationKey) -> tuple[AuditEntry, ...]:
        """Everything that happened to a declaration, oldest first."""
        ...

    def commit(self, *, transition: Transition) -> None:
        """Write a declaration and its audit entry together.

        Raises StaleDeclaration when the declaration's version is not the one just before the transition's.
        """
        ...

    def awaiting(self, *, organisation: str, role: Role) -> tuple[Declaration, ...]:
        """The declarations that await a decision of this role for this organisation."""
        ...

    def waiting(self, *, key: DeclarationKey) -> Waiting | None:
        """The workflow that waited last, if one ever did: it leaves its token itself, beside the declaration."""
        ...

    def instruct(self, *, instruction: PaymentInstruction) -> bool:
        """Keep a payment instruction. False when the declaration has one already: the first stays."""
        ...

    def instruction(self, *, key: DeclarationKey) -> PaymentInstruction | None:
        """The payment instruction of a declaration."""
        ...

    def uninstructed(self) -> tuple[Declaration, ...]:
        """The declarations approved for payment whose payment instruction is not there yet."""
        ...
