"""A payment run of two practices, published and opened, and the people who decide on it."""

from collections.abc import Iterator
from datetime import date

from functions.approve.deciding import decide
from functions.approve.opening import open_batch
from functions.calculate.publishing import publish_run
from functions.domain.decide.lifecycle import Ground, Refusal
from schemas.batch import Batch
from schemas.declaration import Declaration, DeclarationKey, Event
from schemas.grant import Grant, Role
from tests.integration.test_calculating import calculated, frozen, send
from tests.integration.worlds import DOCUMENT, World, practice_rows

LIST_DATE = DOCUMENT.parameters.practice_list.value
KEY = DeclarationKey(service="QOF2324", organisation="A81001", achievement_date=date(2024, 3, 31))
STEPS = ((Event.DECLARED, "declarer"), (Event.APPROVED, "approver"), (Event.FINANCE_APPROVED, "payer"))


def payment_world() -> World:
    """A world in which both practices of 16C have a published payment run and an open declaration."""
    world = World()
    world.know("A81001", "A81002")
    for person, held_for, role in (
        ("declarer", "A81001", Role.DECLARATION_MANAGEMENT),
        ("approver", "16C", Role.APPROVAL_MANAGEMENT),
        ("payer", "16C", Role.FINANCE_MANAGEMENT),
        ("reader", "A81001", Role.VIEW),
    ):
        world.grants.give(grant=Grant(person=person, organisation=held_for, role=role))
    publish(world, 50, "11:19:50")
    return world


def publish(world: World, value: int, time: str) -> None:
    """Send, calculate and publish both practices, and open or update their declarations."""
    send(world, *(practice_rows(code, value=value, time=time) for code in ("A81001", "A81002")), name=f"v{value}")
    run = frozen(world)
    totals = calculated(world, run, size=100)
    assert publish_run(run=run, totals=totals, world=world.calculation)
    batch = Batch.model_validate_json(world.evidence.held[f"runs/{run.id}/batches.jsonl"])
    open_batch(batch=batch, world=world.declaring)


def take(
    world: World, event: Event, person: str, *, version: int | None = None, notes: str = ""
) -> Declaration | Refusal:
    seen = version if version is not None else current(world).version
    return decide(key=KEY, event=event, person=person, version=seen, notes=notes, world=world.declaring)


def current(world: World) -> Declaration:
    found = world.declarations.declaration(key=KEY)
    assert found is not None
    return found


def refusal(found: Declaration | Refusal) -> tuple[Ground, str]:
    assert isinstance(found, Refusal)
    return found.ground, found.reason


def decisions(world: World) -> Iterator[Declaration | Refusal]:
    return (take(world, event, person) for event, person in STEPS)
