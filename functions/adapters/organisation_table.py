"""Organisations in DynamoDB.

    LIST#<list date>#<shard>   <organisation>#<order of receipt>#<file>   an organisation as one file gave it
    CONTRACT#<shard>           <organisation>#<list date>                 that a file once gave this list the first or
                                                                          the last day of its contract

Every version stays; sorted by the moment of receipt, the last one of an organisation counts. A `CONTRACT` item leads to
the lists of contracts that were not open all the time, which may have been counted on any day; it is written first, so
that whoever sees the list finds it, and what the list says now is looked up.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from functions.adapters.dynamodb import Table, marshalled, shard
from functions.domain.calculate.contract import list_at
from schemas.organisation import Organisation

SHARDS = 16


class OrganisationTable:
    """The port `OrganisationStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        """Keep organisations as one file gave them."""
        version, organisations = f"{order}#{file}", tuple(organisations)
        dated = {(one.code, one.list_size_date) for one in organisations if one.opened or one.closed}
        self._table.put_many(items=(marshalled(_contract(code, day)) for code, day in sorted(dated)))
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
        """Every organisation with its list at a date."""
        found = {}
        for number in range(SHARDS):
            for item in self._table.items(pk=f"LIST#{list_date:%Y%m%d}#{number:02d}"):
                found[item["code"]] = _organisation(item)
        for number in range(SHARDS):
            dated = self._table.items(pk=f"CONTRACT#{number:02d}")
            for code, items in groupby(dated, key=lambda item: str(item["code"])):
                if code not in found:
                    one = list_at(day=list_date, lists=self._lists(code, items))
                    found.update({} if one is None else {code: one})
        return found

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        """One organisation with its list at a date."""
        found = self._counted(code, list_date)
        if found is not None:
            return found
        dated = self._table.items(pk=f"CONTRACT#{shard(code=code, shards=SHARDS)}", prefix=f"{code}#")
        return list_at(day=list_date, lists=self._lists(code, dated))

    def _counted(self, code: str, list_date: date) -> Organisation | None:
        versions = list(self._table.items(pk=_partition(list_date, code), prefix=f"{code}#"))
        return _organisation(versions[-1]) if versions else None

    def _lists(self, code: str, items: Iterable[Mapping[str, Any]]) -> Iterator[Organisation]:
        found = (self._counted(code, date.fromisoformat(item["list_date"])) for item in items)
        return (one for one in found if one is not None)


def _contract(code: str, list_date: date) -> Mapping[str, str]:
    pk, sk = f"CONTRACT#{shard(code=code, shards=SHARDS)}", f"{code}#{list_date:%Y%m%d}"
    return {"pk": pk, "sk": sk, "code": code, "list_date": list_date.isoformat()}


def _partition(list_date: date, code: str) -> str:
    return f"LIST#{list_date:%Y%m%d}#{shard(code=code, shards=SHARDS)}"


def _organisation(item: Mapping[str, Any]) -> Organisation:
    return Organisation.model_validate({name: value for name, value in item.items() if name not in ("pk", "sk")})
