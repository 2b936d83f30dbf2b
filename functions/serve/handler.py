"""The Serve function: every route of the HTTP API.

The authorizer has checked the token before a request comes this far; who may see or do what is decided by the grants
of the person whom the token names.
"""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.runtime.wiring import checking, declaring
from functions.serve import achievements, declarations, differences, files, holds, services, submissions
from functions.serve.request import RefusedRequest, refused

TITLE, VERSION = "Calculating Quality Reporting Service", "1.0.0"

logger = Logger()
app = APIGatewayHttpResolver(enable_validation=True)
for part in (services, achievements, differences, declarations, holds, files, submissions):
    app.include_router(part.router)
app.exception_handler(RefusedRequest)(refused)
_world = cache(declaring)
_checking = cache(checking)


def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    app.append_context(world=_world(), checking=_checking())  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
    return app.resolve(event, context)


def openapi() -> str:
    """The OpenAPI document of the API, as JSON."""
    return app.get_openapi_json_schema(
        title=TITLE,
        version=VERSION,
        description="Read services, achievements, why they are what they are and what changed between runs; "
        "declare, approve, query back, approve for payment; release or reject held runs; look at files that were sent, "
        "check one beforehand, and see every version of what was submitted.",
    )
