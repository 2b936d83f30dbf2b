"""The workflow that reads on where one function had no time left."""

from typing import Protocol

from schemas.continuation import Continuation


class Continuing(Protocol):
    """Starts the workflow of an upload, whose parts are read one after another until the file is settled."""

    def start(self, *, continuation: Continuation) -> None:
        """Start the workflow of an upload. Does nothing where it was started before."""
        ...
