"""The functions around the declaration machine: each translates its input, calls once, and translates back."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.approve.opening import open_batch
from functions.approve.releasing import resume_released
from functions.approve.waking import instruct_payment, resume_uninstructed
from functions.runtime.wiring import declaring
from schemas.batch import Batch
from schemas.declaration import DeclarationKey

logger = Logger()
_world = cache(declaring)


def open_declarations(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Open the declarations of one batch of a published payment run."""
    totals = open_batch(batch=Batch.model_validate(event), world=_world())
    if totals.adjustments_due:
        logger.warning("adjustments due after approval", adjustments=totals.adjustments_due)
    return totals.model_dump(mode="json")


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


def resume_runs(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Go on with the released runs whose execution was lost before it published them."""
    resumed = resume_released(world=_world())
    logger.info("runs resumed", resumed=resumed)
    return {"resumed": resumed}
