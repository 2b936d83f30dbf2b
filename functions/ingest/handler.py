"""The Ingest function, from a queued `Object Created` to a file taken in, and ReadOn, which reads what takes longer.

A message that cannot be handled fails alone, is delivered again, and ends in the dead-letter queue; what is wrong
with a file is no such failure, but an answer in its report.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.ingest.continuing import continued_upload
from functions.ingest.taking import take_in
from functions.ingest.upload import Ingestion, Upload
from functions.runtime.budget import within
from functions.runtime.environment import environment
from functions.runtime.memory import peak_mebibytes
from functions.runtime.wiring import ingestion
from schemas.continuation import Continuation
from schemas.events import ObjectCreated
from schemas.file import FileRecord, Verdict

NAMESPACE, QUARANTINED = "CQRS", "FileQuarantined"  # an alarm watches it
DIMENSIONS = {"service": "ingest"}
READ_ON, SETTLED = "read on", "settled"  # the machine's choice

logger = Logger()
_world = cache(ingestion)


def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle the messages of a delivery; answers with those that failed, for SQS to deliver again."""
    go_on = _time_left(context)

    def handled(record: SQSRecord) -> None:
        acknowledge(message=ObjectCreated.model_validate_json(record.body), go_on=go_on, world=_world())

    processor = BatchProcessor(event_type=EventType.SQS)
    return dict(process_partial_response(event=event, record_handler=handled, processor=processor, context=context))


def read_on(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Read the next part of an upload: how it ended (`read on` or `settled`), and what is to be read then."""
    wanted = Continuation.model_validate(event)
    found = take_in(
        upload=continued_upload(continuation=wanted), part=wanted.part, go_on=_time_left(context), world=_world()
    )
    if isinstance(found, Continuation):
        logger.info("file to be read on", part=found.part, peak_mebibytes=peak_mebibytes())
        return {"outcome": READ_ON, "continuation": found.model_dump(mode="json")}
    _log(found, _world())
    return {"outcome": SETTLED, "file": found.id}


def acknowledge(*, message: ObjectCreated, go_on: Callable[[], bool], world: Ingestion) -> None:
    """Take in the file that a message is about, and log what came of it: once a file, never once a row.

    What cannot be read in time is read on by the workflow.
    """
    upload = Upload(
        key=message.detail.object.key,
        version=message.detail.object.version,
        received_at=message.time,
        sequencer=message.detail.object.sequencer,
    )
    found = take_in(upload=upload, world=world, part=0, go_on=go_on)
    if isinstance(found, Continuation):
        world.continuing.start(continuation=found)
        logger.info("file to be read on", part=found.part, peak_mebibytes=peak_mebibytes())
    else:
        _log(found, world)


def _log(record: FileRecord, world: Ingestion) -> None:
    logger.info(
        "file acknowledged",
        file=record.id,
        verdict=record.verdict,
        rows=record.rows,
        write_units=world.write_units(),
        peak_mebibytes=peak_mebibytes(),
    )
    if record.verdict is Verdict.QUARANTINED:
        with single_metric(
            name=QUARANTINED, unit=MetricUnit.Count, value=1, namespace=NAMESPACE, default_dimensions=DIMENSIONS
        ):
            pass


def _time_left(context: LambdaContext) -> Callable[[], bool]:
    remaining = context.get_remaining_time_in_millis() / 1000
    return within(seconds=environment().READING_SECONDS, remaining=remaining)
