"""Routes about why pounds changed between two runs."""

from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import differing
from functions.serve.achievements import PATH
from functions.serve.request import OrganisationCode, RunId, ServiceCode, granted, person, world
from schemas.collection import CollectionKey
from schemas.difference import NationalDifference, PracticeDifference
from schemas.service import RunKind

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
Since = Annotated[str, Query(alias="from", pattern="^[0-9a-f]{32}$", description="The earlier run.")]


@router.get(f"{PATH}/difference", summary="Why my pounds changed", tags=["achievements"])
def difference(
    service: ServiceCode,
    organisation: OrganisationCode,
    achievement_date: date,
    since: Since,
    run_kind: RunKind = RunKind.PAYMENT,
) -> PracticeDifference:
    """The difference between an earlier run and the published one, in parts that add up to it, to the penny."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    return granted(
        differing.difference(
            collection=collection, code=organisation, since=since, person=person(router), world=world(router)
        )
    )


@router.get("/runs/<run>/difference/<other>", summary="Why everybody's pounds changed", tags=["achievements"])
def national(run: RunId, other: RunId) -> NationalDifference:
    """The difference of all practices together between a run and a later one, and who moved most."""
    return granted(differing.nation(before=run, after=other, person=person(router), world=world(router)))
