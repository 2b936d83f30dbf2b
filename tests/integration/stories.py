"""A run from what was accepted to the explanation of one practice, in memory."""

from functions.calculate.batching import calculate_batch
from functions.calculate.freezing import freeze_inputs
from functions.calculate.planning import plan_batches
from functions.domain.evidence.batches import batches_from_bytes
from functions.explain.reading import RunEvidence
from schemas.collection import CollectionKey
from schemas.explanation import Explanation
from schemas.run import Run
from tests.integration.worlds import YEAR_END, World


def calculated(world: World, *, collection: CollectionKey = YEAR_END) -> Run:
    """The run of what counts now, every batch of it calculated."""
    run = freeze_inputs(collection=collection, world=world.calculation)
    assert run is not None
    key = plan_batches(run=run, world=world.calculation)
    for batch in batches_from_bytes(body=world.evidence.held[key]):
        calculate_batch(batch=batch, world=world.calculation)
    return run


def explained(world: World, run: Run, code: str) -> Explanation:
    """Why a practice is paid what it is in a run."""
    held = RunEvidence(id=run.id, evidence=world.evidence)
    return held.explained(line=held.working_line(organisation=code))
