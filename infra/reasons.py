"""Why the stack departs from a rule: each acknowledged cdk-nag rule and each wildcard resource, with its reason.

Nothing may be suppressed elsewhere: `infra.grants` refuses a wildcard that no line here covers, and
`tests/infra/test_permissions.py` a line here that covers nothing.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Acknowledgement:
    """A cdk-nag rule that the whole stack does not follow."""

    rule: str
    because: str


@dataclass(frozen=True)
class Wildcard:
    """Actions that may be allowed on resources of the shape `resource`, in which `{...}` is text without a star."""

    actions: tuple[str, ...]
    resource: str
    because: str

    def covers(self, action: str, resource: str) -> bool:
        """Whether this line gives a reason for the action on the resource."""
        shape = "[^*]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", self.resource))
        return action in self.actions and re.fullmatch(shape, resource) is not None


WILDCARDS = (
    Wildcard(
        ("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
        "*",
        "X-Ray defines no resource type for sending traces.",
    ),
    Wildcard(
        ("xray:GetSamplingRules", "xray:GetSamplingTargets"),
        "*",
        "X-Ray defines no resource type for a state machine's reading of the sampling rules.",
    ),
    Wildcard(
        ("cloudwatch:PutMetricData",),
        "*",
        "CloudWatch defines no resource type for metric data; a condition keeps it to our namespace.",
    ),
    Wildcard(
        ("states:SendTaskSuccess",),
        "*",
        "A task token names its execution; Step Functions defines no resource type for answering one.",
    ),
    Wildcard(
        (
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
        ),
        "*",
        "Step Functions sets up its log delivery with actions that have no resource type.",
    ),
    Wildcard(
        ("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"),
        "{bucket}/{prefix}/*",
        "Objects are named by suppliers and by runs; the prefix is as narrow as the function's part.",
    ),
    Wildcard(
        ("s3:DeleteObjectVersion",),
        "{bucket}/{prefix}/*",
        "An upload that may identify people is removed from where its supplier named it, once it is in the quarantine; "
        "the ids of versions cannot be known beforehand.",
    ),
    Wildcard(
        ("s3:DeleteObject",),
        "{bucket}/parts/*",
        "What was found in the parts of such an upload goes with it; its keys are digests.",
    ),
    Wildcard(
        ("states:DescribeExecution", "states:StopExecution"),
        "{execution}:*",
        "A Distributed Map names its own child executions.",
    ),
    Wildcard(
        ("states:DescribeExecution", "states:StopExecution"),
        "{execution}/*:*",
        "As above: children of one run lie under a label of its own.",
    ),
)


def reason_for(action: str, resource: str) -> str:
    """Why the action is allowed on the wildcard resource. Raises LookupError when WILDCARDS gives no reason."""
    for line in WILDCARDS:
        if line.covers(action, resource):
            return line.because
    raise LookupError(f"{action} on {resource} has no reason in infra/reasons.py")


ACKNOWLEDGEMENTS = (
    Acknowledgement(
        "AwsSolutions-COG8",
        "The Plus tier is charged per user and month; a second factor is required of everybody instead.",
    ),
    Acknowledgement(
        "AwsSolutions-L1",
        "python3.13 is the version the whole project is tested with; moving on is a decision with a test run.",
    ),
)
