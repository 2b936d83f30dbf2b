"""What DynamoDB does not take at once is given to it again, and never lost without a word."""

from typing import Any

import pytest

from functions.adapters.dynamodb import BusyTable, Table, marshalled

ITEMS = [marshalled({"pk": "p", "sk": str(number)}) for number in range(3)]


class Busy:
    """A client that takes one item of each batch, `patience` times, and then none any more."""

    def __init__(self, patience: int) -> None:
        self.taken: list[Any] = []
        self._patience = patience

    def batch_write_item(self, *, RequestItems: dict[str, list[Any]]) -> dict[str, Any]:  # noqa: N803  # boto3's
        first, *rest = RequestItems["table"]
        if not self._patience:
            return {"UnprocessedItems": RequestItems}
        self._patience -= 1
        self.taken.append(first["PutRequest"]["Item"])
        return {"UnprocessedItems": {"table": rest} if rest else {}}


def test_items_that_were_not_taken_are_given_again_until_all_are() -> None:
    client: Any = Busy(patience=3)
    Table(client=client, name="table").put_many(items=ITEMS)
    assert client.taken == ITEMS


def test_a_table_that_takes_nothing_any_more_is_an_error() -> None:
    client: Any = Busy(patience=1)
    with pytest.raises(BusyTable):
        Table(client=client, name="table").put_many(items=ITEMS)
