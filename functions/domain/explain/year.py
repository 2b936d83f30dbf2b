"""The end of the page: the year's figures, the national figures, the rules, and which calculation this is."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby

from functions.domain.explain.columns import day, grouped, heading, named, paragraph, table
from schemas.explanation import ExplainedFigure, ExplainedLine, Explanation, NationalFigure

POLICIES = {
    "mean_of_practices": "the mean of the practices' own prevalences: their sum, divided by the number of practices",
    "pooled": "everybody on the registers, divided by everybody on the lists",
}


def figures_section(*, explanation: Explanation) -> Iterator[str]:
    """Every figure of the year with its unit, date, issuer, mark and citation."""
    yield from heading("Figures of the year")
    for figure in explanation.figures:
        yield from paragraph(f"{figure.name}: {_value(figure)}, {figure.unit}", hang=2)
        yield from paragraph(f"As at {day(figure.date)}. Authority: {figure.authority}.", indent=2)
        yield from paragraph(f"Source ({figure.mark}): {figure.source}", indent=2, hang=2)


def national_section(*, explanation: Explanation) -> Iterator[str]:
    """The national prevalences with the sums that they come from; nothing where they are not shown."""
    first = next((line.national for line in explanation.lines if line.national is not None), None)
    if first is None:
        return
    yield from heading("National prevalence")
    text = (
        f"It is {POLICIES.get(first.policy, first.policy)}. Counted were {first.practices:,} practices with "
        f"{first.people:,} people on their lists."
    )
    yield from paragraph(text)
    yield ""
    heads = ("Indicators", "Prevalence", "Sum of prevalences", "People on registers")
    rows = [
        (codes, national.prevalence, national.sum_of_prevalences, f"{national.people_on_registers:,}")
        for codes, national in _same(explanation.lines)
    ]
    yield from table(heads=heads, rows=rows)


def policies_section(*, explanation: Explanation) -> Iterator[str]:
    """The rules that the service document chose, each with its source."""
    yield from heading("Rules that were chosen")
    for policy in explanation.policies:
        rule = policy.rule.replace("_", " ")
        source = f"{policy.mark}: {policy.source}"
        yield from paragraph(f"{policy.name}: {rule} ({source})", hang=2)


def run_section(*, explanation: Explanation) -> Iterator[str]:
    """Which run this is, and what it was made from."""
    run = explanation.run
    yield from heading("Which calculation this is")
    yield from named("Run", run.id)
    yield from named("Inputs", run.inputs)
    yield from named("Definition", f"{explanation.service}, {run.document}")
    yield from named("Code", run.code)
    yield from named("Frozen at", f"{run.frozen_at:%d/%m/%Y %H:%M:%S} UTC")
    yield from named("Practices", f"{run.practices:,} calculated, {run.incomplete:,} left out with their reason")
    marks = (*(figure.mark for figure in explanation.figures), *(policy.mark for policy in explanation.policies))
    doubtful = sum(1 for mark in marks if not mark.verified)
    if doubtful:
        yield ""
        words = (
            f"{doubtful} of the figures and rules above are not cited from a source that settles them; see the marks."
        )
        yield from paragraph(words)


def _same(lines: Sequence[ExplainedLine]) -> Iterator[tuple[str, NationalFigure]]:
    """Neighbours of one clinical area with one national figure, on one line; what has none stands between others."""
    for (national, _), found in groupby(lines, key=lambda line: (line.national, line.group)):
        if national is not None:
            codes = [line.indicator for line in found]
            yield codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}", national


def _value(figure: ExplainedFigure) -> str:
    """A figure as people write it: a day in words, a number with its commas."""
    with suppress(ValueError):
        return day(datetime.strptime(figure.value, "%Y-%m-%d"))  # noqa: DTZ007  # a day has no zone
    return grouped(figure.value)
