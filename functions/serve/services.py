"""Routes about services and organisations."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import looking
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.serve.request import OrganisationCode, RefusedRequest, ServiceCode, granted, person, world
from schemas.api import ServiceSummary
from schemas.catalogue import UnknownService, service_codes, service_document
from schemas.organisation import Organisation
from schemas.service import ServiceDocument

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped


@router.get("/services", summary="Every Quality Service", tags=["services"])
def services() -> list[ServiceSummary]:
    """Every service that there is a document for."""
    return [_summary(service_document(code)) for code in service_codes()]


@router.get("/services/<service>", summary="One Quality Service, complete", tags=["services"])
def service_by_code(service: ServiceCode) -> ServiceDocument:
    """The document of a service: indicators, figures with their sources, policies, dates."""
    try:
        return service_document(service)
    except UnknownService as unknown:
        raise RefusedRequest(Refusal(Ground.NOT_FOUND, str(unknown))) from unknown


@router.get("/organisations/<organisation>", summary="One organisation", tags=["organisations"])
def organisation_by_code(organisation: OrganisationCode) -> Organisation:
    """An organisation with its list and where it belongs."""
    return granted(looking.organisation(code=organisation, person=person(router), world=world(router)))


def _summary(document: ServiceDocument) -> ServiceSummary:
    return ServiceSummary(
        code=document.code,
        name=document.name,
        starts=document.year.starts,
        ends=document.year.ends,
        indicators=len(document.scored),
        points=str(document.totals.points),
    )
