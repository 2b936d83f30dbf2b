"""Holds in DynamoDB, all that belongs to one under its own partition key.

    HOLD#<run>   STATE            the hold as it stands
                 AUDIT#<version>  one thing that happened to it, for ever
                 TOKEN            left by the execution that waits, to be woken with

STATE carries `awaits`, the key of a sparse index: its own state while the run is held, and once it is released.
"""

from collections.abc import Mapping
from typing import Any

from functions.adapters.dynamodb import ABSENT, Table, marshalled
from functions.domain.decide.hold import HoldTransition
from functions.ports.declarations import Waiting
from functions.ports.holds import StaleHold
from schemas.hold import Hold, HoldEntry, HoldState

INDEX = "awaiting"


class HoldTable:
    """The port `HoldStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def hold(self, *, run: str) -> Hold | None:
        """The hold on a run as it stands."""
        item = self._table.item(pk=hold_partition(run), sk="STATE")
        return None if item is None else Hold.model_validate(_body(item))

    def history(self, *, run: str) -> tuple[HoldEntry, ...]:
        """Everything that happened to a held run, oldest first."""
        items = self._table.items(pk=hold_partition(run), prefix="AUDIT#")
        return tuple(HoldEntry.model_validate(_body(item)) for item in items)

    def commit(self, *, transition: HoldTransition) -> None:
        """Write a hold and its entry in one transaction, on the version that was decided on."""
        hold, entry = transition.hold, transition.entry
        state: dict[str, Any] = {"Item": marshalled(_state(hold))}
        if hold.version == 1:
            state["ConditionExpression"] = ABSENT
        else:
            state["ConditionExpression"] = "version = :before"
            state["ExpressionAttributeValues"] = marshalled({":before": hold.version - 1})
        sk = f"AUDIT#{entry.version:06d}"
        audit = marshalled({"pk": hold_partition(hold.run), "sk": sk, **entry.model_dump(mode="json")})
        if not self._table.put_together(puts=(state, {"Item": audit, "ConditionExpression": ABSENT})):
            raise StaleHold(f"The hold is no longer at version {hold.version - 1}.")

    def held(self) -> tuple[Hold, ...]:
        """The runs that await a decision."""
        return self._indexed(HoldState.HELD)

    def released(self) -> tuple[Hold, ...]:
        """The runs that were released."""
        return self._indexed(HoldState.RELEASED)

    def waiting(self, *, run: str) -> Waiting | None:
        """The execution that waited last, if one ever did."""
        item = self._table.item(pk=hold_partition(run), sk="TOKEN")
        return None if item is None else Waiting(version=int(item["version"]), token=str(item["token"]))

    def _indexed(self, state: HoldState) -> tuple[Hold, ...]:
        items = self._table.indexed(index=INDEX, attribute="awaits", value=f"HOLD#{state}")
        return tuple(sorted((Hold.model_validate(_body(item)) for item in items), key=lambda found: found.run))


def hold_partition(run: str) -> str:
    """The partition key of everything about a hold; the calculation machine spells it likewise."""
    return f"HOLD#{run}"


def _state(hold: Hold) -> dict[str, Any]:
    index = {} if hold.state is HoldState.REJECTED else {"awaits": f"HOLD#{hold.state}"}
    return {"pk": hold_partition(hold.run), "sk": "STATE", **index, **hold.model_dump(mode="json")}


def _body(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in ("pk", "sk", "awaits")}
