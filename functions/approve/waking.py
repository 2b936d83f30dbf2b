"""Keeping the workflow beside a declaration in step with what is stored, which alone is the truth."""

from functions.approve.declaring import Declaring
from functions.domain.decide.instruction import payment_instruction
from functions.ports.declarations import Waiting
from schemas.declaration import Declaration, DeclarationKey, PaymentInstruction, State


def wake(*, before: Declaration, after: Declaration, world: Declaring) -> None:
    """After a decision was written: wake the workflow that waits for it, or start another if that one is gone.

    A workflow that is between two waits is left alone: it looks at the stored state before it waits again.
    """
    waiting = world.declarations.waiting(key=before.key)
    if waiting is None or waiting.version != before.version:
        return
    if not world.workflow.wake(token=waiting.token, key=after.key, state=after.state):
        world.workflow.start(declaration=after, attempt="woken")


def wait_for_decision(*, key: DeclarationKey, state: State, token: str, world: Declaring) -> None:
    """Keep the token of a workflow that waits in a state; wake it at once when the declaration has moved on.

    The declaration is read again after the token was kept: a decision that came between would otherwise be missed.
    """
    declaration = stored(key=key, world=world)
    if declaration.state is state:
        world.declarations.hold(key=key, waiting=Waiting(version=declaration.version, token=token))
        if stored(key=key, world=world).version == declaration.version:
            return
    world.workflow.wake(token=token, key=key, state=stored(key=key, world=world).state)


def instruct_payment(*, key: DeclarationKey, world: Declaring) -> PaymentInstruction:
    """Write the payment instruction of an approved declaration, once: again, it is the one already there."""
    declaration = stored(key=key, world=world)
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


def stored(*, key: DeclarationKey, world: Declaring) -> Declaration:
    """The declaration as it is stored. Raises LookupError when there is none."""
    declaration = world.declarations.declaration(key=key)
    if declaration is None:
        raise LookupError(f"There is no declaration for {key}.")
    return declaration
