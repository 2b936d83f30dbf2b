"""Submissions and file records in DynamoDB.

    VALUES#<collection>#<shard>   <organisation>#<file>   one practice's values from one file
    FILES#<collection>            <file>                  the record that makes a file's rows count
    REFUSED#<supplier>            <file>                  the record of a file refused as a whole, or quarantined
    FILE#<file>                   kept                    in which of these two partitions a file's record is
    SENT#<supplier>               <received at>#<file>    the record again, without who was refused
    LAYOUT#<digest>               NAMES                   the names of the values, shared by all that were packed so

A practice's values take less than a kilobyte, so that writing them takes one unit. Spread over `SHARDS` partitions by
organisation, a nation's rows never meet the write limit of one partition, and a collection is read whole in so many
queries. A record is written together with the two items that find it: three writes for a file, however many rows it
has, so that a supplier's own partition is never busy.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from functions.adapters.dynamodb import ABSENT, Table, marshalled, shard
from functions.domain.digest import digest
from functions.ports.submissions import StoredSubmission
from schemas.collection import CollectionKey
from schemas.file import FileRecord

SHARDS = 64
LAYOUT = 16  # digits of a layout's digest: 64 bits tell the few that there are apart
KEPT = "kept"


class SubmissionTable:
    """The port `SubmissionStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def record(self, *, collection: CollectionKey, file: str) -> FileRecord | None:
        """The record of a file, if its rows count already."""
        item = self._table.item(pk=f"FILES#{collection}", sk=file)
        return None if item is None else _record(item)

    def records(self, *, collection: CollectionKey) -> tuple[FileRecord, ...]:
        """The records of every file of a collection."""
        return tuple(_record(item) for item in self._table.items(pk=f"FILES#{collection}"))

    def file(self, *, file: str) -> FileRecord | None:
        """The record of a file by its id alone."""
        found = self._table.item(pk=f"FILE#{file}", sk=KEPT)
        item = found and self._table.item(pk=found["in"], sk=file)
        return _record(item) if item else None

    def sent(self, *, supplier: str, limit: int, before: FileRecord | None = None) -> tuple[FileRecord, ...]:
        """The last files of a supplier, the one received last first."""
        mark = "" if before is None else _moment(before)
        items = self._table.latest(pk=f"SENT#{supplier}", limit=limit, before=mark)
        return tuple(_record({**item, "sk": item["sk"].partition("#")[2]}) for item in items)

    def add(self, *, collection: CollectionKey, submissions: Iterable[StoredSubmission]) -> None:
        """Keep submissions; the key says which, so that writing one again writes the same."""
        self._table.put_many(items=self._items(collection, submissions))

    def submissions(self, *, collection: CollectionKey, organisation: str | None = None) -> Iterator[StoredSubmission]:
        """Every submission of a collection, or those of one organisation, which stand together in its shard."""
        layouts: dict[str, str] = {}
        prefix = "" if organisation is None else f"{organisation}#"
        for number in _shards(organisation):
            for item in self._table.raw_items(pk=f"VALUES#{collection}#{number}", prefix=prefix):
                name = item["layout"]["S"]
                layouts[name] = layouts.get(name) or self._layout(name)
                yield _submission(item, layouts[name])

    def accept(self, *, collection: CollectionKey, record: FileRecord) -> bool:
        """Make a file's rows count."""
        return self._keep(f"FILES#{collection}", record)

    def refuse(self, *, record: FileRecord) -> FileRecord:
        """Keep the record of a file that was refused as a whole, and return the one that is kept."""
        pk = f"REFUSED#{record.supplier}"
        if self._keep(pk, record):
            return record
        kept = self._table.item(pk=pk, sk=record.id)
        return record if kept is None else _record(kept)

    def _items(self, collection: CollectionKey, submissions: Iterable[StoredSubmission]) -> Iterator[Mapping[str, Any]]:
        """The items of submissions, each made once its layout is kept."""
        layouts: dict[str, str] = {}
        for submission in submissions:
            if submission.layout not in layouts:
                layouts[submission.layout] = self._keep_layout(submission.layout)
            yield _item(collection, submission, layouts[submission.layout])

    def _keep_layout(self, names: str) -> str:
        """Keep a layout, unless it is there already, and return its name. Looking is cheaper than writing it again."""
        name = digest(names)[:LAYOUT]
        if self._table.item(pk=f"LAYOUT#{name}", sk="NAMES") is None:
            self._table.put_if_absent(item={"pk": f"LAYOUT#{name}", "sk": "NAMES", "names": names})
        return name

    def _layout(self, name: str) -> str:
        item = self._table.item(pk=f"LAYOUT#{name}", sk="NAMES")
        if item is None:
            raise LookupError(f"Submissions are packed by the layout {name}, which is not there.")
        return str(item["names"])

    def _keep(self, pk: str, record: FileRecord) -> bool:
        """Write a record and what finds it, together; False, and nothing changes, when the record is there."""
        told = record.model_dump(mode="json", exclude={"id"})
        listed = {"pk": f"SENT#{record.supplier}", "sk": _moment(record), **told, "refused_practices": []}
        return self._table.put_together(
            puts=[
                {"Item": marshalled({"pk": pk, "sk": record.id, **told}), "ConditionExpression": ABSENT},
                {"Item": marshalled({"pk": f"FILE#{record.id}", "sk": KEPT, "in": pk})},
                {"Item": marshalled(listed)},
            ]
        )


def _shards(organisation: str | None) -> Iterable[str]:
    if organisation is not None:
        return (shard(code=organisation, shards=SHARDS),)
    return (f"{number:02d}" for number in range(SHARDS))


def _moment(record: FileRecord) -> str:
    return f"{record.received_at.astimezone(UTC).isoformat(timespec='microseconds')}#{record.id}"


def _record(item: Mapping[str, Any]) -> FileRecord:
    body = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    return FileRecord.model_validate({"id": item["sk"], **body})


def _item(collection: CollectionKey, submission: StoredSubmission, layout: str) -> dict[str, Any]:
    number = shard(code=submission.organisation, shards=SHARDS)
    return {
        "pk": {"S": f"VALUES#{collection}#{number}"},
        "sk": {"S": f"{submission.organisation}#{submission.file}"},
        "layout": {"S": layout},
        "packed": {"B": submission.packed},
    }


def _submission(item: Mapping[str, Any], layout: str) -> StoredSubmission:
    organisation, _, file = item["sk"]["S"].partition("#")
    return StoredSubmission(organisation=organisation, file=file, layout=layout, packed=bytes(item["packed"]["B"]))
