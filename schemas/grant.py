"""Who holds which role where. Without a grant nothing is allowed."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.model import Model

Holder = Annotated[str, Field(pattern=r"^([A-Z0-9]{1,10}|[a-z][a-z0-9-]{0,30})$")]
"""What a role is held for: an organisation by its ODS code, or a supplier by the name of its folder."""


class Role(StrEnum):
    """The roles of the field. A commissioner's role reaches the practices of its area."""

    VIEW = "View"
    FINANCE_VIEW = "Finance View"
    ACHIEVEMENT_ENTRY = "Achievement Entry"
    SERVICE_MANAGEMENT = "Service Management"
    DECLARATION_MANAGEMENT = "Declaration Management"
    COMMISSIONING_MANAGEMENT = "Commissioning Management"
    APPROVAL_MANAGEMENT = "Approval Management"
    FINANCE_MANAGEMENT = "Finance Management"
    SUPPLIER = "Supplier"


class Grant(Model):
    """A role that a person holds for one organisation. `person` is the identity provider's own identifier.

    The role Supplier is held for a supplier's folder, which is written in small letters; no organisation's code is.
    """

    person: str
    organisation: Holder
    role: Role

    @model_validator(mode="after")
    def _held_for_what_it_is_of(self) -> Self:
        if (self.role is Role.SUPPLIER) != self.organisation.islower():
            raise ValueError(f"The role {self.role} is not held for {self.organisation}.")
        return self
