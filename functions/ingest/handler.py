"""The Ingest function: from a queued `Object Created` to a file taken in.

A message that cannot be handled fails alone, is delivered again, and ends in the dead-letter queue; what is wrong
with a file is no such failure, but an answer in its report.
"""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.ingest.decisions import ingest_decisions
from functions.ingest.extracts import ingest_extract
from functions.ingest.organisations import ingest_organisations
from functions.ingest.participation import ingest_participation
from functions.ingest.upload import Ingestion, Upload
from functions.runtime.wiring import ingestion
from schemas.events import ObjectCreated

logger = Logger()
TAKE = {  # by the key's first part; any other holds extracts
    "organisations": ingest_organisations,
    "participation": ingest_participation,
    "decisions": ingest_decisions,
}
_world = cache(ingestion)


def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle the messages of a delivery; answers with those that failed, for SQS to deliver again."""
    processor = BatchProcessor(event_type=EventType.SQS)
    return dict(process_partial_response(event=event, record_handler=_handle, processor=processor, context=context))


def _handle(record: SQSRecord) -> None:
    message = ObjectCreated.model_validate_json(record.body)
    take_in(message=message, world=_world())


def take_in(*, message: ObjectCreated, world: Ingestion) -> None:
    """Take in the file that a message is about, and log what came of it: once a file, never once a row."""
    upload = Upload(
        key=message.detail.object.key,
        version=message.detail.object.version,
        received_at=message.time,
        sequencer=message.detail.object.sequencer,
    )
    take = TAKE.get(upload.key.partition("/")[0], ingest_extract)
    record = take(upload=upload, world=world)
    logger.info(
        "file acknowledged", file=record.id, verdict=record.verdict, rows=record.rows, write_units=world.write_units()
    )
