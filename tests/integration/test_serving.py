"""The HTTP API, request by request, on a world in memory: what is answered, and as what."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from functions.serve.handler import app
from schemas.grant import Grant, Role
from tests.integration.payments import payment_world, publish
from tests.integration.worlds import YEAR_END, World

WORKING = "/achievements/QOF2324/A81001/2024-03-31/working"
DIFFERENCE = "/achievements/QOF2324/A81001/2024-03-31/difference"
CONTEXT: Any = SimpleNamespace(function_name="serve", aws_request_id="1")


@pytest.fixture
def world() -> World:
    return payment_world()


def get(world: World, path: str, person: str = "declarer", **query: str) -> dict[str, Any]:
    """The answer to one request, as the gateway passes it in and out."""
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "queryStringParameters": query,
        "headers": {},
        "requestContext": {
            "http": {"method": "GET", "path": path},
            "stage": "$default",
            "authorizer": {"jwt": {"claims": {"sub": person}, "scopes": None}},
        },
        "isBase64Encoded": False,
    }
    app.append_context(world=world.declaring)  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
    answer: dict[str, Any] = app.resolve(event, CONTEXT)
    return answer


def media_type(answer: dict[str, Any]) -> str:
    headers = {**answer.get("headers", {}), **answer.get("multiValueHeaders", {})}
    found = headers["Content-Type"]
    return str(found if isinstance(found, str) else found[0])


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("json", "application/json", '{"service":"QOF2324"'),
        ("text", "text/plain; charset=utf-8", "How the payment of practice A81001 came about\n"),
        ("csv", "text/csv; charset=utf-8", "SECTION,INDICATOR,NAME,VALUE,UNIT,"),
    ],
)
def test_the_working_is_given_as_data_as_a_page_or_as_rows(form: str, kind: str, begins: str, world: World) -> None:
    answer = get(world, WORKING, format=form)
    assert (answer["statusCode"], media_type(answer)) == (200, kind)
    assert answer["body"].startswith(begins)


def test_the_working_is_data_where_nobody_asks_for_another_format(world: World) -> None:
    assert get(world, WORKING)["body"] == get(world, WORKING, format="json")["body"]
    assert get(world, WORKING, format="pdf")["statusCode"] == 422


def test_a_refusal_is_told_as_data_whatever_was_asked_for(world: World) -> None:
    answer = get(world, WORKING, person="stranger", format="text")
    assert (answer["statusCode"], media_type(answer)) == (403, "application/json")


def test_the_difference_between_two_runs_is_told_to_the_practice(world: World) -> None:
    earlier = world.achievements.published(collection=YEAR_END)
    assert earlier is not None
    publish(world, 60, "14:16:53")
    told = json.loads(get(world, DIFFERENCE, **{"from": earlier})["body"])
    assert told["before_run"] == earlier
    assert told["sentence"].startswith("A81001 is paid ")
    assert get(world, DIFFERENCE)["statusCode"] == 422
    assert get(world, DIFFERENCE, person="reader", **{"from": earlier})["statusCode"] == 403


def test_the_difference_of_the_nation_is_told_to_nhs_england(world: World) -> None:
    run = world.achievements.published(collection=YEAR_END)
    path = f"/runs/{run}/difference/{run}"
    assert get(world, path)["statusCode"] == 403
    world.grants.give(grant=Grant(person="nation", organisation="X24", role=Role.SERVICE_MANAGEMENT))
    told = json.loads(get(world, path, person="nation")["body"])
    assert (told["difference"], told["same"]) == ("0.00", 2)


def test_what_a_run_has_not_come_to_yet_is_a_conflict_with_a_sentence(world: World) -> None:
    run = world.achievements.published(collection=YEAR_END)
    del world.evidence.held[f"runs/{run}/national.json"]
    world.grants.give(grant=Grant(person="nation", organisation="X24", role=Role.SERVICE_MANAGEMENT))
    answer = get(world, f"/runs/{run}/difference/{run}", person="nation")
    assert (answer["statusCode"], json.loads(answer["body"])["refused"]) == (409, "conflict")
