"""Collection: an upload is announced, queued, and read by Ingest; what cannot be read waits as a dead letter."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import Size, make_function

UPLOAD_PREFIXES = ("extracts/", "organisations/", "participation/", "decisions/")
REPORT_PREFIX = "reports/"
EXTRACT_REPORTS = f"{REPORT_PREFIX}extracts/"
QUARANTINE_PREFIX = "quarantined/"
RECEIVES_BEFORE_DEAD = 3
# A national file of 100 MB is read in well under a minute; five leave room for a throttled table.
INGEST_SIZE = Size(memory=1769, timeout=5 * 60)


class Collection(Construct):
    """From the Exchange bucket to the Submissions, Organisations and Participation tables."""

    def __init__(self, scope: Construct, name: str, *, base: Foundation, uploads_visibility: Duration) -> None:
        super().__init__(scope, name)
        self._base = base
        self.dead_letters = self._queue("DeadLetters")
        self.uploads = self._queue(
            "Uploads",
            visibility_timeout=uploads_visibility,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=RECEIVES_BEFORE_DEAD),
        )
        self._route_uploads()
        self.ingest = self._ingest()
        self.ingest.add_event_source(
            sources.SqsEventSource(self.uploads, batch_size=1, report_batch_item_failures=True)
        )

    def _queue(
        self,
        name: str,
        *,
        visibility_timeout: Duration | None = None,
        dead_letter_queue: sqs.DeadLetterQueue | None = None,
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            name,
            visibility_timeout=visibility_timeout,
            dead_letter_queue=dead_letter_queue,
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=self._base.stage.enforce_tls,
        )

    def _ingest(self) -> lambda_.Function:
        storage, bus = self._base.storage, self._base.bus
        tables = (storage.submissions, storage.organisations, storage.participation)
        return make_function(
            self,
            "Ingest",
            handler="functions.ingest.handler.handle",
            package=self._base.package,
            size=INGEST_SIZE,
            environment=self._base.environment(
                "SUBMISSIONS_TABLE",
                "ORGANISATIONS_TABLE",
                "PARTICIPATION_TABLE",
                "EXCHANGE_BUCKET",
                "QUARANTINE_BUCKET",
                "EVENT_BUS",
            ),
            statements=[
                permissions.receive_messages(self.uploads),
                permissions.read_items(*tables),
                permissions.write_items(*tables),
                permissions.write_many_items(*tables),
                permissions.get_versions(storage.exchange, *UPLOAD_PREFIXES),
                permissions.put_objects(storage.exchange, REPORT_PREFIX),
                permissions.put_objects(storage.quarantine, QUARANTINE_PREFIX),
                permissions.remove_versions(storage.exchange, *UPLOAD_PREFIXES),
                permissions.list_versions(storage.exchange),
                permissions.put_events(bus),
            ],
        )

    def _route_uploads(self) -> None:
        """Reports lie in the same bucket and must not come back as uploads: the rule names what it takes."""
        events.Rule(
            self,
            "UploadRule",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created"],
                detail={
                    "bucket": {"name": [self._base.storage.exchange.bucket_name]},
                    "object": {"key": [{"prefix": prefix} for prefix in UPLOAD_PREFIXES]},
                },
            ),
            targets=[targets.SqsQueue(self.uploads)],
        )
