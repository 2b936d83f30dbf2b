"""Routes about declarations: what awaits me, how one stands, and the four decisions."""

from datetime import date

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve import deciding, looking
from functions.serve.request import OrganisationCode, ServiceCode, granted, person, world
from schemas.api import AwaitedView, DecisionRequest, DeclarationView
from schemas.declaration import DeclarationKey, Event

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
PATH = "/declarations/<service>/<organisation>/<achievement_date>"


@router.get("/declarations", summary="What awaits me", tags=["declarations"])
def awaiting() -> list[AwaitedView]:
    """Every declaration that awaits a decision in one of the reader's roles."""
    return list(looking.awaiting(person=person(router), world=world(router)))


@router.get(PATH, summary="How a declaration stands", tags=["declarations"])
def declaration(service: ServiceCode, organisation: OrganisationCode, achievement_date: date) -> DeclarationView:
    """A declaration with its history and, once there is one, its payment instruction."""
    return _view(_key(service, organisation, achievement_date))


@router.post(f"{PATH}/declare", summary="Declare", tags=["declarations"])
def declare(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, decision: DecisionRequest
) -> DeclarationView:
    """The practice declares the figures it saw."""
    return _decide((service, organisation, achievement_date), Event.DECLARED, decision)


@router.post(f"{PATH}/approve", summary="Approve", tags=["declarations"])
def approve(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, decision: DecisionRequest
) -> DeclarationView:
    """The commissioner approves what was declared. It takes a person other than the declarer."""
    return _decide((service, organisation, achievement_date), Event.APPROVED, decision)


@router.post(f"{PATH}/query", summary="Query back, with a reason", tags=["declarations"])
def query(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, decision: DecisionRequest
) -> DeclarationView:
    """The commissioner sends a declaration back to the practice; the notes say what must be put right."""
    return _decide((service, organisation, achievement_date), Event.QUERIED, decision)


@router.post(f"{PATH}/finance-approve", summary="Approve for payment", tags=["declarations"])
def finance_approve(
    service: ServiceCode, organisation: OrganisationCode, achievement_date: date, decision: DecisionRequest
) -> DeclarationView:
    """Finance approves the payment. It takes a third person."""
    return _decide((service, organisation, achievement_date), Event.FINANCE_APPROVED, decision)


def _decide(place: tuple[str, str, date], event: Event, request: DecisionRequest) -> DeclarationView:
    key, who, where = _key(*place), person(router), world(router)
    granted(
        deciding.decide(key=key, event=event, person=who, version=request.version, notes=request.notes, world=where)
    )
    return _view(key)


def _view(key: DeclarationKey) -> DeclarationView:
    return granted(looking.declaration(key=key, person=person(router), world=world(router)))


def _key(service: str, organisation: str, achievement_date: date) -> DeclarationKey:
    return DeclarationKey(service=service, organisation=organisation, achievement_date=achievement_date)
