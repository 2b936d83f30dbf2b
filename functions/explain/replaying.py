"""Making a run again from its frozen inputs, and comparing it with what was kept, byte for byte."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from functions.domain.calculate.inputs import FrozenPractice, practice_from_line
from functions.domain.calculate.text import decimal_text
from functions.domain.digest import digest, run_id
from functions.domain.evidence.batches import batches_object
from functions.domain.evidence.frozen import inputs_digest
from functions.domain.evidence.keys import document_key, inputs_key, run_key, working_key
from functions.domain.evidence.national import national_bytes, national_figures
from functions.domain.evidence.working import Engine, Worked, run_engine, worked_practices
from functions.domain.explain.columns import grouped
from functions.explain.reading import RunEvidence
from functions.ports.objects import ObjectMissing
from schemas.batch import Batch

NAMED = 5  # practices named one by one; of the others, how many


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of replaying a run: whether every byte came out the same, and what is to be said, in sentences.

    `practices` and `payment` (pence) are those calculated anew; both 0 where the inputs are not those of the run.
    """

    reproduced: bool
    practices: int
    payment: int
    sentences: tuple[str, ...]


def replay_run(*, held: RunEvidence, code: str) -> Replay:
    """Replay a run with the code of this installation, whose version is `code`.

    Raises ObjectMissing where a part of the evidence is not there at all.
    """
    said = tuple(_code(held, code))
    damaged = tuple(_inputs(held))
    if damaged:
        return Replay(reproduced=False, practices=0, payment=0, sentences=(*said, *damaged))
    replayed = _Replayed(held)
    differing = tuple(replayed.differing())
    if not differing:
        pounds = grouped(decimal_text(replayed.payment, places=2))
        said = (*said, f"reproduced: {replayed.practices:,} practices, £{pounds}")
    return Replay(not differing, replayed.practices, replayed.payment, (*said, *differing))


def _code(held: RunEvidence, code: str) -> Iterator[str]:
    if held.run.identity.code != code:
        yield f"The code differs: this installation is {code}, the run was calculated by {held.run.identity.code}."


def _inputs(held: RunEvidence) -> Iterator[str]:
    """What is no longer what the run was made from."""
    run, identity = held.run, held.run.identity
    problems = held.read(run_key(run=held.id, name="problems.csv"))
    inputs = held.read(inputs_key(inputs=identity.inputs))
    found = inputs_digest(collection=run.collection, inputs=inputs, problems=problems)
    if found != identity.inputs:
        yield f"The inputs differ: with their problems they have the digest {found}, the run's have {identity.inputs}."
    document = digest(held.read(document_key(document=identity.document)))
    if document != identity.document:
        yield f"The service document differs: its digest is {document}, the run's is {identity.document}."
    if not run_id(identity=identity) == run.id == held.id:
        yield f"The run differs: its three digests make it {run_id(identity=identity)}, and it is kept as {held.id}."


class _Replayed:
    """A run calculated anew. `differing` must be read to its end before `practices` and `payment` are whole."""

    def __init__(self, held: RunEvidence) -> None:
        self._held = held
        self.practices = self.payment = 0

    def differing(self) -> Iterator[str]:
        held = self._held
        inputs = held.read(inputs_key(inputs=held.run.identity.inputs))
        figures = national_figures(rules=held.rules, practices=self._frozen(inputs))
        if national_bytes(figures=figures) != held.read(run_key(run=held.id, name="national.json")):
            yield f"The national figures differ: recalculated {dict(figures.prevalence)}."
        size = max((len(batch.organisations) for batch in held.batches), default=1)
        if batches_object(run=held.run, inputs=inputs, size=size).body != held.read(
            run_key(run=held.id, name="batches.jsonl")
        ):
            yield "The batches differ: they do not divide the frozen inputs."
            return
        engine = run_engine(document=held.document, national=figures.prevalence)
        yield from _named([one for batch in held.batches for one in self._batch(engine, batch, inputs)])

    def _frozen(self, inputs: bytes) -> Iterator[FrozenPractice]:
        return (practice_from_line(grid=self._held.rules.grid, line=line) for line in inputs.splitlines())

    def _batch(self, engine: Engine, batch: Batch, inputs: bytes) -> Iterator[str]:
        lines = inputs[batch.offset : batch.offset + batch.length].splitlines()
        try:
            kept = self._held.read(working_key(run=self._held.id, number=batch.number)).splitlines(keepends=True)
        except ObjectMissing as missing:
            yield f"The working of batch {batch.number} is not there: {missing}."
            return
        worked = worked_practices(engine=engine, inputs=lines)
        self.practices += len(worked)
        self.payment += sum(practice.achievement.payment for practice in worked)
        if len(kept) != len(worked):
            yield f"The working of batch {batch.number} has {len(kept)} practices, not {len(worked)}."
        yield from (_practice(one, line) for one, line in zip(worked, kept, strict=False) if one.line != line)


def _practice(worked: Worked, kept: bytes) -> str:
    achievement = worked.achievement
    try:
        before = f"£{grouped(decimal_text(json.loads(kept)['payment'], places=2))}"
    except (ValueError, KeyError, TypeError):
        before = "something that cannot be read"
    now = grouped(decimal_text(achievement.payment, places=2))
    return f"The working of {achievement.organisation} differs: recalculated £{now}, kept {before}."


def _named(found: list[str]) -> Iterator[str]:
    yield from found[:NAMED]
    if len(found) > NAMED:
        yield f"And {len(found) - NAMED:,} more differ."
