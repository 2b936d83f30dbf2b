"""Counting the write units that DynamoDB charges, as it reports them with each answer."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WRITES = ("PutItem", "BatchWriteItem", "TransactWriteItems")


class WriteUnits:
    """What a client has written so far, in write units."""

    def __init__(self, *, client: "DynamoDBClient") -> None:
        self._total = Decimal(0)
        for operation in WRITES:
            client.meta.events.register(f"provide-client-params.dynamodb.{operation}", self._ask)  # type: ignore[arg-type]  # the hook may answer
            client.meta.events.register(f"after-call.dynamodb.{operation}", self._count)

    def taken(self) -> Decimal:
        """The write units since the last time this was asked."""
        taken, self._total = self._total, Decimal(0)
        return taken

    def _ask(self, params: dict[str, Any], **_: object) -> dict[str, Any]:
        return {**params, "ReturnConsumedCapacity": "TOTAL"}

    def _count(self, parsed: dict[str, Any], **_: object) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        for part in [consumed] if isinstance(consumed, dict) else consumed:
            self._total += Decimal(str(part["CapacityUnits"]))
