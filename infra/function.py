"""Our one way to make a Lambda function: its own log, its own role, exact statements, traces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.grants import make_role
from infra.metrics import NAMESPACE
from infra.permissions import send_traces, write_log

FUNCTION_LOG_RETENTION = logs.RetentionDays.THREE_MONTHS


@dataclass(frozen=True)
class Package:
    """What every function is made of: the code of `functions` and `schemas`, and the layer beneath it."""

    code: lambda_.Code
    layer: lambda_.LayerVersion


@dataclass(frozen=True)
class Size:
    """Memory in MiB (processor time comes with it) and the time limit in seconds."""

    memory: int = 512
    timeout: int = 30


def make_function(
    scope: Construct,
    name: str,
    *,
    handler: str,
    package: Package,
    environment: Mapping[str, str],
    statements: Sequence[iam.PolicyStatement],
    size: Size = Size(),
) -> lambda_.Function:
    """A function of the given handler, allowed exactly the statements, and to write its own log and traces."""
    group = logs.LogGroup(scope, f"{name}Log", retention=FUNCTION_LOG_RETENTION, removal_policy=RemovalPolicy.RETAIN)
    return lambda_.Function(
        scope,
        name,
        handler=handler,
        code=package.code,
        layers=[package.layer],
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=lambda_.Architecture.ARM_64,
        memory_size=size.memory,
        timeout=Duration.seconds(size.timeout),
        role=make_role(
            scope,
            f"{name}Role",
            service="lambda.amazonaws.com",
            statements=[*statements, write_log(group), send_traces()],
        ),
        environment={
            "POWERTOOLS_SERVICE_NAME": handler.split(".")[1],
            "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
            "POWERTOOLS_LOG_LEVEL": "INFO",
            "OPENBLAS_NUM_THREADS": "1",  # no matrices are multiplied; its threads take time and memory to start
            **environment,
        },
        log_group=group,
        tracing=lambda_.Tracing.ACTIVE,
    )
