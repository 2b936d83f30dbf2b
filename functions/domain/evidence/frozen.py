"""A run at the moment its inputs are frozen: who it is, and the objects that it keeps of them.

Freeze and the command line both write these objects, so that a run is the same evidence wherever it was made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.domain.calculate.inputs import FrozenPractice, practice_line
from functions.domain.calculate.rules import Rules
from functions.domain.check.acknowledgement import problems_csv
from functions.domain.digest import canonical_json, digest, document_digest, document_text, run_id
from functions.domain.evidence.keys import Kept, document_key, inputs_key, run_key
from functions.domain.evidence.national import national_bytes, national_figures
from schemas.collection import CollectionKey
from schemas.problem import Problem
from schemas.run import Run, RunIdentity, RunState
from schemas.service import ServiceDocument

JSON, JSON_LINES, CSV = "application/json", "application/jsonl", "text/csv"


@dataclass(frozen=True, slots=True)
class FrozenRun:
    """A run and what it was frozen from; `inputs` is a line for each practice, `problems` why others are left out.

    `participation` is the file of the list that said who takes part; None where none was ever received.
    """

    run: Run
    document: ServiceDocument
    rules: Rules
    practices: Sequence[FrozenPractice]
    inputs: bytes
    problems: bytes
    participation: str | None


def inputs_digest(*, collection: CollectionKey, inputs: bytes, problems: bytes, incomplete: int) -> str:
    """What frozen inputs are known by: the collection, what counts, and how many are left out with their reasons."""
    return digest(str(collection), inputs, problems, str(incomplete))


def frozen_run(
    *,
    collection: CollectionKey,
    document: ServiceDocument,
    rules: Rules,
    practices: Sequence[FrozenPractice],
    problems: Iterable[Problem],
    incomplete: int,
    participation: str | None,
    code: str,
    frozen_at: datetime,
) -> FrozenRun:
    """The run of these practices in the order given. `code` is the version of the code, `incomplete` counts who is
    left out, `participation` names the list that counted. The same inputs, document and code are the same run, whenever
    it is frozen: who takes part is in the inputs and the problems, so that a later list that says the same is no cause
    for another run.
    """
    inputs = b"".join(practice_line(grid=rules.grid, practice=practice) for practice in practices)
    listed = problems_csv(problems=problems)
    identity = RunIdentity(
        inputs=inputs_digest(collection=collection, inputs=inputs, problems=listed, incomplete=incomplete),
        document=document_digest(document=document),
        code=code,
    )
    run = Run(
        id=run_id(identity=identity),
        collection=collection,
        identity=identity,
        state=RunState.FROZEN,
        frozen_at=frozen_at,
        practices=len(practices),
        incomplete=incomplete,
    )
    return FrozenRun(
        run=run,
        document=document,
        rules=rules,
        practices=practices,
        inputs=inputs,
        problems=listed,
        participation=participation,
    )


def frozen_objects(*, frozen: FrozenRun) -> Iterator[Kept]:
    """What a run keeps of its inputs, in the order in which to write it: who the run is comes last."""
    run, identity = frozen.run, frozen.run.identity
    national = national_bytes(figures=national_figures(rules=frozen.rules, practices=frozen.practices))
    yield Kept(inputs_key(inputs=identity.inputs), frozen.inputs, JSON_LINES)
    yield Kept(document_key(document=identity.document), document_text(document=frozen.document), JSON)
    yield Kept(run_key(run=run.id, name="national.json"), national, JSON)
    yield Kept(run_key(run=run.id, name="problems.csv"), frozen.problems, CSV)
    counted = canonical_json({"file": frozen.participation})
    yield Kept(run_key(run=run.id, name="participation.json"), counted, JSON)
    yield Kept(run_key(run=run.id, name="run.json"), canonical_json(run.model_dump(mode="json")), JSON)
