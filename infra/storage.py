"""Where things are kept: the tables, and the buckets for what comes in, what proves a run, and who looked."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.stage import Stage

# Financial records are kept for six years after the year they belong to (Records Management Code of Practice,
# NHS England, appendix II): seven full years cover it whatever the day.
KEPT_DAYS = 7 * 366
# A file that may identify people is kept no longer than it takes to find out whether it does, who must be told and how
# it came about (UK GDPR, article 5(1)(e): no longer than is necessary; article 33: the ICO is told within 72 hours).
# Ninety days are our choice: as long as Ingest's log is kept, which has the file's id and nothing of what it says.
QUARANTINE_DAYS = 90
# What was found in a file so far is of no use once the file is settled. A week leaves time to mend what went wrong.
READING_DAYS = 7
AWAITING = "awaiting"
TEXT = dynamodb.AttributeType.STRING

REPLACED = s3.LifecycleRule(
    noncurrent_version_expiration=Duration.days(KEPT_DAYS),
    abort_incomplete_multipart_upload_after=Duration.days(7),
)
"""Nothing that was not replaced ever expires."""
QUARANTINED = s3.LifecycleRule(
    expiration=Duration.days(QUARANTINE_DAYS),
    noncurrent_version_expiration=Duration.days(1),
    abort_incomplete_multipart_upload_after=Duration.days(1),
)
"""Everything expires, whether a person has deleted it before or not."""
IN_PROGRESS = s3.LifecycleRule(
    expiration=Duration.days(READING_DAYS), abort_incomplete_multipart_upload_after=Duration.days(1)
)
"""As above, and sooner. No versions are kept: nothing is ever replaced, and what is removed is to be gone."""


class Storage(Construct):
    """Every table and bucket of the service; all survive the stack."""

    def __init__(self, scope: Construct, name: str, *, stage: Stage) -> None:
        super().__init__(scope, name)
        self.submissions = self._table("Submissions")
        self.organisations = self._table("Organisations")
        self.participation = self._table("Participation")
        self.achievements = self._table("Achievements")
        self.declarations = _indexed(self._table("Declarations"))
        self.holds = _indexed(self._table("Holds"))
        self.grants = self._table("Grants")
        access_logs = self._bucket("AccessLogs", stage)
        self.exchange = self._bucket("Exchange", stage, access_logs)
        self.evidence = self._bucket("Evidence", stage, access_logs)
        self.reading = self._bucket("Reading", stage, access_logs, kept=IN_PROGRESS, versioned=False)
        self.quarantine = self._bucket("Quarantine", stage, access_logs, kept=QUARANTINED)
        _announce_uploads(self.exchange)

    def _table(self, name: str) -> dynamodb.Table:
        return dynamodb.Table(
            self,
            name,
            partition_key=dynamodb.Attribute(name="pk", type=TEXT),
            sort_key=dynamodb.Attribute(name="sk", type=TEXT),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _bucket(
        self,
        name: str,
        stage: Stage,
        access_logs: s3.Bucket | None = None,
        *,
        kept: s3.LifecycleRule = REPLACED,
        versioned: bool = True,
    ) -> s3.Bucket:
        return s3.Bucket(
            self,
            name,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=stage.enforce_tls,
            minimum_tls_version=1.2 if stage.enforce_tls else None,
            versioned=versioned,
            lifecycle_rules=[kept],
            removal_policy=RemovalPolicy.RETAIN,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{name.lower()}/" if access_logs else None,
        )


def _indexed(table: dynamodb.Table) -> dynamodb.Table:
    """The table with an index of what awaits somebody: its items alone carry `awaits`."""
    table.add_global_secondary_index(
        index_name=AWAITING,
        partition_key=dynamodb.Attribute(name="awaits", type=TEXT),
        sort_key=dynamodb.Attribute(name="pk", type=TEXT),
        projection_type=dynamodb.ProjectionType.ALL,
    )
    return table


def _announce_uploads(bucket: s3.Bucket) -> None:
    """Have S3 tell EventBridge of new objects, by the bucket's own property.

    The construct's `event_bridge_enabled` would do it with a custom resource, one more function to run and to trust.
    """
    resource = bucket.node.default_child
    if not isinstance(resource, s3.CfnBucket):
        raise TypeError(f"the resource of {bucket.node.path} is not a bucket")
    resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
        event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
    )
