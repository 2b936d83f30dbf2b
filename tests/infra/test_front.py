"""Nobody reaches the HTTP API without signing in."""

from collections.abc import Callable, Mapping
from typing import Any

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]
ROUTES = [
    "GET /achievements/{service}/{organisation}/{achievement_date}",
    "GET /achievements/{service}/{organisation}/{achievement_date}/difference",
    "GET /achievements/{service}/{organisation}/{achievement_date}/working",
    "GET /declarations",
    "GET /declarations/{service}/{organisation}/{achievement_date}",
    "GET /files",
    "GET /files/{file}",
    "GET /files/{file}/problems",
    "GET /holds",
    "GET /holds/{run}",
    "GET /organisations/{organisation}",
    "GET /runs/{run}/difference/{other}",
    "GET /services",
    "GET /services/{service}",
    "GET /submissions/{service}/{organisation}/{achievement_date}",
    "GET /submissions/{service}/{organisation}/{achievement_date}/{file}",
    "POST /declarations/{service}/{organisation}/{achievement_date}/approve",
    "POST /declarations/{service}/{organisation}/{achievement_date}/declare",
    "POST /declarations/{service}/{organisation}/{achievement_date}/finance-approve",
    "POST /declarations/{service}/{organisation}/{achievement_date}/query",
    "POST /files/check",
    "POST /holds/{run}/reject",
    "POST /holds/{run}/release",
]


def test_these_are_the_routes(properties: Find) -> None:
    assert sorted(route["RouteKey"] for route in properties("AWS::ApiGatewayV2::Route").values()) == ROUTES


def test_every_route_asks_the_user_pool_who_it_is(properties: Find) -> None:
    (authorizer,) = properties("AWS::ApiGatewayV2::Authorizer")
    for route in properties("AWS::ApiGatewayV2::Route").values():
        assert route["AuthorizationType"] == "JWT", route["RouteKey"]
        assert route["AuthorizerId"] == {"Ref": authorizer}, route["RouteKey"]


def test_a_token_must_be_of_our_pool_and_for_our_client(properties: Find) -> None:
    (authorizer,) = properties("AWS::ApiGatewayV2::Authorizer").values()
    (client,) = properties("AWS::Cognito::UserPoolClient")
    (pool,) = properties("AWS::Cognito::UserPool")
    assert authorizer["JwtConfiguration"]["Audience"] == [{"Ref": client}]
    assert {"Ref": pool} in authorizer["JwtConfiguration"]["Issuer"]["Fn::Join"][1]


def test_requests_are_logged_and_throttled(properties: Find) -> None:
    (stage,) = properties("AWS::ApiGatewayV2::Stage").values()
    group = stage["AccessLogSettings"]["DestinationArn"]["Fn::GetAtt"][0]
    assert properties("AWS::Logs::LogGroup")[group]["RetentionInDays"] == 365
    assert stage["DefaultRouteSettings"] == {"ThrottlingBurstLimit": 100, "ThrottlingRateLimit": 50}


def test_the_access_log_tells_who_asked_for_what_but_no_token(properties: Find) -> None:
    (stage,) = properties("AWS::ApiGatewayV2::Stage").values()
    line = stage["AccessLogSettings"]["Format"]
    assert "$context.authorizer.claims.sub" in line
    assert "$context.routeKey" in line
    assert "token" not in line.lower()


def test_nobody_signs_up_alone_and_everybody_has_a_second_factor(properties: Find) -> None:
    (pool,) = properties("AWS::Cognito::UserPool").values()
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["MfaConfiguration"] == "ON"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] >= 14


def test_the_client_has_no_secret_and_takes_no_plain_password_from_the_public(properties: Find) -> None:
    (client,) = properties("AWS::Cognito::UserPoolClient").values()
    assert client["GenerateSecret"] is False
    assert "ALLOW_USER_PASSWORD_AUTH" not in client["ExplicitAuthFlows"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
