"""From a practice's submissions to the values that count, or the reasons why it cannot be calculated."""

from collections.abc import Iterator, Sequence

import numpy as np

from functions.domain.check.completeness import missing_by_indicator, missing_sentence
from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, Submission, merge_submissions, numerators_above
from schemas.problem import Code, Problem, Severity

TOGETHER = 256  # practices looked at in one step: enough to be fast, few enough to need little memory


def gather_practice(
    *, grid: Grid, organisation: str, submissions: Sequence[Submission], file: str, line: int
) -> Submission | tuple[Problem, ...]:
    """The values that count for a practice, or every problem that keeps it out of the calculation.

    `file` and `line` say in its problems where the practice first stood; blank and 0 where they are not known.
    """
    merged, conflicts = merge_submissions(submissions=submissions)
    problems = tuple(
        Problem(file, line, organisation, indicator, field, value, code, Severity.PRACTICE, message)
        for indicator, field, value, code, message in _objections(grid, merged, conflicts)
    )
    return problems or merged


def taken_as_they_are(*, grid: Grid, submissions: Sequence[Submission]) -> Iterator[bool]:
    """Whether `gather_practice` takes each of these, alone, as it is: looked at together, which takes few steps."""
    for start in range(0, len(submissions), TOGETHER):
        some = submissions[start : start + TOGETHER]
        counts = np.array([np.frombuffer(one.values, np.int32) for one in some])
        numerators, denominators = (counts[:, slots] for slots in grid.shares)
        above = (numerators > denominators) & (denominators != ABSENT)
        whole = (counts[:, grid.needed] != ABSENT).all(axis=1) & ~above.any(axis=1)
        yield from whole.tolist()


def _objections(grid: Grid, merged: Submission, conflicts: Sequence[int]) -> Iterator[tuple[str, str, str, Code, str]]:
    for slot in conflicts:
        place = grid.slots[slot]
        message = "Two files hold different values with the same time of submission. Send the right one again, later."
        yield place.indicator, place.field, str(merged.values[slot]), Code.PRACTICE_CONFLICT, message
    for slot in numerators_above(grid=grid, values=merged.values):
        place = grid.slots[slot]
        message = "The numerator is above its denominator. Send the indicator again with both values right."
        yield place.indicator, place.field, str(merged.values[slot]), Code.PRACTICE_NUMERATOR, message
    for indicator, fields, needed in missing_by_indicator(grid=grid, values=merged.values):
        sentence = missing_sentence(fields=fields, needed=needed)
        yield indicator, fields[0] if len(fields) == 1 else "", "", Code.PRACTICE_INCOMPLETE, sentence
