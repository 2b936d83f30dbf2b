"""A role is held for what it is a role of."""

import pytest
from pydantic import ValidationError

from functions.domain.decide.permission import own_folders, sees_points
from schemas.grant import Grant, Role


def grant(role: Role, organisation: str) -> Grant:
    return Grant(person="somebody", organisation=organisation, role=role)


def test_a_supplier_s_role_is_held_for_its_folder_and_shows_no_points() -> None:
    grants = (grant(Role.SUPPLIER, "tpp"), grant(Role.VIEW, "A81001"))
    assert own_folders(grants=grants) == ("tpp",)
    assert not sees_points(grants=grants[:1], organisation="A81001", commissioner="16C")


@pytest.mark.parametrize(("role", "organisation"), [(Role.SUPPLIER, "A81001"), (Role.VIEW, "tpp"), (Role.VIEW, "")])
def test_no_role_is_held_for_what_it_is_not_of(role: Role, organisation: str) -> None:
    with pytest.raises(ValidationError):
        grant(role, organisation)
