"""The difference between two runs, from the frozen inputs of both, so that a run that is held can be compared too."""

from collections.abc import Iterator

from functions.domain.explain.difference import Comparison, Side, Split
from functions.explain.reading import NotInRun, RunEvidence


def practice_split(*, before: RunEvidence, after: RunEvidence, organisation: str) -> Split:
    """The difference of one practice. Raises NotInRun where it is in neither run."""
    earlier, later = before.practice(organisation), after.practice(organisation)
    if earlier is None and later is None:
        raise NotInRun(f"{organisation} was calculated in neither run.")
    return _comparison(before, after).split(before=earlier, after=later)


def national_splits(*, before: RunEvidence, after: RunEvidence) -> Iterator[Split]:
    """The difference of every practice of either run, in the order of their codes."""
    comparison = _comparison(before, after)
    for organisation in sorted({*before.lines, *after.lines}):
        yield comparison.split(before=before.practice(organisation), after=after.practice(organisation))


def _comparison(before: RunEvidence, after: RunEvidence) -> Comparison:
    sides = (Side(rules=run.rules, national=run.national.prevalence) for run in (before, after))
    return Comparison(before=next(sides), after=next(sides))
