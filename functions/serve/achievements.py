"""Routes about what was achieved, and how it came about."""

from datetime import date

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import looking
from functions.serve.request import OrganisationCode, ServiceCode, granted, person, world
from schemas.api import AchievementView, WorkingView
from schemas.collection import CollectionKey
from schemas.service import RunKind

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
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


@router.get(f"{PATH}/working", summary="The working, line by line", tags=["achievements"])
def working(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, run_kind: RunKind = RunKind.PAYMENT
) -> WorkingView:
    """Every input and factor of every amount; the amounts add up to the payment."""
    collection = CollectionKey(service=service, achievement_date=achievement_date, run_kind=run_kind)
    return granted(
        looking.working(collection=collection, code=organisation, person=person(router), world=world(router))
    )
