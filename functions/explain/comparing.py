"""The difference between two runs, from the evidence of both."""

from collections.abc import Iterator
from contextlib import suppress

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.inputs import inputs_from_line
from functions.domain.evidence.keys import inputs_key
from functions.domain.explain.difference import Comparison, Side, Split
from functions.explain.reading import NotInRun, RunEvidence


def practice_split(*, before: RunEvidence, after: RunEvidence, organisation: str) -> Split:
    """The difference of one practice. Raises NotInRun where it is in neither run."""
    earlier, later = _one(before, organisation), _one(after, organisation)
    if earlier is None and later is None:
        raise NotInRun(f"{organisation} was calculated in neither run.")
    return _comparison(before, after).split(before=earlier, after=later)


def national_splits(*, before: RunEvidence, after: RunEvidence) -> Iterator[Split]:
    """The difference of every practice of either run, in the order of their codes."""
    comparison, earlier, later = _comparison(before, after), _lines(before), _lines(after)
    for organisation in sorted(earlier | later):
        yield comparison.split(
            before=_inputs(before, earlier.get(organisation)), after=_inputs(after, later.get(organisation))
        )


def _comparison(before: RunEvidence, after: RunEvidence) -> Comparison:
    sides = (Side(rules=run.rules, national=run.national.prevalence) for run in (before, after))
    return Comparison(before=next(sides), after=next(sides))


def _lines(held: RunEvidence) -> dict[str, bytes]:
    """Every practice's line of the frozen inputs, by its code."""
    lines = held.read(inputs_key(inputs=held.run.identity.inputs)).splitlines()
    codes = (code for batch in held.batches for code in batch.organisations)
    return dict(zip(codes, lines, strict=True))


def _one(held: RunEvidence, organisation: str) -> PracticeInputs | None:
    with suppress(NotInRun):
        return _inputs(held, held.inputs_line(organisation=organisation))
    return None


def _inputs(held: RunEvidence, line: bytes | None) -> PracticeInputs | None:
    return None if line is None else inputs_from_line(grid=held.rules.grid, line=line)
