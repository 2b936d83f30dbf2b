"""Decisions in DynamoDB, beside the organisations that they are about.

    DECISIONS#<service>#<achievement date>           FILE#<order of receipt>#<file>   a file whose decisions count
    DECISIONS#<service>#<achievement date>#<file>#<shard>   <line>                    a decision as its file gave it

The `FILE` item is written last: without it nothing of a file counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from functions.adapters.dynamodb import Table, marshalled
from schemas.decision import PointsDecision

SHARDS = 16  # a file may decide 32 indicators of every practice


class DecisionTable:
    """The port `DecisionStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def add(self, *, decisions: Iterable[PointsDecision], file: str, order: str) -> None:
        """Keep the decisions of a file."""
        for pk, part in groupby(sorted(decisions, key=_place), key=_partition):
            self._table.put_many(items=(marshalled(_item(f"{pk}#{file}", one)) for one in part))
            self._table.put(item={"pk": pk, "sk": f"FILE#{order}#{file}", "file": file})

    def of(self, *, service: str, achievement_date: date) -> tuple[PointsDecision, ...]:
        """The decisions about a service at an achievement date."""
        return tuple(self._of(f"DECISIONS#{service}#{achievement_date:%Y%m%d}"))

    def _of(self, pk: str) -> Iterator[PointsDecision]:
        for kept in self._table.items(pk=pk, prefix="FILE#"):
            shards = (f"{pk}#{kept['file']}#{number:02d}" for number in range(SHARDS))
            found = (_decision(item) for shard in shards for item in self._table.items(pk=shard))
            yield from sorted(found, key=lambda one: one.line)


def _decision(item: Mapping[str, Any]) -> PointsDecision:
    return PointsDecision.model_validate({name: item[name] for name in item if name not in ("pk", "sk")})


def _place(decision: PointsDecision) -> tuple[str, int]:
    return _partition(decision), decision.line


def _partition(decision: PointsDecision) -> str:
    return f"DECISIONS#{decision.service}#{decision.achievement_date:%Y%m%d}"


def _item(pk: str, decision: PointsDecision) -> Mapping[str, Any]:
    return {
        "pk": f"{pk}#{decision.line % SHARDS:02d}",
        "sk": f"{decision.line:08d}",
        **decision.model_dump(mode="json"),
    }
