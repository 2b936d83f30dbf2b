"""A practice's submissions beside each other: which values of each count, which were replaced, and which conflict."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from functions.domain.grid import Grid
from functions.domain.submission import ABSENT, Submission, merge_submissions, submitted_at
from schemas.submission import Standing, SubmittedValue

Standings = Mapping[int, Standing]


def standings(*, submissions: Sequence[Submission]) -> Iterator[Standings]:
    """For each of all submissions of a practice, how each of its values stands, by slot, were a run frozen now."""
    if submissions:
        merged, conflicts = merge_submissions(submissions=submissions)
        yield from (_standings(submission, merged, frozenset(conflicts)) for submission in submissions)


def submitted_values(*, grid: Grid, submission: Submission, standings: Standings) -> Iterator[SubmittedValue]:
    """The values of a submission in the order of the service document."""
    for slot, standing in standings.items():
        yield SubmittedValue(
            indicator=grid.slots[slot].indicator,
            field=grid.slots[slot].field,
            value=submission.values[slot],
            submitted=submitted_at(stamp=submission.stamps[slot]),
            line=submission.places[slot],
            standing=standing,
        )


def _standings(submission: Submission, merged: Submission, conflicts: Collection[int]) -> Standings:
    return {
        slot: _standing(last=stamp == merged.stamps[slot], conflict=slot in conflicts)
        for slot, (value, stamp) in enumerate(zip(submission.values, submission.stamps, strict=True))
        if value != ABSENT
    }


def _standing(*, last: bool, conflict: bool) -> Standing:
    if not last:
        return Standing.REPLACED
    return Standing.CONFLICTING if conflict else Standing.COUNTS
