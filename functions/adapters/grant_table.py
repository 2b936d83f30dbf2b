"""Grants in DynamoDB: PERSON#<person>, <organisation>#<role>."""

from functions.adapters.dynamodb import Table
from schemas.grant import Grant


class GrantTable:
    """The port `GrantStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def grants(self, *, person: str) -> tuple[Grant, ...]:
        """Everything that a person was granted."""
        items = self._table.items(pk=f"PERSON#{person}")
        return tuple(Grant(person=person, organisation=item["organisation"], role=item["role"]) for item in items)

    def give(self, *, grant: Grant) -> None:
        """Grant a role."""
        sk = f"{grant.organisation}#{grant.role}"
        self._table.put(item={"pk": f"PERSON#{grant.person}", "sk": sk, **grant.model_dump(mode="json")})
