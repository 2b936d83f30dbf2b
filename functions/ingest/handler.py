"""The Ingest function: from a queued `Object Created` to a file taken in.

A message that cannot be handled fails alone, is delivered again, and ends in the dead-letter queue; what is wrong
with a file is no such failure, but an answer in its report.
"""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.ingest.taking import take_in
from functions.ingest.upload import Ingestion, Upload
from functions.runtime.wiring import ingestion
from schemas.events import ObjectCreated
from schemas.file import Verdict

NAMESPACE, QUARANTINED = "CQRS", "FileQuarantined"  # an alarm watches it
DIMENSIONS = {"service": "ingest"}

logger = Logger()
_world = cache(ingestion)


def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle the messages of a delivery; answers with those that failed, for SQS to deliver again."""
    processor = BatchProcessor(event_type=EventType.SQS)
    return dict(process_partial_response(event=event, record_handler=_handle, processor=processor, context=context))


def _handle(record: SQSRecord) -> None:
    acknowledge(message=ObjectCreated.model_validate_json(record.body), world=_world())


def acknowledge(*, message: ObjectCreated, world: Ingestion) -> None:
    """Take in the file that a message is about, and log what came of it: once a file, never once a row."""
    upload = Upload(
        key=message.detail.object.key,
        version=message.detail.object.version,
        received_at=message.time,
        sequencer=message.detail.object.sequencer,
    )
    record = take_in(upload=upload, world=world)
    logger.info(
        "file acknowledged", file=record.id, verdict=record.verdict, rows=record.rows, write_units=world.write_units()
    )
    if record.verdict is Verdict.QUARANTINED:
        with single_metric(
            name=QUARANTINED, unit=MetricUnit.Count, value=1, namespace=NAMESPACE, default_dimensions=DIMENSIONS
        ):
            pass
