"""Calculating one batch of a run: results for readers, and the working as evidence."""

from itertools import accumulate

from functions.calculate.calculation import Calculation
from functions.calculate.freezing import read_document, read_national
from functions.domain.evidence.frozen import JSON_LINES
from functions.domain.evidence.keys import inputs_key, working_key
from functions.domain.evidence.working import Worked, run_engine, worked_practices
from schemas.batch import Batch
from schemas.run import BatchTotals, Result


def calculate_batch(*, batch: Batch, world: Calculation) -> BatchTotals:
    """Calculate a batch, keep its working and its results, and return its control totals."""
    document, national = read_document(document=batch.document, world=world), read_national(run=batch.run, world=world)
    inputs = world.evidence.part(key=inputs_key(inputs=batch.inputs), offset=batch.offset, length=batch.length)
    engine = run_engine(document=document, national=national.prevalence)
    practices = worked_practices(engine=engine, inputs=inputs.splitlines())
    key = working_key(run=batch.run, number=batch.number)
    offsets = accumulate((len(practice.line) for practice in practices), initial=0)
    results = [_result(batch.run, practice, key, offset) for practice, offset in zip(practices, offsets, strict=False)]
    body = b"".join(practice.line for practice in practices)
    world.evidence.keep(key=key, body=body, media_type=JSON_LINES)
    world.achievements.add_results(collection=batch.collection, results=results)
    return BatchTotals(
        number=batch.number,
        practices=len(results),
        points=sum(result.points for result in results),
        payment=sum(result.payment for result in results),
    )


def _result(run: str, worked: Worked, key: str, offset: int) -> Result:
    practice, achievement = worked.practice, worked.achievement
    return Result(
        run=run,
        organisation=practice.organisation,
        commissioner=practice.commissioner,
        points=achievement.points,
        available=achievement.available,
        payment=achievement.payment,
        working_key=key,
        working_offset=offset,
        working_length=len(worked.line),
    )
