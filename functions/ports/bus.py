"""Telling others what happened."""

from collections.abc import Mapping
from typing import Protocol


class Bus(Protocol):
    """Announcements to whoever listens; the same one may be heard twice."""

    def announce(self, *, what: str, detail: Mapping[str, object]) -> None:
        """Announce that something happened, such as `FileAcknowledged`, with what a listener needs to look it up."""
        ...
