"""Calculating one batch of a run: results for readers, and the working as evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from functions.calculate.calculation import Calculation, inputs_key, run_key
from functions.calculate.freezing import read_document, read_national
from functions.domain.calculate.achievement import Achievement, practice_achievement
from functions.domain.calculate.inputs import FrozenPractice, practice_from_line
from functions.domain.calculate.payment import Valuation, valuation
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.calculate.working import working_lines
from functions.domain.digest import canonical_json
from schemas.batch import Batch
from schemas.run import BatchTotals, Result


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything that is the same for every practice of a run."""

    rules: Rules
    national: Mapping[str, int]
    worth: Valuation


def calculate_batch(*, batch: Batch, world: Calculation) -> BatchTotals:
    """Calculate a batch, keep its working and its results, and return its control totals."""
    engine = _engine(batch, world)
    key = run_key(run=batch.run, name=f"working/{batch.number:04d}.jsonl")
    lines, results = list[bytes](), list[Result]()
    for practice in _practices(batch, engine.rules, world):
        achievement, line = _calculated(practice, engine)
        results.append(_result(batch.run, practice, achievement, key, offset=sum(map(len, lines)), length=len(line)))
        lines.append(line)
    world.evidence.keep(key=key, body=b"".join(lines), media_type="application/jsonl")
    world.achievements.add_results(collection=batch.collection, results=results)
    return BatchTotals(
        number=batch.number,
        practices=len(results),
        points=sum(result.points for result in results),
        payment=sum(result.payment for result in results),
    )


def _engine(batch: Batch, world: Calculation) -> Engine:
    rules = service_rules(document=read_document(document=batch.document, world=world))
    national = read_national(run=batch.run, world=world)
    return Engine(rules=rules, national=national, worth=valuation(rules=rules, national=national))


def _practices(batch: Batch, rules: Rules, world: Calculation) -> Iterator[FrozenPractice]:
    body = world.evidence.part(key=inputs_key(inputs=batch.inputs), offset=batch.offset, length=batch.length)
    return (practice_from_line(grid=rules.grid, line=line) for line in body.splitlines())


def _calculated(practice: FrozenPractice, engine: Engine) -> tuple[Achievement, bytes]:
    inputs = practice.inputs
    achievement = practice_achievement(rules=engine.rules, practice=inputs, worth=engine.worth)
    lines = working_lines(rules=engine.rules, practice=inputs, achievement=achievement, national=engine.national)
    evidence = {
        "organisation": practice.organisation,
        "points": achievement.points,
        "available": achievement.available,
        "payment": achievement.payment,
        "lines": list(lines),
    }
    return achievement, canonical_json(evidence)


def _result(
    run: str, practice: FrozenPractice, achievement: Achievement, key: str, *, offset: int, length: int
) -> Result:
    return Result(
        run=run,
        organisation=practice.organisation,
        commissioner=practice.commissioner,
        points=achievement.points,
        available=achievement.available,
        payment=achievement.payment,
        working_key=key,
        working_offset=offset,
        working_length=length,
    )
