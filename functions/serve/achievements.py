"""Routes about what was achieved, and how it came about."""

from datetime import date
from enum import StrEnum

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.types import (
    OpenAPIResponseContentModel,
    OpenAPIResponseContentSchema,
)
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import looking
from functions.domain.explain.page import page
from functions.domain.explain.rows import explanation_csv
from functions.serve.request import OrganisationCode, ServiceCode, granted, person, world
from schemas.api import AchievementView
from schemas.collection import CollectionKey
from schemas.explanation import Explanation
from schemas.service import RunKind

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped


class Format(StrEnum):
    """How an explanation is written."""

    JSON = "json"
    TEXT = "text"
    CSV = "csv"


MEDIA_TYPES = {
    Format.JSON: content_types.APPLICATION_JSON,
    Format.TEXT: "text/plain; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
}
TEXTS: dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel] = {
    kind: {"schema": {"type": "string"}} for kind in ("text/plain", "text/csv")
}
PATH = "/achievements/<service>/<organisation>/<achievement_date>"


@router.get(PATH, summary="What an organisation achieved", tags=["achievements"])
def achievement(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, run_kind: RunKind = RunKind.PAYMENT
) -> AchievementView:
    """Points, points available and, for those who may see it, the payment, as last published."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    return granted(
        looking.achievement(collection=collection, code=organisation, person=person(router), world=world(router))
    )


@router.get(
    f"{PATH}/working",
    summary="Why a practice is paid what it is, line by line",
    tags=["achievements"],
    responses={
        200: {
            "description": "The explanation, in the format asked for",
            "content": {"application/json": {"model": Explanation}, **TEXTS},
        }
    },
)
def working(
    service: ServiceCode,
    organisation: OrganisationCode,
    achievement_date: date,
    run_kind: RunKind = RunKind.PAYMENT,
    format: Format = Format.JSON,  # noqa: A002  # the name that a query string has for it
) -> Response[Explanation | str]:
    """Every figure behind the payment, each with its source: as data, as a page of plain text, or as rows of CSV."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    found = granted(
        looking.working(collection=collection, code=organisation, person=person(router), world=world(router))
    )
    return Response(status_code=200, content_type=MEDIA_TYPES[format], body=_shown(found, format))


def _shown(found: Explanation, form: Format) -> Explanation | str:
    if form is Format.TEXT:
        return page(explanation=found)
    return explanation_csv(explanation=found).decode() if form is Format.CSV else found
