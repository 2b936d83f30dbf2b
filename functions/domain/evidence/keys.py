"""Where evidence stands: under keys that follow from what it is."""

from typing import NamedTuple


class Kept(NamedTuple):
    """An object of evidence: its key, its bytes, and what they are."""

    key: str
    body: bytes
    media_type: str


def inputs_key(*, inputs: str) -> str:
    """Where frozen inputs stand, by their digest: one line of JSON a practice."""
    return f"inputs/{inputs}.jsonl"


def document_key(*, document: str) -> str:
    """Where the service document of a run stands, by its digest."""
    return f"documents/{document}.json"


def run_key(*, run: str, name: str) -> str:
    """Where a part of a run's evidence stands."""
    return f"runs/{run}/{name}"


def working_key(*, run: str, number: int) -> str:
    """Where the working of a batch stands: one line of JSON a practice."""
    return run_key(run=run, name=f"working/{number:04d}.jsonl")
