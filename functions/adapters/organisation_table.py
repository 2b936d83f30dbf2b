"""Organisations in DynamoDB.

    LIST#<list date>#<shard>   <organisation>#<order of receipt>#<file>   an organisation as one file gave it

Every version stays; sorted by the moment of receipt, the last one of an organisation counts.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from functions.adapters.dynamodb import Table, marshalled, shard
from schemas.organisation import Organisation

SHARDS = 16


class OrganisationTable:
    """The port `OrganisationStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        """Keep organisations as one file gave them."""
        version = f"{order}#{file}"
        self._table.put_many(
            items=(
                marshalled(
                    {
                        "pk": _partition(organisation.list_size_date, organisation.code),
                        "sk": f"{organisation.code}#{version}",
                        **organisation.model_dump(mode="json"),
                    }
                )
                for organisation in organisations
            )
        )

    def on(self, *, list_date: date) -> Mapping[str, Organisation]:
        """Every organisation whose list was counted on a date."""
        found = {}
        for number in range(SHARDS):
            for item in self._table.items(pk=f"LIST#{list_date:%Y%m%d}#{number:02d}"):
                found[item["code"]] = _organisation(item)
        return found

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        """One organisation with its list counted on a date."""
        versions = list(self._table.items(pk=_partition(list_date, code), prefix=f"{code}#"))
        return _organisation(versions[-1]) if versions else None


def _partition(list_date: date, code: str) -> str:
    return f"LIST#{list_date:%Y%m%d}#{shard(code=code, shards=SHARDS)}"


def _organisation(item: Mapping[str, Any]) -> Organisation:
    return Organisation.model_validate({name: value for name, value in item.items() if name not in ("pk", "sk")})
