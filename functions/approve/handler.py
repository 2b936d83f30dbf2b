"""The functions of the declaration machine: each translates its step's input, calls once, and translates back."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.approve.opening import open_batch
from functions.approve.waking import instruct_payment, resume_uninstructed, stored, wait_for_decision
from functions.runtime.wiring import declaring
from schemas.batch import Batch
from schemas.declaration import DeclarationKey, State

logger = Logger()
metrics = Metrics()
_world = cache(declaring)


def open_declarations(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Open the declarations of one batch of a published payment run."""
    totals = open_batch(batch=Batch.model_validate(event), world=_world())
    if totals.adjustments_due:
        logger.warning("adjustments due after approval", adjustments=totals.adjustments_due)
    return totals.model_dump(mode="json")


def look(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Where a declaration stands now. After a time-out, count it as overdue, for the alarm."""
    key = DeclarationKey.model_validate(event["declaration"])
    declaration = stored(key=key, world=_world())
    if event["overdue"]:
        metrics.add_metric(name="DeclarationOverdue", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
        logger.warning("decision overdue", declaration=key.model_dump(mode="json"), state=declaration.state)
    return {"state": declaration.state, "version": declaration.version}


def wait(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Keep the token of a workflow that waits for a decision."""
    key = DeclarationKey.model_validate(event["declaration"])
    wait_for_decision(key=key, state=State(event["state"]), token=event["token"], world=_world())
    return {"waiting": True}


def instruct(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Write the payment instruction of an approved declaration."""
    key = DeclarationKey.model_validate(event["declaration"])
    instruction = instruct_payment(key=key, world=_world())
    logger.info("payment instructed", instruction=instruction.id)
    return {"instruction": instruction.id, "state": instruction.state}


def resume(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Resume the approved declarations whose workflow was lost before it wrote the payment instruction."""
    resumed = resume_uninstructed(world=_world())
    logger.info("declarations resumed", resumed=resumed)
    return {"resumed": resumed}
