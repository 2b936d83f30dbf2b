"""The OpenAPI document, the routes of the gateway, and the functions behind them tell the same story."""

import json
from pathlib import Path

from functions.serve.handler import openapi
from infra.front import ROUTES

ROOT = Path(__file__).resolve().parents[2]


def test_the_gateway_has_the_routes_of_the_openapi_document_and_no_others() -> None:
    document = json.loads(openapi())
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert {(method.name, path) for method, path in ROUTES} == told


def test_the_openapi_document_in_the_docs_is_the_present_one() -> None:
    kept = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert kept == json.loads(openapi()), "write it anew with make docs"
