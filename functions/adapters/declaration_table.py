"""Declarations in DynamoDB, all that belongs to one under its own partition key.

    DECLARATION#<service>#<date>#<organisation>   STATE            the declaration as it stands
                                                  AUDIT#<version>  one event, for ever
                                                  TOKEN            left by the workflow that waits, to be woken with
                                                  INSTRUCTION      what is to be paid

STATE carries `awaits`, the key of a sparse index: `<organisation>#<role>` while it awaits a person, and one of a few
`INSTRUCT#<shard>` between finance approval and its payment instruction.
"""

from collections.abc import Mapping
from typing import Any

from functions.adapters.dynamodb import ABSENT, Table, marshalled, shard
from functions.domain.decide.lifecycle import Transition, awaited
from functions.ports.declarations import StaleDeclaration, Waiting
from schemas.declaration import AuditEntry, Declaration, DeclarationKey, PaymentInstruction
from schemas.grant import Role

INDEX = "awaiting"
SHARDS = 16


class DeclarationTable:
    """The port `DeclarationStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def declaration(self, *, key: DeclarationKey) -> Declaration | None:
        """A declaration as it stands."""
        item = self._table.item(pk=declaration_partition(key), sk="STATE")
        return None if item is None else _declaration(item)

    def history(self, *, key: DeclarationKey) -> tuple[AuditEntry, ...]:
        """Everything that happened to a declaration, oldest first."""
        items = self._table.items(pk=declaration_partition(key), prefix="AUDIT#")
        return tuple(AuditEntry.model_validate(_body(item)) for item in items)

    def commit(self, *, transition: Transition) -> None:
        """Write a declaration and its audit entry in one transaction, on the version that was decided on."""
        declaration, entry = transition.declaration, transition.entry
        state: dict[str, Any] = {"Item": marshalled(_state(declaration, awaits=_awaits(declaration)))}
        if declaration.version == 1:
            state["ConditionExpression"] = ABSENT
        else:
            state["ConditionExpression"] = "version = :before"
            state["ExpressionAttributeValues"] = marshalled({":before": declaration.version - 1})
        sk = f"AUDIT#{entry.version:06d}"
        audit = marshalled({"pk": declaration_partition(declaration.key), "sk": sk, **entry.model_dump(mode="json")})
        if not self._table.put_together(puts=(state, {"Item": audit, "ConditionExpression": ABSENT})):
            raise StaleDeclaration(f"The declaration is no longer at version {declaration.version - 1}.")

    def awaiting(self, *, organisation: str, role: Role) -> tuple[Declaration, ...]:
        """The declarations that await a decision of this role for this organisation."""
        return self._indexed(f"{organisation}#{role}")

    def waiting(self, *, key: DeclarationKey) -> Waiting | None:
        """The workflow that waited last, if one ever did."""
        item = self._table.item(pk=declaration_partition(key), sk="TOKEN")
        return None if item is None else Waiting(version=int(item["version"]), token=str(item["token"]))

    def instruct(self, *, instruction: PaymentInstruction) -> bool:
        """Keep a payment instruction, and take its declaration off the list of those that lack one."""
        declaration = self.declaration(key=instruction.key)
        if declaration is None:
            raise LookupError(f"There is no declaration {instruction.key}.")
        body = {
            "pk": declaration_partition(instruction.key),
            "sk": "INSTRUCTION",
            **instruction.model_dump(mode="json"),
        }
        return self._table.put_together(
            puts=(
                {"Item": marshalled(body), "ConditionExpression": ABSENT},
                {
                    "Item": marshalled(_state(declaration, awaits=None)),
                    "ConditionExpression": "version = :version",
                    "ExpressionAttributeValues": marshalled({":version": instruction.declaration_version}),
                },
            )
        )

    def instruction(self, *, key: DeclarationKey) -> PaymentInstruction | None:
        """The payment instruction of a declaration."""
        item = self._table.item(pk=declaration_partition(key), sk="INSTRUCTION")
        return None if item is None else PaymentInstruction.model_validate(_body(item))

    def uninstructed(self) -> tuple[Declaration, ...]:
        """The declarations approved for payment whose payment instruction is not there yet."""
        return tuple(found for number in range(SHARDS) for found in self._indexed(f"INSTRUCT#{number:02d}"))

    def _indexed(self, awaits: str) -> tuple[Declaration, ...]:
        items = self._table.indexed(index=INDEX, attribute="awaits", value=awaits)
        return tuple(sorted((_declaration(item) for item in items), key=lambda found: declaration_partition(found.key)))


def declaration_partition(key: DeclarationKey) -> str:
    """The partition key of everything about a declaration; the declaration machine reads it from its input."""
    return f"DECLARATION#{key.service}#{key.achievement_date:%Y%m%d}#{key.organisation}"


def _awaits(declaration: Declaration) -> str:
    person = awaited(declaration=declaration)
    if person is None:
        return f"INSTRUCT#{shard(code=declaration.key.organisation, shards=SHARDS)}"
    organisation, role = person
    return f"{organisation}#{role}"


def _state(declaration: Declaration, *, awaits: str | None) -> dict[str, Any]:
    index = {} if awaits is None else {"awaits": awaits}
    return {"pk": declaration_partition(declaration.key), "sk": "STATE", **index, **declaration.model_dump(mode="json")}


def _declaration(item: Mapping[str, Any]) -> Declaration:
    return Declaration.model_validate(_body(item))


def _body(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in ("pk", "sk", "awaits")}
