"""From an approved declaration to the instruction to pay it."""

from datetime import datetime

from schemas.declaration import Declaration, PaymentInstruction, State

APPROVED_FOR_PAYMENT = "approved for payment"


def payment_instruction(*, declaration: Declaration, at: datetime) -> PaymentInstruction:
    """The instruction of an approved declaration. Its id is the declaration's own, so that there can be only one.

    Raises ValueError for a declaration that nobody has approved for payment: that is a fault of ours.
    """
    if declaration.state is not State.APPROVED:
        raise ValueError(f"A declaration that is {declaration.state} cannot be paid.")
    key = declaration.key
    return PaymentInstruction(
        id=f"PI-{key.service}-{key.achievement_date:%Y%m%d}-{key.organisation}",
        key=key,
        commissioner=declaration.commissioner,
        payment=declaration.outcome.payment,
        run=declaration.outcome.run,
        declaration_version=declaration.version,
        state=APPROVED_FOR_PAYMENT,
        at=at,
    )
