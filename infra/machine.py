"""Our one way to make a state machine: its log, its role, and steps that retry alike and all have a time-out.

The local AWS keeps to three things, so the design does: JSONPath throughout, a time-out on every task instead of one
on the machine, and business outcomes as returned values that a Choice reads, never as named errors.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from infra.grants import make_role
from infra.metrics import NAMESPACE
from infra.permissions import allow

MACHINE_LOG_RETENTION = logs.RetentionDays.ONE_YEAR
DELIVER_LOGS = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)
SEND_TRACES = (
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
)
MOVED_ON = "DynamoDb.TransactionCanceledException"
RETRIES = 3
START_SECONDS = 10
CALL_SECONDS = 30


def make_machine(
    scope: Construct,
    name: str,
    *,
    start: sfn.IChainable,
    invokes: Sequence[lambda_.Function],
    statements: Sequence[iam.PolicyStatement] = (),
) -> sfn.StateMachine:
    """A standard machine that may invoke these functions, take these statements, and write its log and traces."""
    role = make_role(
        scope,
        f"{name}Role",
        service="states.amazonaws.com",
        statements=[
            allow(["lambda:InvokeFunction"], *(function.function_arn for function in invokes)),
            *statements,
            allow(DELIVER_LOGS, "*"),
            allow(SEND_TRACES, "*"),
        ],
    )
    machine = sfn.StateMachine(
        scope,
        name,
        definition_body=sfn.DefinitionBody.from_chainable(start),
        state_machine_type=sfn.StateMachineType.STANDARD,
        role=role,
        tracing_enabled=True,
        logs=sfn.LogOptions(
            destination=logs.LogGroup(
                scope, f"{name}Log", retention=MACHINE_LOG_RETENTION, removal_policy=RemovalPolicy.RETAIN
            ),
            level=sfn.LogLevel.ALL,
            include_execution_data=False,  # a task token in a log would let its reader answer the task
        ),
    )
    machine.node.try_remove_child("DistributedMapPolicy")  # CDK's grant; ours stands in infra.calculation
    return machine


def invoke(
    scope: Construct,
    name: str,
    *,
    function: lambda_.Function,
    payload: Mapping[str, Any] | None = None,
    result_selector: Mapping[str, Any] | None = None,
    result_path: str | None = None,
) -> tasks.LambdaInvoke:
    """A step that hands its input (or `payload`) to a function and takes what it returns as the next input.

    It gives up a little after the function's own time limit, which leaves time to start. Raises ValueError for a
    function without one.
    """
    if function.timeout is None:
        raise ValueError(f"{function.node.path} has no time limit")
    step = tasks.LambdaInvoke(
        scope,
        name,
        lambda_function=function,
        payload=sfn.TaskInput.from_object(dict(payload)) if payload else None,
        payload_response_only=True,
        retry_on_service_exceptions=False,
        result_selector=dict(result_selector) if result_selector else None,
        result_path=result_path,
        task_timeout=sfn.Timeout.duration(function.timeout.plus(Duration.seconds(START_SECONDS))),
    )
    retry(step)
    return step


def call(  # each is a part of the step
    scope: Construct,
    name: str,
    *,
    api: str,
    parameters: Mapping[str, Any],
    result: Mapping[str, Any] | None = None,
    timeout: Duration | None = None,
    handled: Sequence[str] = (),
) -> sfn.CustomState:
    """A step that calls an AWS API itself. Without `result` it hands on its input with the answer put into `$.answer`
    (CDK drops a null here, so it cannot be discarded); without `timeout` it is a short one.

    Errors that are `handled` elsewhere are not tried again.
    """
    step = sfn.CustomState(
        scope,
        name,
        state_json={
            "Type": "Task",
            "Resource": f"arn:aws:states:::{api}",
            "Parameters": parameters,
            "TimeoutSeconds": (timeout or Duration.seconds(CALL_SECONDS)).to_seconds(),
            **(result or {"ResultPath": "$.answer"}),
        },
    )
    if handled:
        step.add_retry(errors=list(handled), max_attempts=0)
    retry(step)
    return step


def count(scope: Construct, name: str, *, metric: str) -> sfn.CustomState:
    """A step that counts something once in a metric of ours."""
    data = [{"MetricName": metric, "Unit": "Count", "Value": 1}]
    parameters = {"Namespace": NAMESPACE, "MetricData": data}
    return call(scope, name, api="aws-sdk:cloudwatch:putMetricData", parameters=parameters)


def wait_for_decision(
    scope: Construct,
    name: str,
    *,
    table: str,
    key: Callable[[str], Mapping[str, object]],
    version: str,
    timeout: Duration,
) -> sfn.CustomState:
    """A step that leaves its token as TOKEN on condition that STATE is still of the version looked at, and waits.

    `key` gives the key of either; `version` is where the input holds it.
    """
    unchanged = {
        "TableName": table,
        "Key": key("STATE"),
        "ConditionExpression": "version = :seen",
        "ExpressionAttributeValues": {":seen": {"N.$": version}},
    }
    token = {**key("TOKEN"), "version": {"N.$": version}, "token": {"S.$": "$$.Task.Token"}}
    items = [{"ConditionCheck": unchanged}, {"Put": {"TableName": table, "Item": token}}]
    return call(
        scope,
        name,
        api="aws-sdk:dynamodb:transactWriteItems.waitForTaskToken",
        parameters={"TransactItems": items},
        timeout=timeout,
        handled=("States.Timeout", MOVED_ON),
    )


def look(
    scope: Construct, name: str, *, table: str, key: Callable[[str], Mapping[str, object]], path: str
) -> sfn.CustomState:
    """A step that reads the state and version of STATE into `path`."""
    told = {"state.$": "$.Item.state.S", "version.$": "$.Item.version.N"}
    return call(
        scope,
        name,
        api="dynamodb:getItem",
        parameters={"TableName": table, "Key": key("STATE"), "ConsistentRead": True},
        result={"ResultSelector": told, "ResultPath": path},
    )


def retry(step: sfn.TaskStateBase | sfn.CustomState) -> None:
    """Three more tries, later and later: what is left after them is for a person, by an alarm."""
    step.add_retry(
        errors=["States.ALL"],
        interval=Duration.seconds(2),
        max_attempts=RETRIES,
        backoff_rate=2,
        jitter_strategy=sfn.JitterType.FULL,
    )
