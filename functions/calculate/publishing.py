"""Publishing a run: only when every practice that was frozen was calculated."""

from collections.abc import Sequence

from functions.calculate.calculation import Calculation
from schemas.run import BatchTotals, Run


class IncompleteRun(RuntimeError):  # noqa: N818  # says what is wrong with the run
    """The batches do not add up to the run: something was lost on the way, and nothing may be published."""


def publish_run(*, run: Run, totals: Sequence[BatchTotals], world: Calculation) -> bool:
    """Make a run's results the ones that readers see; False when a run with later inputs was published meanwhile.

    Raises IncompleteRun when the batches calculated are not the batches frozen.
    """
    practices = sum(batch.practices for batch in totals)
    numbers = sorted(batch.number for batch in totals)
    if practices != run.practices or numbers != list(range(1, len(totals) + 1)):
        raise IncompleteRun(f"Run {run.id} froze {run.practices} practices; {practices} came back in {numbers}.")
    published = world.achievements.publish(run=run)
    if published:
        world.bus.announce(
            what="AchievementPublished", detail={"run": run.id, "collection": run.collection.model_dump(mode="json")}
        )
    return published
