"""What a person's grants allow. Deny by default: whatever is not named here is refused."""

from collections.abc import Collection

from schemas.grant import Grant, Role

SEES_POUNDS = frozenset(
    {Role.FINANCE_VIEW, Role.DECLARATION_MANAGEMENT, Role.APPROVAL_MANAGEMENT, Role.FINANCE_MANAGEMENT}
)
SEES_POINTS = SEES_POUNDS | {Role.VIEW, Role.ACHIEVEMENT_ENTRY, Role.SERVICE_MANAGEMENT, Role.COMMISSIONING_MANAGEMENT}
NHS_ENGLAND = "X24"  # its code as an organisation: roles held there are for the nation


def holds(*, grants: Collection[Grant], role: Role, organisation: str) -> bool:
    """True when one of the grants is this role for this very organisation."""
    return any(grant.role is role and grant.organisation == organisation for grant in grants)


def sees_points(*, grants: Collection[Grant], organisation: str, commissioner: str) -> bool:
    """True when the grants let their holder see a practice's points: held for it, or for its commissioner."""
    return _holds_any(grants, SEES_POINTS, organisation, commissioner)


def sees_pounds(*, grants: Collection[Grant], organisation: str, commissioner: str) -> bool:
    """True when the grants let their holder see a practice's pounds. View alone shows points, not pounds."""
    return _holds_any(grants, SEES_POUNDS, organisation, commissioner)


def own_folders(*, grants: Collection[Grant]) -> tuple[str, ...]:
    """The folders of the suppliers for which the grants let their holder see files and check them beforehand."""
    return tuple(sorted(grant.organisation for grant in grants if grant.role is Role.SUPPLIER))


def _holds_any(grants: Collection[Grant], roles: Collection[Role], *organisations: str) -> bool:
    return any(grant.role in roles and grant.organisation in organisations for grant in grants)
