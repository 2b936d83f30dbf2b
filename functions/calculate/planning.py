"""Planning a run: its frozen practices in batches, each a range of bytes of the frozen inputs."""

import json
from collections.abc import Iterator, Sequence

from functions.calculate.calculation import Calculation, inputs_key, run_key
from functions.domain.digest import canonical_json
from schemas.batch import Batch
from schemas.run import Run

PRACTICES_IN_A_BATCH = 100


def plan_batches(*, run: Run, world: Calculation, size: int = PRACTICES_IN_A_BATCH) -> str:
    """Write a run's batches, a line each, where the state machine reads them, and return the key."""
    inputs = b"".join(world.evidence.chunks(key=inputs_key(inputs=run.identity.inputs)))
    batches = _batches(run, inputs.splitlines(keepends=True), size)
    body = b"".join(canonical_json(batch.model_dump(mode="json")) for batch in batches)
    key = run_key(run=run.id, name="batches.jsonl")
    world.evidence.keep(key=key, body=body, media_type="application/jsonl")
    return key


def _batches(run: Run, lines: Sequence[bytes], size: int) -> Iterator[Batch]:
    offset = 0
    for number, start in enumerate(range(0, len(lines), size), 1):
        part = lines[start : start + size]
        length = sum(map(len, part))
        yield Batch(
            run=run.id,
            collection=run.collection,
            inputs=run.identity.inputs,
            document=run.identity.document,
            number=number,
            offset=offset,
            length=length,
            organisations=tuple(json.loads(line)["organisation"] for line in part),
        )
        offset += length
