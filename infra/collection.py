"""Collection: an upload is announced, queued, and read by Ingest; what cannot be read waits as a dead letter."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import permissions
from infra.function import Package, Size, make_function
from infra.stage import Stage
from infra.storage import Storage

UPLOAD_PREFIXES = ("extracts/", "organisations/")
REPORT_PREFIX = "reports/"
RECEIVES_BEFORE_DEAD = 3
# A national file of 100 MB is read in well under a minute; five leave room for a throttled table.
INGEST_SIZE = Size(memory=1769, timeout=5 * 60)


class Collection(Construct):
    """From the Exchange bucket to the Submissions and Organisations tables."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        package: Package,
        storage: Storage,
        bus: events.EventBus,
        uploads_visibility: Duration,
    ) -> None:
        super().__init__(scope, name)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=stage.enforce_tls,
        )
        self.uploads = sqs.Queue(
            self,
            "Uploads",
            visibility_timeout=uploads_visibility,
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=stage.enforce_tls,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=RECEIVES_BEFORE_DEAD),
        )
        self._route_uploads(storage)
        self.ingest = make_function(
            self,
            "Ingest",
            handler="functions.ingest.handler.handle",
            package=package,
            size=INGEST_SIZE,
            environment={
                "SUBMISSIONS_TABLE": storage.submissions.table_name,
                "ORGANISATIONS_TABLE": storage.organisations.table_name,
                "EXCHANGE_BUCKET": storage.exchange.bucket_name,
                "EVENT_BUS": bus.event_bus_name,
            },
            statements=[
                permissions.receive_messages(self.uploads),
                permissions.read_items(storage.submissions, storage.organisations),
                permissions.write_items(storage.submissions, storage.organisations),
                permissions.write_many_items(storage.submissions, storage.organisations),
                permissions.get_versions(storage.exchange, *UPLOAD_PREFIXES),
                permissions.put_objects(storage.exchange, REPORT_PREFIX),
                permissions.put_events(bus),
            ],
        )
        self.ingest.add_event_source(
            sources.SqsEventSource(self.uploads, batch_size=1, report_batch_item_failures=True)
        )

    def _route_uploads(self, storage: Storage) -> None:
        """Reports lie in the same bucket and must not come back as uploads: the rule names what it takes."""
        events.Rule(
            self,
            "UploadRule",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created"],
                detail={
                    "bucket": {"name": [storage.exchange.bucket_name]},
                    "object": {"key": [{"prefix": prefix} for prefix in UPLOAD_PREFIXES]},
                },
            ),
            targets=[targets.SqsQueue(self.uploads)],
        )
