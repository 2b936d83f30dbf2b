"""Watch: the alarms, each of which asks a person to look at one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.metrics import HELD, HOLD_OVERDUE, NAMESPACE, OVERDUE, QUARANTINED

PERIOD = Duration.minutes(5)


@dataclass(frozen=True)
class Watched:
    """What is watched; machines and functions by the names that their alarms carry."""

    dead_letters: sqs.Queue
    machines: Mapping[str, sfn.StateMachine]
    api: apigateway.HttpApi
    functions: Mapping[str, lambda_.Function]


class Watch(Construct):
    """Every alarm goes off at the first occurrence within five minutes; no data is no alarm."""

    def __init__(self, scope: Construct, name: str, *, watched: Watched) -> None:
        super().__init__(scope, name)
        self._alarm(
            "DeadLetters",
            watched.dead_letters.metric_approximate_number_of_messages_visible(period=PERIOD, statistic="Maximum"),
            "An upload could not be read three times: see the dead-letter queue and Ingest's log.",
        )
        for alarm, metric, description in (
            ("StuckDeclarations", OVERDUE, "A declaration has waited for a decision longer than it should."),
            ("HeldRuns", HELD, "A payment run did not pass its gates: read its report, release or reject it."),
            ("StuckHolds", HOLD_OVERDUE, "A held run has waited for a decision longer than it should."),
        ):
            counted = cloudwatch.Metric(namespace=NAMESPACE, metric_name=metric, period=PERIOD, statistic="Sum")
            self._alarm(alarm, counted, description)
        self._alarm(
            "QuarantinedFiles",
            cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name=QUARANTINED,
                dimensions_map={"service": "ingest"},  # as Powertools counts it
                period=PERIOD,
                statistic="Sum",
            ),
            "A file may identify people and is in the quarantine: docs/operations.md says who may look, and what then.",
        )
        self._alarm(
            "ApiErrors",
            watched.api.metric_server_error(period=PERIOD, statistic="Sum"),
            "The HTTP API answered with a server error.",
        )
        for machine_name, machine in watched.machines.items():
            self._watch_machine(machine_name, machine)
        for function_name, function in watched.functions.items():
            self._alarm(
                f"{function_name}Errors",
                function.metric_errors(period=PERIOD, statistic="Sum"),
                f"{function_name} raised: bad input never does, so this is a bug or a fault of AWS.",
            )

    def _watch_machine(self, name: str, machine: sfn.StateMachine) -> None:
        metrics: Sequence[tuple[str, cloudwatch.Metric]] = (
            ("Failed", machine.metric_failed(period=PERIOD, statistic="Sum")),
            ("TimedOut", machine.metric_timed_out(period=PERIOD, statistic="Sum")),
            ("Aborted", machine.metric_aborted(period=PERIOD, statistic="Sum")),
        )
        for outcome, metric in metrics:
            self._alarm(f"{name}{outcome}", metric, f"An execution of {name} ended as {outcome}.")

    def _alarm(self, name: str, metric: cloudwatch.Metric, description: str) -> None:
        cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            alarm_description=description,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
