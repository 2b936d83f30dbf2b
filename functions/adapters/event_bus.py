"""Announcements on an EventBridge bus."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef


class EventBus:
    """The port `Bus` on EventBridge."""

    def __init__(self, *, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def announce(self, *, what: str, detail: Mapping[str, object]) -> None:
        """Announce that something happened. Raises RuntimeError when the bus did not take it, so that it is retried."""
        entry: PutEventsRequestEntryTypeDef = {
            "Source": "cqrs",
            "DetailType": what,
            "Detail": json.dumps(detail),
            "EventBusName": self._bus,
        }
        answer = self._client.put_events(Entries=[entry])
        if answer["FailedEntryCount"]:
            raise RuntimeError(f"The bus did not take {what}: {answer['Entries'][0].get('ErrorMessage')}")
