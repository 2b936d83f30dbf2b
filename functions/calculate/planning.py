"""Planning a run: its frozen practices in batches, each a range of bytes of the frozen inputs."""

from functions.calculate.calculation import Calculation
from functions.domain.evidence.batches import PRACTICES_IN_A_BATCH, batches_object
from functions.domain.evidence.keys import inputs_key
from schemas.run import Run


def plan_batches(*, run: Run, world: Calculation, size: int = PRACTICES_IN_A_BATCH) -> str:
    """Write a run's batches, a line each, where the state machine reads them, and return the key."""
    inputs = b"".join(world.evidence.chunks(key=inputs_key(inputs=run.identity.inputs)))
    kept = batches_object(run=run, inputs=inputs, size=size)
    world.evidence.keep(key=kept.key, body=kept.body, media_type=kept.media_type)
    return kept.key
