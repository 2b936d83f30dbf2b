"""The practices that every contender calculates: a synthetic nation, with ties on purpose, kept as a file."""

import json
from pathlib import Path
from typing import TypeAlias

from cqrs.counts import PracticeCounts
from cqrs.nation import nation
from functions.domain.calculate.achievement import PracticeInputs
from schemas.service import ServiceDocument

SERVICE = "QOF2324"
Result: TypeAlias = tuple[int, int, int]  # points and points available in hundredths, payment in pence


def write_practices(*, path: Path, document: ServiceDocument, practices: int, seed: int) -> None:
    """Write the list and the values by slot of each practice of a seed's nation."""
    made = nation(document=document, practices=practices, seed=seed)
    found = [
        (practice.code, practice.size, PracticeCounts(made=made, practice=practice).by_slot())
        for practice in made.practices
    ]
    path.write_text(json.dumps(found), encoding="ascii")


def read_practices(*, path: Path) -> list[PracticeInputs]:
    """The practices that `write_practices` wrote."""
    found = json.loads(path.read_text(encoding="ascii"))
    return [PracticeInputs(organisation=code, list_size=size, values=values) for code, size, values in found]
