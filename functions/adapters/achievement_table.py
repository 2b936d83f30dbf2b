"""Runs, results and publications in DynamoDB.

RUN#<run>                              RUN       what a run was made from
RESULT#<collection>#<organisation>     <run>     what a practice achieved in a run
PUBLISHED#<collection>                 CURRENT   the run whose results readers see
"""

from collections.abc import Iterable, Mapping
from typing import Any

from functions.adapters.dynamodb import Table, marshalled
from schemas.collection import CollectionKey
from schemas.run import Result, Run, RunState


class AchievementTable:
    """The port `AchievementStore` on DynamoDB."""

    def __init__(self, *, table: Table) -> None:
        self._table = table

    def run(self, *, run: str) -> Run | None:
        """A run by its id."""
        item = self._table.item(pk=f"RUN#{run}", sk="RUN")
        return None if item is None else Run.model_validate(_body(item))

    def begin(self, *, run: Run) -> None:
        """Keep a frozen run, unless it is there already."""
        self._table.put_if_absent(item=_run_item(run))

    def add_results(self, *, collection: CollectionKey, results: Iterable[Result]) -> None:
        """Keep results; the key says which, so that writing one again writes the same."""
        self._table.put_many(
            items=(
                marshalled(
                    {"pk": f"RESULT#{collection}#{result.organisation}", "sk": result.run, **result.model_dump()}
                )
                for result in results
            )
        )

    def publish(self, *, run: Run) -> bool:
        """Make a run the published one, unless one with later inputs already is."""
        published = run.model_copy(update={"state": RunState.PUBLISHED})
        frozen_at = run.frozen_at.isoformat()
        pointer = {"pk": f"PUBLISHED#{run.collection}", "sk": "CURRENT", "run": run.id, "frozen_at": frozen_at}
        return self._table.put_together(
            puts=(
                {"Item": marshalled(_run_item(published))},
                {
                    "Item": marshalled(pointer),
                    "ConditionExpression": "attribute_not_exists(pk) OR frozen_at <= :frozen_at",
                    "ExpressionAttributeValues": marshalled({":frozen_at": frozen_at}),
                },
            )
        )

    def published(self, *, collection: CollectionKey) -> str | None:
        """The id of the published run of a collection."""
        item = self._table.item(pk=f"PUBLISHED#{collection}", sk="CURRENT")
        return None if item is None else str(item["run"])

    def result(self, *, collection: CollectionKey, organisation: str, run: str) -> Result | None:
        """What an organisation achieved in a run."""
        item = self._table.item(pk=f"RESULT#{collection}#{organisation}", sk=run)
        return None if item is None else Result.model_validate(_body(item))


def _run_item(run: Run) -> dict[str, Any]:
    return {"pk": f"RUN#{run.id}", "sk": "RUN", **run.model_dump(mode="json")}


def _body(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in ("pk", "sk")}
