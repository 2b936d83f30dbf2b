"""Who holds which role where. Without a grant nothing is allowed."""

from enum import StrEnum

from schemas.model import Model
from schemas.organisation import OdsCode


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


class Grant(Model):
    """A role that a person holds for one organisation. `person` is the identity provider's own identifier."""

    person: str
    organisation: OdsCode
    role: Role
