"""Collection: an upload is announced, queued, and read by Ingest; what cannot be read waits as a dead letter.

An extract that takes longer to read than a function may run is read on, part by part, by a machine of its own.
"""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import Size, make_function
from infra.machine import invoke, make_machine

EXTRACTS = "extracts/"
UPLOAD_PREFIXES = (EXTRACTS, "organisations/", "participation/", "decisions/")
REPORT_PREFIX = "reports/"
EXTRACT_REPORTS = f"{REPORT_PREFIX}extracts/"
QUARANTINE_PREFIX = "quarantined/"
PARTS_PREFIX = "parts/"
RECEIVES_BEFORE_DEAD = 3
# Memory: what a whole processor comes with. A nation's extract takes 140 MiB, whatever its length (make national).
# Time: a national file of 100 MB is read in well under a minute; five leave room for a throttled table. What would take
# longer is read on by another run of a function.
INGEST_SIZE = Size(memory=1769, timeout=5 * 60)


class Collection(Construct):
    """From the Exchange bucket to the Submissions, Organisations and Participation tables."""

    def __init__(
        self, scope: Construct, name: str, *, base: Foundation, uploads_visibility: Duration, reading_time: Duration
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self._reading_time = reading_time
        self.dead_letters = self._queue("DeadLetters")
        self.uploads = self._queue(
            "Uploads",
            visibility_timeout=uploads_visibility,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=RECEIVES_BEFORE_DEAD),
        )
        self._route_uploads()
        self.read_on = self._read_on()
        self.machine = make_machine(self, "Machine", start=self._steps(), invokes=[self.read_on])
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

    def _reader(
        self,
        name: str,
        *,
        handler: str,
        prefixes: Sequence[str],
        statements: Sequence[iam.PolicyStatement],
        environment: Mapping[str, str] | None = None,
    ) -> lambda_.Function:
        """A function that takes in uploads, for as long as it may, and keeps what it has found by then."""
        storage, bus = self._base.storage, self._base.bus
        tables = (storage.submissions, storage.organisations, storage.participation)
        return make_function(
            self,
            name,
            handler=f"functions.ingest.handler.{handler}",
            package=self._base.package,
            size=INGEST_SIZE,
            environment={
                "READING_SECONDS": Token.as_string(self._reading_time.to_seconds()),
                **self._base.environment(
                    "SUBMISSIONS_TABLE",
                    "ORGANISATIONS_TABLE",
                    "PARTICIPATION_TABLE",
                    "EXCHANGE_BUCKET",
                    "QUARANTINE_BUCKET",
                    "READING_BUCKET",
                    "EVENT_BUS",
                ),
                **(environment or {}),
            },
            statements=[
                permissions.read_items(*tables),
                permissions.write_items(*tables),
                permissions.write_many_items(*tables),
                permissions.get_versions(storage.exchange, *prefixes),
                permissions.put_objects(storage.exchange, REPORT_PREFIX),
                permissions.put_objects(storage.quarantine, QUARANTINE_PREFIX),
                permissions.remove_versions(storage.exchange, *prefixes),
                permissions.list_versions(storage.exchange),
                permissions.tell_missing(storage.exchange, storage.reading),
                permissions.put_objects(storage.reading, PARTS_PREFIX),
                permissions.remove_objects(storage.reading, PARTS_PREFIX),
                permissions.put_events(bus),
                *statements,
            ],
        )

    def _ingest(self) -> lambda_.Function:
        return self._reader(
            "Ingest",
            handler="handle",
            prefixes=UPLOAD_PREFIXES,
            environment={"READING_MACHINE_ARN": self.machine.state_machine_arn},
            statements=[
                permissions.receive_messages(self.uploads),
                permissions.start_execution(self.machine),
            ],
        )

    def _read_on(self) -> lambda_.Function:
        return self._reader(
            "ReadOn",
            handler="read_on",
            prefixes=[EXTRACTS],
            statements=[permissions.get_objects(self._base.storage.reading, PARTS_PREFIX)],
        )

    def _steps(self) -> sfn.IChainable:
        """Read on, part by part, until the file is settled: its answer is the next part's input."""
        states = Construct(self, "States")
        step = invoke(states, "Read on", function=self.read_on)
        again = sfn.Pass(states, "Next part", input_path="$.continuation")
        outcome = sfn.Condition.string_equals
        return step.next(
            sfn.Choice(states, "Was it read to its end?")
            .when(outcome("$.outcome", "read on"), again.next(step))
            .when(outcome("$.outcome", "settled"), sfn.Succeed(states, "Settled"))
            .otherwise(sfn.Fail(states, "Unknown outcome", cause="The machine does not know ReadOn's outcome."))
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
