"""What a function may do, one exact action and one named resource at a time.

Roles take nothing but these statements: CDK's own grants are broader than needed (`s3:GetObject*`, deletes of items)
and are refused by `infra.grants.make_role`. What happened stays: no statement allows deleting an item; of an object,
`remove_versions` and `remove_objects` alone do.
"""

from collections.abc import Sequence

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn

from infra.metrics import NAMESPACE


def allow(actions: Sequence[str], *resources: str) -> iam.PolicyStatement:
    """These actions on these resources."""
    return iam.PolicyStatement(actions=list(actions), resources=list(resources))


def read_items(*tables: dynamodb.Table) -> iam.PolicyStatement:
    """Items of these tables, by key or by query."""
    return allow(["dynamodb:GetItem", "dynamodb:Query"], *(table.table_arn for table in tables))


def read_index(table: dynamodb.Table, *, index: str) -> iam.PolicyStatement:
    """Items of one secondary index."""
    return allow(["dynamodb:Query"], f"{table.table_arn}/index/{index}")


def write_items(*tables: dynamodb.Table) -> iam.PolicyStatement:
    """Items put one at a time or together: a transaction is allowed by the actions of its parts."""
    return allow(["dynamodb:PutItem"], *(table.table_arn for table in tables))


def write_many_items(*tables: dynamodb.Table) -> iam.PolicyStatement:
    """Items put twenty-five at a time, without conditions."""
    return allow(["dynamodb:BatchWriteItem"], *(table.table_arn for table in tables))


def get_objects(bucket: s3.Bucket, *prefixes: str) -> iam.PolicyStatement:
    """Objects under these prefixes, which end with a slash."""
    return allow(["s3:GetObject"], *_under(bucket, prefixes))


def get_versions(bucket: s3.Bucket, *prefixes: str) -> iam.PolicyStatement:
    """Objects under these prefixes, and the very version that an event names."""
    return allow(["s3:GetObject", "s3:GetObjectVersion"], *_under(bucket, prefixes))


def put_objects(bucket: s3.Bucket, *prefixes: str) -> iam.PolicyStatement:
    """New objects under these prefixes."""
    return allow(["s3:PutObject"], *_under(bucket, prefixes))


def remove_versions(bucket: s3.Bucket, *prefixes: str) -> iam.PolicyStatement:
    """Versions of objects under these prefixes, deleted for good, one by its id: an upload that may identify people is
    to be nowhere but in the quarantine. See reasons.WILDCARDS.
    """
    return allow(["s3:DeleteObjectVersion"], *_under(bucket, prefixes))


def remove_objects(bucket: s3.Bucket, *prefixes: str) -> iam.PolicyStatement:
    """Objects under these prefixes, deleted: what was found in a file that may identify people is to be nowhere."""
    return allow(["s3:DeleteObject"], *_under(bucket, prefixes))


def tell_missing(*buckets: s3.Bucket) -> iam.PolicyStatement:
    """Which objects there are. To whoever may not know, S3 says that an object is forbidden where it is not there."""
    return allow(["s3:ListBucket"], *(bucket.bucket_arn for bucket in buckets))


def list_versions(bucket: s3.Bucket) -> iam.PolicyStatement:
    """Which versions of an object there are: whether only the mark of its deletion is left."""
    return allow(["s3:ListBucketVersions"], bucket.bucket_arn)


def _under(bucket: s3.Bucket, prefixes: Sequence[str]) -> list[str]:
    return [bucket.arn_for_objects(f"{prefix}*") for prefix in prefixes]


def put_events(bus: events.EventBus) -> iam.PolicyStatement:
    """Events on the service's own bus."""
    return allow(["events:PutEvents"], bus.event_bus_arn)


def start_execution(machine: sfn.StateMachine) -> iam.PolicyStatement:
    """A new execution of this machine."""
    return allow(["states:StartExecution"], machine.state_machine_arn)


def keep_tokens(table: dynamodb.Table) -> iam.PolicyStatement:
    """What a machine that waits does in its table: look, and leave a token where the version is unchanged."""
    return allow(["dynamodb:GetItem", "dynamodb:ConditionCheckItem", "dynamodb:PutItem"], table.table_arn)


def count_events() -> iam.PolicyStatement:
    """A data point of our own metrics and no others: see reasons.WILDCARDS."""
    statement = allow(["cloudwatch:PutMetricData"], "*")
    statement.add_condition("StringEquals", {"cloudwatch:namespace": NAMESPACE})
    return statement


def answer_tasks() -> iam.PolicyStatement:
    """An answer to whatever execution waits with a token: see reasons.WILDCARDS."""
    return allow(["states:SendTaskSuccess"], "*")


def receive_messages(queue: sqs.Queue) -> iam.PolicyStatement:
    """What the event source needs to hand this queue's messages to the function."""
    return allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue.queue_arn)


def write_log(group: logs.LogGroup) -> iam.PolicyStatement:
    """Lines in the function's own log group; the ARN that CloudFormation gives for one ends with `:*`, its streams."""
    return allow(["logs:CreateLogStream", "logs:PutLogEvents"], group.log_group_arn)


def send_traces() -> iam.PolicyStatement:
    """Traces: see reasons.WILDCARDS."""
    return allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")
