"""One indicator on the page: why its points are what they are, and its counts from the register to the numerator."""

from collections.abc import Iterator, Mapping
from textwrap import wrap

from functions.domain.explain.columns import WIDTH, grouped, paragraph
from schemas.explanation import Citation, Count, ExplainedLine, NextPatient, Step, StepKind

SAID = {
    StepKind.REGISTER: "on the register",
    StepKind.EXCLUSION: "excluded",
    StepKind.PERSONALISED_CARE: "personalised care adjustment",
    StepKind.UNKNOWN: "taken out, of a kind that is not known",
    StepKind.UNEXPLAINED: "not explained",
    StepKind.DENOMINATOR: "in the denominator",
}
ENDS = (StepKind.REGISTER, StepKind.DENOMINATOR)
FRONT = 46  # columns before the words of a count


def indicator_section(*, line: ExplainedLine, sources: Mapping[Citation, int]) -> Iterator[str]:
    """The lines about one indicator; none for the rounding, which is explained where the amounts are.

    `sources` numbers the citations that the page lists.
    """
    if not line.wording:
        return
    yield ""
    yield from paragraph(f"{line.indicator}: {line.points} of {line.offered} points")
    yield from paragraph(line.wording, indent=2)
    yield from paragraph(f"Why: {line.reason}", indent=2, hang=2)
    if line.next_patient is not None and line.percent:
        yield from paragraph(_next(line.next_patient, line.kind), indent=2, hang=2)
    yield from paragraph(f"{_cited(line, sources)}.", indent=2, hang=2)
    yield from _counted("Count", "File: line", "Submitted", "What")
    yield from _counts(line)


def _next(step: NextPatient, kind: str) -> str:
    who = "One patient fewer" if kind == "lower_is_better" else "One more patient"
    if step.points is None:
        return f"{who} in the numerator earns nothing more. {step.reason}"
    worth = "" if step.pounds is None else f", £{grouped(step.pounds)}"
    return f"{who} in the numerator earns {step.points} points{worth}."


def _cited(line: ExplainedLine, sources: Mapping[Citation, int]) -> str:
    """Where points and thresholds come from, and a warning where they still need a citation."""
    found = [("Points", line.points_source), (f"thresholds {line.lower} % and {line.upper} %", line.threshold_source)]
    return ", ".join(f"{what}: see source {_number(one, sources)}" for what, one in found if one is not None)


def _number(citation: Citation, sources: Mapping[Citation, int]) -> str:
    doubt = "" if citation.mark.verified else f" ({citation.mark}, needs a citation)"
    return f"{sources[citation]}{doubt}"


def _counts(line: ExplainedLine) -> Iterator[str]:
    """The steps to the denominator, and then the other counts, each with its place."""
    counts = {count.field: count for count in line.counts}
    for step in line.steps:
        yield from _placed(counts.get(step.name), _people(step), _words(step))
    stepped = {step.name for step in line.steps}
    for count in line.counts:
        if count.field not in stepped:
            people = "not sent" if count.value is None else f"{count.value:,}"
            yield from _placed(count, people, count.field)


def _placed(count: Count | None, people: str, words: str) -> Iterator[str]:
    if count is None or count.submitted is None:
        yield from _counted(people, "", "", words)
    else:
        yield from _counted(people, f"{count.file}: {count.line}", f"{count.submitted:%d/%m/%Y %H:%M:%S}", words)


def _counted(people: str, place: str, submitted: str, words: str) -> Iterator[str]:
    first, *others = wrap(words, WIDTH - FRONT, break_on_hyphens=False)
    yield f"{people:>10}  {place:>11}  {submitted:<19}  {first}"
    yield from (f"{'':{FRONT}}{line}" for line in others)


def _people(step: Step) -> str:
    if step.people is None:
        return "not sent"
    if step.kind in ENDS:
        return f"{step.people:,}"
    return f"{-step.people:+,}" if step.people else "0"


def _words(step: Step) -> str:
    if step.kind is StepKind.REGISTER:
        return f"{SAID[step.kind]}: {step.name}"
    if step.kind is StepKind.DENOMINATOR:
        return SAID[step.kind]
    name = f"{step.name}, " if step.name else ""
    return f"{name}{SAID[step.kind]}{f': {step.text}' if step.text else ''}"
