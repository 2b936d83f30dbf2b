"""What can be said of the values of one practice in one file: what refuses it, and what is only remarkable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from functions.domain.check.relations import Relation
from functions.domain.check.stored import PracticeReading
from schemas.problem import Code, Severity

DUPLICATE = "The same value was already sent for this time of submission; one of the two rows is enough."
CONFLICT = (
    "The value shown stands before this row, which has another for the same time of submission. Send the right one "
    "with a later time."
)
OVERTAKEN = (
    "LAST_SUBMISSION says Y for {values} of this practice that a later submission takes the place of. The later "
    "one counts; send N for the earlier."
)
UNSAID = (
    "LAST_SUBMISSION does not say Y for {values} of this practice that no later submission takes the place of. What "
    "was sent counts all the same; send Y for the last."
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the value of a slot, shown by a line of the file."""

    line: int
    slot: int
    code: Code
    severity: Severity
    message: str


def worth_a_remark(*, practice: PracticeReading) -> bool:
    """True where `practice_remarks` says anything beside how its counts stand to one another."""
    return bool(practice.duplicates or practice.conflicts or practice.overtaken or _unsaid(practice))


def practice_remarks(*, practice: PracticeReading, related: Sequence[Relation]) -> Iterator[Remark]:
    """Every remark; `related` is what there is to say of how its counts stand to one another."""
    for line, slot in practice.duplicates.by_line():
        yield Remark(line, slot, Code.WARNING_DUPLICATE, Severity.WARNING, DUPLICATE)
    for line, slot in practice.conflicts.by_line():
        yield Remark(line, slot, Code.PRACTICE_CONFLICT, Severity.PRACTICE, CONFLICT)
    for found in related:
        line = practice.submission.places[found.slot]
        yield Remark(line, found.slot, found.code, found.severity, found.message)
    yield from _last_remarks(practice)


def _last_remarks(practice: PracticeReading) -> Iterator[Remark]:
    """Where LAST_SUBMISSION is not what the times of submission say: twice at most for a practice."""
    if practice.overtaken:
        message = OVERTAKEN.format(values=_values(practice.overtaken))
        yield Remark(*practice.first_overtaken, Code.WARNING_LAST, Severity.WARNING, message)
    unsaid = _unsaid(practice)
    if unsaid:
        places = enumerate(practice.submission.places)
        line, slot = min((line, slot) for slot, line in places if line and not practice.lasts[slot])
        yield Remark(line, slot, Code.WARNING_LAST, Severity.WARNING, UNSAID.format(values=_values(unsaid)))


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"


def _unsaid(practice: PracticeReading) -> int:
    """How many values do not say that they are the last submission."""
    held = np.count_nonzero(np.frombuffer(practice.submission.stamps, np.int64))
    return int(held) - (len(practice.lasts) - practice.lasts.count(0))
