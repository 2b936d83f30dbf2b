"""What was submitted for a practice: every file that brought values, and what became of each value.

Whoever may see the practice's points sees all of it, a supplier what it sent itself: the files of others are not there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from functions.check.checking import Checking
from functions.check.views import submission_summary, submission_view
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.domain.decide.permission import own_folders, sees_points
from functions.domain.grid import Grid, service_grid
from functions.domain.packed import Packing
from functions.domain.standing import Standings, standings
from functions.domain.submission import Submission
from schemas.api import SubmissionsView, SubmissionView
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.file import FileRecord
from schemas.grant import Grant
from schemas.service import ServiceDocument

NOT_YOURS = Refusal(Ground.FORBIDDEN, "You hold no role that lets you see what was submitted for this organisation.")
NOT_THERE = Refusal(Ground.NOT_FOUND, "There is no file of this id that brought values for this organisation.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What one file brought for a practice, and how each of its values stands beside those of all files."""

    record: FileRecord
    submission: Submission
    standings: Standings


def submissions(  # what may be asked for, a name each
    *, collection: CollectionKey, code: str, before: str | None, limit: int, person: str, checking: Checking
) -> SubmissionsView | Refusal:
    """A page of the files that brought values for a practice, the one received last first; those before a file."""
    found = _shown(collection, code, person, checking)
    if isinstance(found, Refusal):
        return found
    ids = [one.record.id for one in found]
    if before is not None and before not in ids:
        return NOT_THERE
    start = 0 if before is None else ids.index(before) + 1
    page = found[start : start + limit]
    told = tuple(submission_summary(record=one.record, standings=one.standings) for one in page)
    return SubmissionsView(submissions=told, next=told[-1].file if start + limit < len(found) else None)


def submission(
    *, collection: CollectionKey, code: str, file: str, person: str, checking: Checking
) -> SubmissionView | Refusal:
    """What one file brought for a practice, value by value."""
    found = _shown(collection, code, person, checking)
    if isinstance(found, Refusal):
        return found
    one = next((one for one in found if one.record.id == file), None)
    if one is None:
        return NOT_THERE
    grid = service_grid(document=service_document(collection.service))
    return submission_view(record=one.record, grid=grid, submission=one.submission, standings=one.standings)


def _shown(collection: CollectionKey, code: str, person: str, checking: Checking) -> list[Submitted] | Refusal:
    """What a person may see of a practice's submissions."""
    if collection.service not in service_codes():
        return Refusal(Ground.NOT_FOUND, f"There is no service {collection.service}.")
    document, grants = service_document(collection.service), checking.grants.grants(person=person)
    everything, own = _sees_practice(grants, code, document, checking), own_folders(grants=grants)
    if not everything and not own:
        return NOT_YOURS
    found = _submitted(collection, code, service_grid(document=document), checking)
    return [one for one in found if everything or one.record.supplier in own]


def _sees_practice(grants: Collection[Grant], code: str, document: ServiceDocument, checking: Checking) -> bool:
    """Whether these grants show a practice's points: those for itself, or for its commissioner in a run."""
    known = checking.known.organisations.one(code=code, list_date=document.parameters.practice_list.value)
    return sees_points(grants=grants, organisation=code, commissioner=known.sub_icb if known else code)


def _submitted(collection: CollectionKey, code: str, grid: Grid, checking: Checking) -> list[Submitted]:
    """Every submission of a practice whose file counts, the one received last first."""
    counting = list(_counting(collection, code, grid, checking))
    beside = standings(submissions=[submission for _, submission in counting])
    found = (Submitted(*one, standing) for one, standing in zip(counting, beside, strict=True))
    return sorted(found, key=lambda one: (one.record.received_at, one.record.id), reverse=True)


def _counting(
    collection: CollectionKey, code: str, grid: Grid, checking: Checking
) -> Iterator[tuple[FileRecord, Submission]]:
    packing = Packing(grid=grid)
    for stored in checking.submissions.submissions(collection=collection, organisation=code):
        record = checking.submissions.record(collection=collection, file=stored.file)
        if record is not None:  # until it is there, its file is still being taken in
            yield record, packing.unpack(layout=stored.layout, packed=stored.packed)
