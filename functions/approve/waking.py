"""Keeping the workflow beside a declaration in step with what is stored, which alone is the truth."""

from functions.approve.declaring import Declaring
from functions.domain.decide.instruction import payment_instruction
from schemas.declaration import Declaration, DeclarationKey, PaymentInstruction


def wake(*, before: Declaration, after: Declaration, world: Declaring) -> None:
    """After a decision was written: wake the workflow that waits for it, or start another if that one is gone.

    The workflow leaves its token on condition that the version is what it looked at. So a token of the version before
    is the one that waits; with an older one the workflow is between two waits and will see the new state by itself;
    where none was ever left, its start was lost.
    """
    waiting = world.declarations.waiting(key=before.key)
    gone = waiting is None or (
        waiting.version == before.version
        and not world.workflow.wake(token=waiting.token, key=after.key, state=after.state)
    )
    if gone:
        world.workflow.start(declaration=after, attempt="woken")


def instruct_payment(*, key: DeclarationKey, world: Declaring) -> PaymentInstruction:
    """Write the payment instruction of an approved declaration, once: again, it is the one already there."""
    declaration = world.declarations.declaration(key=key)
    if declaration is None:
        raise LookupError(f"There is no declaration for {key}.")
    instruction = payment_instruction(declaration=declaration, at=world.clock())
    world.declarations.instruct(instruction=instruction)
    kept = world.declarations.instruction(key=key)
    if kept is None:
        raise LookupError(f"The payment instruction {instruction.id} was neither written nor there before.")
    return kept


def resume_uninstructed(*, world: Declaring) -> int:
    """Start a workflow for every declaration that is approved for payment and has no instruction; how many."""
    attempt = f"resumed-{world.clock():%Y%m%dT%H%M}"
    approved = world.declarations.uninstructed()
    for declaration in approved:
        world.workflow.start(declaration=declaration, attempt=attempt)
    return len(approved)
