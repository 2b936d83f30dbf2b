"""Answers from what runs kept, to people who ask over the API."""

from collections.abc import Callable
from typing import TypeVar

from functions.domain.decide.lifecycle import Ground, Refusal
from functions.explain.reading import NotAsKept
from functions.ports.objects import ObjectMissing

Value = TypeVar("Value")


def from_evidence(answer: Callable[[], Value]) -> Value | Refusal:
    """The answer, or in a sentence what it lacks: what a run has not come to yet, or what is not what it kept."""
    try:
        return answer()
    except ObjectMissing as missing:
        return Refusal(Ground.CONFLICT, f"The evidence has no {missing} yet. Ask again when the run is further.")
    except NotAsKept as found:
        return Refusal(Ground.CONFLICT, str(found))
