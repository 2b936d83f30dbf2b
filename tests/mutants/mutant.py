"""A mutant: a module changed in one place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from pydantic import TypeAdapter


class Change(NamedTuple):
    """What a mutant changes: the number of the line, the line, and what it becomes; spaces as between words."""

    number: int
    line: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module by its path, the operator that changed it, and the whole source changed."""

    module: str
    operator: str
    source: str

    def change(self, *, original: str) -> Change:
        """What was changed of the original source."""
        before, after = original.splitlines(), self.source.splitlines()
        changed = [
            code for code in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if code[0] != "equal"
        ]
        (_, first, _, start, _), (*_, last, _, end) = changed[0], changed[-1]
        return Change(first + 1, spaced(" ".join(before[first:last])), spaced(" ".join(after[start:end])))


def spaced(text: str) -> str:
    """A text with a single space wherever it has any."""
    return " ".join(text.split())


def read_mutants(lines: Iterable[str]) -> Iterator[Mutant]:
    """Mutants from a JSON object a line."""
    adapter = TypeAdapter(Mutant)
    return (adapter.validate_json(line) for line in lines)
