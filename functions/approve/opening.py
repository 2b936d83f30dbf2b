"""Opening declarations after a payment run was published, or carrying new figures into those that are open."""

from functions.approve.declaring import Declaring
from functions.approve.waking import wake
from functions.domain.decide.lifecycle import Refusal, opening, recalculation
from functions.ports.declarations import StaleDeclaration
from schemas.batch import Batch
from schemas.declaration import DeclarationKey, Outcome
from schemas.model import Model
from schemas.run import Result, Run, RunState
from schemas.service import RunKind

ATTEMPTS = 3  # another writer may be first; twice in a row is chance, three times is a fault


class OpeningTotals(Model):
    """What opening a batch came to: how many declarations each thing happened to, and every adjustment due."""

    opened: int
    changed: int
    unchanged: int
    adjustments_due: tuple[str, ...]


def open_batch(*, batch: Batch, world: Declaring) -> OpeningTotals:
    """Open or update the declaration of every practice in a batch. Safe to repeat.

    Raises ValueError for a run that is not a published PAYMENT run: nothing else may ever lead to a declaration.
    """
    if batch.collection.run_kind is not RunKind.PAYMENT:
        raise ValueError(f"A {batch.collection.run_kind} run never opens a declaration.")
    run = world.achievements.run(run=batch.run)
    if run is None or run.state is not RunState.PUBLISHED:
        raise ValueError(f"Run {batch.run} was not published; nobody can declare its figures.")
    seen = [_open_one(run, organisation, world) for organisation in batch.organisations]
    return OpeningTotals(
        opened=seen.count("opened"),
        changed=seen.count("changed"),
        unchanged=seen.count("unchanged"),
        adjustments_due=tuple(what for what in seen if what not in ("opened", "changed", "unchanged")),
    )


def _open_one(run: Run, organisation: str, world: Declaring) -> str:
    result = world.achievements.result(collection=run.collection, organisation=organisation, run=run.id)
    if result is None:
        raise LookupError(f"Run {run.id} has no result for {organisation}: it must not have been published.")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _open_or_update(run, result, world)
        except StaleDeclaration:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("The last attempt returned or raised.")


def _open_or_update(run: Run, result: Result, world: Declaring) -> str:
    key = DeclarationKey(
        service=run.collection.service,
        organisation=result.organisation,
        achievement_date=run.collection.achievement_date,
    )
    outcome = Outcome(
        run=run.id,
        frozen_at=run.frozen_at,
        points=result.points,
        available=result.available,
        payment=result.payment,
    )
    before = world.declarations.declaration(key=key)
    if before is None:
        return _open_new(key, result.commissioner, outcome, world)
    change = recalculation(declaration=before, commissioner=result.commissioner, outcome=outcome, at=world.clock())
    if change is None:
        if world.declarations.waiting(key=key) is None:  # its start was lost between two writes
            world.workflow.start(declaration=before, attempt="opened")
        return "unchanged"
    if isinstance(change, Refusal):
        return f"{result.organisation}: {change.reason}"
    world.declarations.commit(transition=change)
    wake(before=before, after=change.declaration, world=world)
    return "changed"


def _open_new(key: DeclarationKey, commissioner: str, outcome: Outcome, world: Declaring) -> str:
    transition = opening(key=key, commissioner=commissioner, outcome=outcome, at=world.clock())
    world.declarations.commit(transition=transition)
    world.workflow.start(declaration=transition.declaration, attempt="opened")
    return "opened"
