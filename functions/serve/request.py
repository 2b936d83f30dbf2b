"""What every route needs of a request: who asks, and a way to answer a refusal."""

import json
from http import HTTPStatus
from typing import Annotated, TypeVar

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.approve.declaring import Declaring
from functions.check.checking import Checking
from functions.domain.decide.lifecycle import Ground, Refusal
from schemas.api import RefusalView

Value = TypeVar("Value")
ServiceCode = Annotated[str, Path(pattern="^[A-Z0-9]{2,16}$")]
OrganisationCode = Annotated[str, Path(pattern="^[A-Z0-9]{1,10}$")]
RunId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
FileId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
FileMark = Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="The `next` of the page before.")]
STATUS = {
    Ground.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Ground.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Ground.CONFLICT: HTTPStatus.CONFLICT,
    Ground.REASON_MISSING: HTTPStatus.UNPROCESSABLE_ENTITY,
    Ground.UNUSABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class RefusedRequest(Exception):  # noqa: N818  # an answer to the person who asked, not an error
    """Carries a refusal out of a route."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def granted(value: Value | Refusal) -> Value:
    """The value, or RefusedRequest where there is a refusal instead."""
    if isinstance(value, Refusal):
        raise RefusedRequest(value)
    return value


def refused(request: RefusedRequest) -> Response[str]:
    """The answer to a refused request: one status for each ground, and the reason in words."""
    refusal = request.refusal
    body = RefusalView(refused=refusal.ground, reason=refusal.reason).model_dump()
    return Response(
        status_code=STATUS[refusal.ground], content_type=content_types.APPLICATION_JSON, body=json.dumps(body)
    )


def world(router: APIGatewayHttpRouter) -> Declaring:
    """What the routes use of the world; the handler puts it into the request's context."""
    found: Declaring = router.context["world"]
    return found


def checking(router: APIGatewayHttpRouter) -> Checking:
    """What the routes about files and submissions use of the world, from the same place."""
    found: Checking = router.context["checking"]
    return found


def person(router: APIGatewayHttpRouter) -> str:
    """Who asks: the subject of the token that the authorizer has checked."""
    authorizer = router.current_event.request_context.authorizer
    return str((authorizer.jwt_claim if authorizer else {})["sub"])
