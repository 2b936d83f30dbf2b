"""Organisations in DynamoDB.

    LIST#<list date>#<shard>   <order of receipt>#<file>#<page>   the organisations of a shard as one file gave them
    CONTRACT#<shard>           <list date>#<file>#<page>          codes: a file once gave these lists the first or the
                                                                  last day of their contract

Every version stays; sorted by the moment of receipt, the last one of an organisation counts. A `CONTRACT` page leads to
the lists of contracts that were not open all the time, which may have been counted on any day; it is written first, so
that whoever sees the list finds it, and what the list says now is looked up.

DynamoDB charges a write by the kilobyte. A page holds what a file says of its shard, packed, so that a nation costs a
fortieth of what an item for each organisation would.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from functions.adapters.dynamodb import Table, marshalled, shard
from functions.domain.calculate.contract import list_at
from schemas.organisation import Organisation

SHARDS = 32  # a nation has some 200 organisations in each: 4 KB to read for one of them
PAGE = 2**17  # characters of text that make a page full: packed, far below the 400 KB of an item
FIELDS = tuple(Organisation.model_fields)


class OrganisationTable:
    """The port `OrganisationStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        """Keep organisations as one file gave them."""
        lists = defaultdict[str, list[Organisation]](list)
        for organisation in organisations:
            lists[_place(organisation.list_size_date, organisation.code)].append(organisation)
        self._table.put_many(items=map(marshalled, _contract_pages(lists, file)))
        self._table.put_many(items=map(marshalled, _list_pages(lists, f"{order}#{file}")))

    def on(self, *, list_date: date) -> Mapping[str, Organisation]:
        """Every organisation with its list at a date."""
        found, lists = dict[str, Organisation](), _Lists(self._table)
        for number in map(_number, range(SHARDS)):
            found.update(lists.of(list_date, number))
            for code, days in self._dated(number).items():
                if code not in found:
                    one = list_at(day=list_date, lists=lists.each(code, number, days))
                    found.update({} if one is None else {code: one})
        return found

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        """One organisation with its list at a date."""
        lists, number = _Lists(self._table), shard(code=code, shards=SHARDS)
        found = lists.of(list_date, number).get(code)
        if found is not None:
            return found
        return list_at(day=list_date, lists=lists.each(code, number, self._dated(number).get(code, ())))

    def _dated(self, number: str) -> Mapping[str, Iterable[str]]:
        """The dates of lists that once had the first or the last day of a contract, by organisation."""
        found = defaultdict[str, dict[str, None]](dict)
        for item in self._table.items(pk=f"CONTRACT#{number}"):
            day = item["sk"].partition("#")[0]
            for code in item["codes"].split():
                found[code][day] = None
        return found


class _Lists:
    """What the lists of a date say, a shard at a time, each read once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read: dict[str, Mapping[str, Organisation]] = {}

    def of(self, day: date | str, number: str) -> Mapping[str, Organisation]:
        """The organisations of a shard with their list at a date, by code: of each the version received last."""
        place = f"LIST#{_day(day)}#{number}"
        if place not in self._read:
            pages = (json.loads(zlib.decompress(bytes(item["told"]))) for item in self._table.items(pk=place))
            told = {row[0]: row for page in pages for row in page}
            self._read[place] = {code: _organisation(row) for code, row in told.items()}
        return self._read[place]

    def each(self, code: str, number: str, days: Iterable[str]) -> Iterator[Organisation]:
        """An organisation's lists at some dates."""
        found = (self.of(day, number).get(code) for day in days)
        return (one for one in found if one is not None)


def _list_pages(lists: Mapping[str, list[Organisation]], version: str) -> Iterator[Mapping[str, Any]]:
    for place, organisations in sorted(lists.items()):
        rows = (json.dumps(list(one.model_dump(mode="json").values()), ensure_ascii=False) for one in organisations)
        for number, page in enumerate(_pages(rows)):
            told = zlib.compress(f"[{','.join(page)}]".encode(), 9)
            yield {"pk": f"LIST#{place}", "sk": f"{version}#{number:04d}", "told": told}


def _contract_pages(lists: Mapping[str, list[Organisation]], file: str) -> Iterator[Mapping[str, Any]]:
    for place, organisations in sorted(lists.items()):
        day, _, number = place.partition("#")
        dated = sorted({one.code for one in organisations if one.opened or one.closed})
        for page, codes in enumerate(_pages(dated)):
            yield {"pk": f"CONTRACT#{number}", "sk": f"{day}#{file}#{page:04d}", "codes": " ".join(codes)}


def _pages(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in lists, each of which ends once it is full."""
    page, length = list[str](), 0
    for text in texts:
        page.append(text)
        length += len(text)
        if length > PAGE:
            yield page
            page, length = [], 0
    if page:
        yield page


def _place(day: date, code: str) -> str:
    return f"{_day(day)}#{shard(code=code, shards=SHARDS)}"


def _day(day: date | str) -> str:
    return day if isinstance(day, str) else f"{day:%Y%m%d}"


def _number(number: int) -> str:
    return f"{number:02d}"


def _organisation(row: list[Any]) -> Organisation:
    return Organisation.model_validate(dict(zip(FIELDS, row, strict=True)))
