"""A run in batches: each a range of bytes of its frozen inputs."""

import json
from collections.abc import Iterator

from functions.domain.digest import canonical_json
from functions.domain.evidence.frozen import JSON_LINES
from functions.domain.evidence.keys import Kept, run_key
from schemas.batch import Batch
from schemas.run import Run

PRACTICES_IN_A_BATCH = 100


def run_batches(*, run: Run, inputs: bytes, size: int = PRACTICES_IN_A_BATCH) -> Iterator[Batch]:
    """The batches of a run, numbered from 1, at most `size` practices in each."""
    lines, offset = inputs.splitlines(keepends=True), 0
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


def batches_object(*, run: Run, inputs: bytes, size: int = PRACTICES_IN_A_BATCH) -> Kept:
    """The batches as they are kept and read by the state machine, a line each."""
    batches = run_batches(run=run, inputs=inputs, size=size)
    body = b"".join(canonical_json(batch.model_dump(mode="json")) for batch in batches)
    return Kept(run_key(run=run.id, name="batches.jsonl"), body, JSON_LINES)


def batches_from_bytes(*, body: bytes) -> tuple[Batch, ...]:
    """The batches that `batches_object` wrote."""
    return tuple(Batch.model_validate_json(line) for line in body.splitlines())
