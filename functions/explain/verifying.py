"""Whether a run's inputs and record are what the run was made from, and which of them are not."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from functions.domain.digest import canonical_json
from functions.domain.evidence.frozen import inputs_digest
from functions.domain.evidence.keys import run_key, working_key
from functions.domain.evidence.working import kept_inputs
from functions.domain.explain.deviation import inputs_deviating
from functions.explain.reading import MALFORMED, NotAsKept, RunEvidence
from functions.ports.objects import ObjectMissing
from schemas.run import Run, RunState

NAMED = 5  # practices named one by one; of the others, how many
NOTHING: Mapping[str, Any] = {}


def damaged_inputs(*, held: RunEvidence) -> Iterator[str]:
    """What is no longer what the run was made from, in sentences. Raises ObjectMissing where a part is not there."""
    unnamed = _objection(held, "run")
    if unnamed is not None:
        yield unnamed
        return
    document, inputs = _objection(held, "document"), _objection(held, "inputs")
    yield from (objection for objection in (document, inputs) if objection is not None)
    if inputs is not None:
        yield from _traced(held)


def damaged_record(*, held: RunEvidence) -> Iterator[str]:
    """What the run says of itself, or names beside itself, that its inputs do not bear out."""
    run = held.run
    counted = run.model_copy(update={"practices": len(held.lines), "state": RunState.FROZEN})
    yield from _record(held, counted)
    yield from _participation(held)
    yield from _left_out(held)


def named(sentences: Iterable[str]) -> Iterator[str]:
    """Sentences about practices or rows: the first of them, and how many more there are."""
    found = iter(sentences)
    yield from islice(found, NAMED)
    more = sum(1 for _ in found)
    if more:
        yield f"And {more:,} more differ."


def _objection(held: RunEvidence, part: str) -> str | None:
    """Why a part of the evidence is not what the run kept; None where nothing speaks against it."""
    try:
        getattr(held, part)
    except NotAsKept as found:
        return str(found)
    return None


def _record(held: RunEvidence, counted: Run) -> Iterator[str]:
    key, kept = run_key(run=held.id, name="run.json"), held.run
    if held.read(key) == canonical_json(counted.model_dump(mode="json")):
        return
    differing = [name for name in Run.model_fields if getattr(kept, name) != getattr(counted, name)]
    for name in differing:
        yield f"The run's {name} differ: kept {getattr(kept, name)}, recalculated {getattr(counted, name)}."
    if not differing:
        yield f"{key} says the same and is not the bytes that were kept."


def _participation(held: RunEvidence) -> Iterator[str]:
    key = run_key(run=held.id, name="participation.json")
    told = held.parsed(key, json.loads)
    if not (isinstance(told, dict) and told.keys() == {"file"} and isinstance(told["file"], str | None)):
        yield f"{key} names no participation list; it is not what was kept."


def _left_out(held: RunEvidence) -> Iterator[str]:
    """The deployed service keeps who sent something for those who are left out; the command line does not."""
    key = run_key(run=held.id, name="left_out.json")
    try:
        told = held.parsed(key, json.loads)
    except ObjectMissing:
        return
    if not isinstance(told, dict) or len(told) != held.run.incomplete:
        yield f"{key} does not name the {held.run.incomplete:,} practices that were left out."


def _traced(held: RunEvidence) -> Iterator[str]:
    """Which inputs differ: those of a practice stand again in its working."""
    try:
        copies = dict(_copies(held))
    except (ObjectMissing, NotAsKept) as absent:
        yield f"Which practice's inputs differ cannot be told without its working: {absent}"
        return
    now: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(held.frozen.splitlines(), 1):
        try:
            told = json.loads(line)
            now[told["organisation"]] = told
        except MALFORMED:
            yield f"Line {number:,} of the inputs cannot be read."
    found = [sentence for code in sorted({*copies, *now}) for sentence in _practice(held, code, copies, now)]
    yield from named(found)
    yield from _beside(held, copies, practices=bool(found))


def _practice(
    held: RunEvidence, code: str, copies: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    kept, here = copies.get(code, NOTHING), now.get(code, NOTHING)
    if kept == here:
        return
    if not here:
        yield f"{code} is not in the inputs, or not to be read; it has a working."
    elif not kept:
        yield f"{code} is in the inputs and has no working."
    else:
        try:
            yield from (f"{code}: {part}." for part in inputs_deviating(grid=held.rules.grid, kept=kept, now=here))
        except (NotAsKept, *MALFORMED):
            yield f"{code}: its inputs are not those of its working, and one of the two cannot be read."


def _beside(held: RunEvidence, copies: Mapping[str, Mapping[str, Any]], *, practices: bool) -> Iterator[str]:
    """What differs beside the practices: with the inputs that their workings hold, the digest tells."""
    run, inputs = held.run, b"".join(map(canonical_json, copies.values()))
    problems = held.read(run_key(run=held.id, name="problems.csv"))
    collection = held.batches[0].collection if held.batches else run.collection
    if run.collection != collection:
        yield f"The run's collection differs: run.json says {run.collection}, its batches {collection}."
    found = inputs_digest(collection=collection, inputs=inputs, problems=problems, incomplete=run.incomplete)
    if found == run.identity.inputs:
        return
    if practices:
        yield "The inputs that the workings hold are not those of the run either, or its problems differ too."
    else:
        yield (
            "Every practice's inputs are those of its working: what differs is problems.csv, or how many practices "
            "run.json says were left out."
        )


def _copies(held: RunEvidence) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What every practice brought in, as its working holds it."""
    for batch in held.batches:
        key = working_key(run=held.id, number=batch.number)
        found = held.parsed(key, lambda body: [kept_inputs(line=line) for line in body.splitlines()])
        if [told.get("organisation") for told in found] != list(batch.organisations):
            raise NotAsKept(f"{key} has not the practices of its batch; it is not what was kept.")
        yield from zip(batch.organisations, found, strict=True)
