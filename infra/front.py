"""Front: the HTTP API, the user pool whose tokens it takes, and Serve behind every route."""

import json

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.collection import EXTRACT_REPORTS
from infra.foundation import Foundation
from infra.function import Size, make_function
from infra.run_functions import DOCUMENTS, INPUTS, RUNS
from infra.storage import AWAITING

GET = apigateway.HttpMethod.GET
POST = apigateway.HttpMethod.POST
ACHIEVEMENT = "/achievements/{service}/{organisation}/{achievement_date}"
SUBMISSIONS = "/submissions/{service}/{organisation}/{achievement_date}"
DECLARATION = "/declarations/{service}/{organisation}/{achievement_date}"
HOLD = "/holds/{run}"
ROUTES = (
    (GET, "/services"),
    (GET, "/services/{service}"),
    (GET, "/organisations/{organisation}"),
    (GET, ACHIEVEMENT),
    (GET, f"{ACHIEVEMENT}/working"),
    (GET, f"{ACHIEVEMENT}/difference"),
    (GET, "/runs/{run}/difference/{other}"),
    (GET, "/declarations"),
    (GET, DECLARATION),
    (POST, f"{DECLARATION}/declare"),
    (POST, f"{DECLARATION}/approve"),
    (POST, f"{DECLARATION}/query"),
    (POST, f"{DECLARATION}/finance-approve"),
    (GET, "/files"),
    (POST, "/files/check"),
    (GET, "/files/{file}"),
    (GET, "/files/{file}/problems"),
    (GET, SUBMISSIONS),
    (GET, f"{SUBMISSIONS}/{{file}}"),
    (GET, "/holds"),
    (GET, HOLD),
    (POST, f"{HOLD}/release"),
    (POST, f"{HOLD}/reject"),
)
API_LOG_RETENTION = logs.RetentionDays.ONE_YEAR
REQUESTS_PER_SECOND, BURST = 50, 100
ACCESS_LOG = {
    "at": "$context.requestTime",
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "user": "$context.authorizer.claims.sub",
    "refusal": "$context.authorizer.error",
    "error": "$context.integrationErrorMessage",
}


class Front(Construct):
    """Everything a person or a supplier's system reaches over HTTP."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: Foundation,
        calculation_machine: sfn.StateMachine,
        declaration_machine: sfn.StateMachine,
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self.users = self._users()
        self.client = self._client()
        self.serve = self._serve(calculation_machine, declaration_machine)
        self.api = self._api()
        self._stage()

    def _serve(self, calculation_machine: sfn.StateMachine, declaration_machine: sfn.StateMachine) -> lambda_.Function:
        tables = self._base.storage
        return make_function(
            self,
            "Serve",
            handler="functions.serve.handler.handle",
            package=self._base.package,
            # A whole processor, for the check of a file; the API itself gives up after 29 seconds.
            size=Size(memory=1769, timeout=28),
            environment={
                "CALCULATION_MACHINE_ARN": calculation_machine.state_machine_arn,
                "DECLARATION_MACHINE_ARN": declaration_machine.state_machine_arn,
                **self._base.environment(
                    "SUBMISSIONS_TABLE",
                    "ORGANISATIONS_TABLE",
                    "PARTICIPATION_TABLE",
                    "ACHIEVEMENTS_TABLE",
                    "DECLARATIONS_TABLE",
                    "HOLDS_TABLE",
                    "GRANTS_TABLE",
                    "EVIDENCE_BUCKET",
                    "EXCHANGE_BUCKET",
                ),
            },
            statements=[
                permissions.read_items(
                    tables.submissions,
                    tables.organisations,
                    tables.participation,
                    tables.achievements,
                    tables.declarations,
                    tables.holds,
                    tables.grants,
                ),
                permissions.read_index(tables.declarations, index=AWAITING),
                permissions.read_index(tables.holds, index=AWAITING),
                permissions.write_items(tables.declarations, tables.holds),
                permissions.get_objects(tables.evidence, INPUTS, DOCUMENTS, RUNS),
                permissions.get_objects(tables.exchange, EXTRACT_REPORTS),
                permissions.tell_missing(tables.exchange),
                permissions.answer_tasks(),
                permissions.start_execution(declaration_machine),
                permissions.start_execution(calculation_machine),
            ],
        )

    def _users(self) -> cognito.UserPool:
        return cognito.UserPool(
            self,
            "Users",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            password_policy=cognito.PasswordPolicy(
                min_length=14, require_lowercase=True, require_uppercase=True, require_digits=True, require_symbols=True
            ),
            mfa=cognito.Mfa.REQUIRED if self._base.stage.require_second_factor else cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _client(self) -> cognito.UserPoolClient:
        """A client without a secret; who holds AWS credentials may sign a user in, and others by SRP."""
        return self.users.add_client(
            "Client",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=True, user_srp=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.hours(12),
        )

    def _api(self) -> apigateway.HttpApi:
        api = apigateway.HttpApi(self, "Api", create_default_stage=False)
        integration = integrations.HttpLambdaIntegration("Serving", self.serve, scope_permission_to_route=False)
        authorizer = authorizers.HttpUserPoolAuthorizer("Signed in", self.users, user_pool_clients=[self.client])
        for method, path in ROUTES:
            api.add_routes(path=path, methods=[method], integration=integration, authorizer=authorizer)
        return api

    def _stage(self) -> None:
        group = logs.LogGroup(self, "ApiLog", retention=API_LOG_RETENTION, removal_policy=RemovalPolicy.RETAIN)
        apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=group.log_group_arn, format=json.dumps(ACCESS_LOG)
            ),
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=REQUESTS_PER_SECOND, throttling_burst_limit=BURST
            ),
        )
