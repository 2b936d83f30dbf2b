"""Participation lists in DynamoDB.

    LISTS#<service>                 <order of receipt>#<file>   the record that makes a list count: how many pages
    PAGE#<service>#<file>#<number>  participations              the participations of one page, in the list's order

The pages are written first and the record last, which is what makes the list count: a crash in between leaves pages
that nothing reads, and the second delivery writes them again. Every page is a partition of its own, and a page holds
hundreds of participations, so that a nation's list costs tens of items to write or to read, and no partition is hot.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from functions.adapters.dynamodb import Table, marshalled
from schemas.participation import Participation, ParticipationList

PAGE = 250  # participations: some 20 KB, and at most 310 KB where every letter takes six bytes; an item has 400 KB
SORT_KEY = "participations"


class ParticipationTable:
    """The port `ParticipationStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def add(self, *, participation: ParticipationList, order: str) -> None:
        """Keep a list: its pages, then the record that makes it count. A list that counts is not touched again."""
        key = {"pk": f"LISTS#{participation.service}", "sk": f"{order}#{participation.file}"}
        if self._table.item(**key) is not None:
            return
        listed, name = participation.participations, (participation.service, participation.file)
        pages = [_told(listed[start : start + PAGE]) for start in range(0, len(listed), PAGE)]
        items = ({"pk": _page(*name, number), "sk": SORT_KEY, "told": told} for number, told in enumerate(pages))
        self._table.put_many(items=map(marshalled, items))
        self._table.put_if_absent(item={**key, "file": participation.file, "pages": len(pages)})

    def latest(self, *, service: str) -> ParticipationList | None:
        """The list that counts for a service."""
        records = list(self._table.items(pk=f"LISTS#{service}"))
        return self._list(service, records[-1]) if records else None

    def _list(self, service: str, record: Mapping[str, Any]) -> ParticipationList:
        found = list[Participation]()
        for number in range(int(record["pages"])):
            page = self._table.item(pk=_page(service, record["file"], number), sk=SORT_KEY)
            if page is None:
                raise LookupError(f"The list {record['file']} of {service} counts and lacks its page {number}.")
            found.extend(_participations(service, page["told"]))
        return ParticipationList(service=service, file=record["file"], participations=tuple(found))


def _page(service: str, file: str, number: int) -> str:
    return f"PAGE#{service}#{file}#{number:04d}"


def _told(page: Iterable[Participation]) -> str:
    rows = [list(one.model_dump(mode="json", exclude={"service"}).values()) for one in page]
    return json.dumps(rows, ensure_ascii=False)


def _participations(service: str, told: str) -> Iterable[Participation]:
    for organisation, name, commissioner, starts, ends in json.loads(told):
        yield Participation(
            service=service, organisation=organisation, name=name, commissioner=commissioner, starts=starts, ends=ends
        )
