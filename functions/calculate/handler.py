"""The functions of the calculation machine: each translates its step's input, calls once, and translates back."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.calculate.batching import calculate_batch
from functions.calculate.freezing import freeze_inputs, run_to_go_on_with
from functions.calculate.inspecting import inspect_run
from functions.calculate.planning import plan_batches
from functions.calculate.publishing import publish_run
from functions.runtime.environment import environment
from functions.runtime.wiring import calculation
from schemas.batch import Batch
from schemas.collection import CollectionKey
from schemas.service import RunKind
from schemas.steps import Calculated, FreezeOutcome, Frozen, Inspected, Planned, PlanPlace, Publication, Request

logger = Logger()
_world = cache(calculation)


def freeze(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Freeze the inputs of the collection that the execution is for, or take up the frozen run that it names."""
    request, world = Request.model_validate(event), _world()
    collection = CollectionKey(**request.model_dump(exclude={"run"}))
    if request.run is None:
        run = freeze_inputs(collection=collection, world=world)
    else:
        run = run_to_go_on_with(run=request.run, world=world)
    if run is None:
        outcome = FreezeOutcome.NOTHING
    elif world.achievements.published(collection=collection) == run.id:
        outcome = FreezeOutcome.ALREADY_PUBLISHED
    else:
        outcome = FreezeOutcome.FROZEN
    logger.info(
        "inputs frozen",
        outcome=outcome,
        run=run and run.id,
        practices=run and run.practices,
        write_units=world.write_units(),
    )
    return Frozen(outcome=outcome, collection=collection, run=run).model_dump(mode="json")


def inspect(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Look at a frozen run before money: clear, or where its hold stands."""
    frozen, world = Frozen.model_validate(event), _world()
    if frozen.run is None:
        raise ValueError("The machine inspects frozen runs only.")
    outcome = inspect_run(run=frozen.run, world=world)
    logger.info("run inspected", outcome=outcome, run=frozen.run.id, write_units=world.write_units())
    return Inspected(outcome=outcome).model_dump(mode="json")


def plan(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Divide the frozen practices into batches."""
    frozen = Frozen.model_validate(event)
    if frozen.run is None:
        raise ValueError("The machine plans frozen runs only.")
    key = plan_batches(run=frozen.run, world=_world())
    return Planned(run=frozen.run, plan=PlanPlace(bucket=environment().EVIDENCE_BUCKET, key=key)).model_dump(
        mode="json"
    )


def calculate(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Calculate one batch and return its control totals."""
    world = _world()
    totals = calculate_batch(batch=Batch.model_validate(event), world=world)
    logger.info("batch calculated", run=event["run"], number=totals.number, write_units=world.write_units())
    return totals.model_dump(mode="json")


def publish(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Publish the run when its batches are whole."""
    calculated = Calculated.model_validate(event)
    world = _world()
    published = publish_run(run=calculated.run, totals=calculated.totals, world=world)
    payment = calculated.run.collection.run_kind is RunKind.PAYMENT
    declarations = "to open" if published and payment else "none"
    logger.info("run published", run=calculated.run.id, published=published, write_units=world.write_units())
    return Publication(published=published, declarations=declarations).model_dump(mode="json")
