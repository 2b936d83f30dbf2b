"""Routes about what was submitted for a practice: every version that was ever accepted, and which values count."""

from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.check import submissions as looking
from functions.serve.request import FileId, FileMark, OrganisationCode, ServiceCode, checking, granted, person
from schemas.api import SubmissionsView, SubmissionView
from schemas.collection import CollectionKey
from schemas.service import RunKind

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
Limit = Annotated[int, Query(ge=1, le=100)]
PATH = "/submissions/<service>/<organisation>/<achievement_date>"


@router.get(PATH, summary="What was submitted for an organisation", tags=["submissions"])
def submissions(
    service: ServiceCode,
    organisation: OrganisationCode,
    achievement_date: date,
    run_kind: RunKind = RunKind.PAYMENT,
    before: FileMark = None,
    limit: Limit = 50,
) -> SubmissionsView:
    """Every file that brought values for it, the one received last first, a page at a time."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    return granted(
        looking.submissions(
            collection=collection,
            code=organisation,
            before=before,
            limit=limit,
            person=person(router),
            checking=checking(router),
        )
    )


@router.get(f"{PATH}/<file>", summary="What one file brought for an organisation", tags=["submissions"])
def submission(
    service: ServiceCode,
    organisation: OrganisationCode,
    achievement_date: date,
    file: FileId,
    run_kind: RunKind = RunKind.PAYMENT,
) -> SubmissionView:
    """Each value with its time and its line; and whether it counts, was replaced by a later one, or conflicts."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    return granted(
        looking.submission(
            collection=collection, code=organisation, file=file, person=person(router), checking=checking(router)
        )
    )
