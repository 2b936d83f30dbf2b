"""A DynamoDB table of ours: items under a partition key `pk` and a sort key `sk`, written in safe ways only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import sleep
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item: TypeAlias = Mapping[str, Any]
BATCH = 25  # items that one BatchWriteItem takes
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds between tries of what the table was too busy for
ABSENT = "attribute_not_exists(pk)"

_serializer = TypeSerializer()
_deserializer = TypeDeserializer()


class Table:
    """One table. Reads are strongly consistent: what was written is seen."""

    def __init__(self, *, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def item(self, *, pk: str, sk: str) -> Item | None:
        """One item, or None."""
        key = marshalled({"pk": pk, "sk": sk})
        found = self._client.get_item(TableName=self._name, Key=key, ConsistentRead=True).get("Item")
        return None if found is None else unmarshalled(found)

    def raw_items(self, *, pk: str, prefix: str = "") -> Iterator[Mapping[str, Any]]:
        """The items of a partition in the order of their sort keys, as DynamoDB spells them."""
        values = {":pk": pk, ":sk": prefix} if prefix else {":pk": pk}
        condition = "pk = :pk AND begins_with(sk, :sk)" if prefix else "pk = :pk"
        pages = self._client.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=marshalled(values),
            ConsistentRead=True,
        )
        for page in pages:
            yield from page["Items"]

    def items(self, *, pk: str, prefix: str = "") -> Iterator[Item]:
        """The items of a partition in the order of their sort keys."""
        return (unmarshalled(item) for item in self.raw_items(pk=pk, prefix=prefix))

    def latest(self, *, pk: str, limit: int, before: str = "") -> tuple[Item, ...]:
        """The last items of a partition, at most `limit`, the very last first; those `before` a sort key."""
        values = {":pk": pk, ":before": before} if before else {":pk": pk}
        found = self._client.query(
            TableName=self._name,
            KeyConditionExpression="pk = :pk AND sk < :before" if before else "pk = :pk",
            ExpressionAttributeValues=marshalled(values),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
        )
        return tuple(unmarshalled(item) for item in found["Items"])

    def indexed(self, *, index: str, attribute: str, value: str) -> Iterator[Item]:
        """The items of a partition of an index; what was written a moment ago may not be there yet."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._name,
            IndexName=index,
            KeyConditionExpression=f"{attribute} = :value",
            ExpressionAttributeValues=marshalled({":value": value}),
        )
        for page in pages:
            yield from (unmarshalled(item) for item in page["Items"])

    def put_if_absent(self, *, item: Item) -> bool:
        """Put an item; False, and nothing changes, when its key is taken."""
        try:
            self._client.put_item(TableName=self._name, Item=marshalled(item), ConditionExpression=ABSENT)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def put(self, *, item: Item) -> None:
        """Put an item over whatever had its key."""
        self._client.put_item(TableName=self._name, Item=marshalled(item))

    def put_many(self, *, items: Iterable[Mapping[str, Any]]) -> None:
        """Put many items, given as DynamoDB spells them, whose content follows from their key: safe to repeat."""
        for batch in batches(items, size=BATCH):
            waiting: Mapping[str, Any] = {self._name: [{"PutRequest": {"Item": item}} for item in batch]}
            for pause in (*PAUSES, None):
                waiting = self._client.batch_write_item(RequestItems=waiting)["UnprocessedItems"]
                if not waiting:
                    break
                _rest(pause, f"{self._name} took none of {len(waiting[self._name])} items.")

    def put_together(self, *, puts: Sequence[Mapping[str, Any]]) -> bool:
        """Put several items or none. Each is the body of a Put without its table; False when a condition failed.

        Somebody else's transaction on the same items at the same moment is waited for.
        """
        transaction: Any = [{"Put": {"TableName": self._name, **put}} for put in puts]
        for pause in (*PAUSES, None):
            try:
                self._client.transact_write_items(TransactItems=transaction)
            except self._client.exceptions.TransactionCanceledException as error:
                codes = {reason.get("Code") for reason in error.response["CancellationReasons"]}
                if "ConditionalCheckFailed" in codes:
                    return False
                if not codes <= {"TransactionConflict", "None"}:
                    raise
                _rest(pause, f"{self._name} is busy with another transaction.")
            else:
                return True
        raise AssertionError("The last try returned or raised.")


class BusyTable(RuntimeError):  # noqa: N818  # says what is the matter; the caller's retry is for later
    """The table did not take a write, however often it was asked."""


def _rest(pause: float | None, what: str) -> None:
    if pause is None:
        raise BusyTable(what)
    sleep(pause)


def marshalled(item: Item) -> dict[str, Any]:
    """An item as DynamoDB spells it."""
    return {name: _serializer.serialize(value) for name, value in item.items()}


def unmarshalled(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as Python has it."""
    return {name: _deserializer.deserialize(value) for name, value in item.items()}


def shard(*, code: str, shards: int) -> str:
    """Which of so many partitions an organisation's items stand in; always the same one."""
    return f"{crc32(code.encode()) % shards:02d}"


def batches(items: Iterable[Mapping[str, Any]], *, size: int) -> Iterator[list[Mapping[str, Any]]]:
    """Items in lists of at most `size`."""
    batch: list[Mapping[str, Any]] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
