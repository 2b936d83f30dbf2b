"""An explanation as a page of plain text that a practice manager reads: the total first, then what it is made of."""

from collections.abc import Iterator

from functions.domain.explain.columns import day, grouped, heading, named, paragraph, table
from functions.domain.explain.indicator import indicator_section
from functions.domain.explain.year import figures_section, national_section, policies_section, run_section
from schemas.decision import PointsDecision
from schemas.explanation import Citation, ExplainedLine, Explanation

POINT_HEADS = ("Indicator", "Counted", "Of", "%", "From-to", "Points", "Offered")


def page(*, explanation: Explanation) -> str:
    """The page, no line of it wider than `columns.WIDTH`, with a line ending after each."""
    sources = _numbered(explanation)
    lines = [
        *_summary(explanation),
        *_indicators(explanation),
        *_left(explanation),
        *_decisions(explanation),
        *heading("Each indicator: why, and where every count comes from"),
        *_files(explanation),
        *(line for one in explanation.lines for line in indicator_section(line=one, sources=sources)),
        *_sources(sources),
        *figures_section(explanation=explanation),
        *national_section(explanation=explanation),
        *policies_section(explanation=explanation),
        *run_section(explanation=explanation),
    ]
    return "".join(f"{line}\n" for line in lines)


def _summary(told: Explanation) -> Iterator[str]:
    title = f"How the payment of practice {told.organisation} came about"
    yield from (title, "=" * len(title), "")
    if told.payment is not None:
        yield from named("Payment", f"£{grouped(told.payment)}")
    yield from named("Points", f"{told.points} of {told.available} that were available to this practice")
    yield from _unavailable(told)
    yield from named("Still to gain", _worth(told.left.points or "0.00", told.left.pounds))
    yield from named("Service", f"{told.service_name} ({told.service})")
    yield from named("Achieved at", f"{day(told.achievement_date)}, in a {told.run_kind} run")
    yield from named("List", f"{told.list_size:,} people registered on {day(told.list_date)}{_row(told)}")
    yield from named("Contract", _contract(told))
    if told.remark:
        yield from named("Note", told.remark)


def _unavailable(told: Explanation) -> Iterator[str]:
    """Why the service offers more points than were available: each clinical area that was taken out, and by what."""
    for number, group in enumerate(told.unavailable):
        text = (
            f"{group.points} of {told.offered}: {group.name} ({group.code}), for nobody is on its register "
            f"({group.register_name} of {group.decided_by})"
        )
        yield from named("" if number else "Not available", text)


def _worth(points: str, pounds: str | None) -> str:
    return f"{points} points" if pounds is None else f"{points} points, worth £{grouped(pounds)} here"


def _contract(told: Explanation) -> str:
    if told.days_open is None:
        return "open all year"
    bounds = _bounds(told)
    return f"open on {told.days_open} of the {told.days} days of the year{f': {bounds}' if bounds else ''}"


def _bounds(told: Explanation) -> str:
    if told.listed is None:
        return ""
    ends = (("from", told.listed.opened), ("to", told.listed.closed))
    return " ".join(f"{word} {day(bound)}" for word, bound in ends if bound)


def _row(told: Explanation) -> str:
    if told.listed is None or not told.listed.name:
        return ""
    return f"; {told.listed.name}, line {told.listed.line}, id {told.listed.file}"


def _indicators(told: Explanation) -> Iterator[str]:
    yield from heading("Every indicator: points" if told.payment is None else "Every indicator: points and pounds")
    yield from paragraph(_method(told))
    yield ""
    scored = told.lines[:-1]
    if told.payment is None:
        yield from table(heads=POINT_HEADS, rows=[_points(line) for line in scored])
    else:
        heads = (*POINT_HEADS, "Prevalence", "List", "Pounds")
        amounts = [(*_points(line), *_pounds(line)) for line in told.lines]
        yield from table(heads=heads, rows=[*amounts, _total(told)])


def _method(told: Explanation) -> str:
    if told.payment is None:
        return "Counted is the numerator, the register or the flag; From-to are the thresholds, in per cent."
    return (
        f"Pounds are points x £{told.lines[0].value_of_point} x the prevalence factor x the list factor"
        f"{', x the share of the year' if told.days_open is not None else ''}. Counted is the numerator, "
        "the register or the flag; From-to are the thresholds, in per cent. The amounts are shown to four "
        "decimals and add up to the payment; what was rounded on the way is a line of its own."
    )


def _points(line: ExplainedLine) -> tuple[str, ...]:
    counted = line.numerator or line.register_count or line.flag
    thresholds = f"{line.lower}-{line.upper}" if line.lower else ""
    return (line.indicator, counted, line.denominator, line.percent, thresholds, line.points, line.offered)


def _pounds(line: ExplainedLine) -> tuple[str, ...]:
    return line.prevalence_factor or "", line.list_factor or "", grouped(line.amount or "")


def _total(told: Explanation) -> tuple[str, ...]:
    return ("Payment", *[""] * 4, told.points, "", "", "", grouped(f"{told.payment}00"))


def _left(told: Explanation) -> Iterator[str]:
    yield from heading("What more would earn")
    text = (
        "The points still to gain on each indicator, and what one more patient in the numerator would earn (one "
        "fewer where lower is better). The national figures do not depend on numerators, so this is exact."
    )
    yield from paragraph(text)
    yield ""
    money = told.payment is not None
    heads = ("Indicator", "Points left", *(["Worth"] if money else []), "Next: points", *(["Pounds"] if money else []))
    rows = [_left_cells(line, money=money) for line in told.lines if line.left and _has_left(line)]
    yield from table(heads=heads, rows=rows) if rows else ("Nothing is left to gain.",)


def _has_left(line: ExplainedLine) -> bool:
    return line.left is not None and line.left.points not in (None, "0.00")


def _left_cells(line: ExplainedLine, *, money: bool) -> tuple[str, ...]:
    left, step = line.left, line.next_patient
    points, worth = (left.points or "", left.pounds or "") if left else ("", "")
    more, pounds = (step.points or "-", step.pounds or "-") if step else ("-", "-")
    if not money:
        return line.indicator, points, more
    return line.indicator, points, grouped(worth), more, grouped(pounds)


def _decisions(told: Explanation) -> Iterator[str]:
    decided = [line for line in told.lines if line.decision_id is not None]
    if not decided:
        return
    yield from heading("Points fixed by a decision")
    rows = [(line.indicator, line.extracted_points, line.points, line.decision_id or "") for line in decided]
    yield from table(heads=("Indicator", "From counts", "Decided", "Decision"), rows=rows, left=(0, 3))
    for decision in {line.decision.id: line.decision for line in decided if line.decision}.values():
        yield ""
        yield from paragraph(
            f"{decision.id}: {_stopped(decision.reason)} Decided by {_stopped(decision.author)} "
            f"{decision.source}{_stood(decision)}"
        )


def _stopped(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _stood(decision: PointsDecision) -> str:
    return f" ({decision.file}, line {decision.line})" if decision.file else ""


def _numbered(told: Explanation) -> dict[Citation, int]:
    """The citations of points and thresholds, numbered from 1 as they first come."""
    used = (source for line in told.lines for source in (line.points_source, line.threshold_source) if source)
    return {source: number for number, source in enumerate(dict.fromkeys(used), 1)}


def _sources(sources: dict[Citation, int]) -> Iterator[str]:
    yield from heading("Sources of points and thresholds")
    for source, number in sources.items():
        yield from paragraph(f"{number}: {source.mark}. {source.text}", hang=4)


def _files(told: Explanation) -> Iterator[str]:
    yield from paragraph("A count's place is the number of its file here, and the line in it.")
    yield ""
    for file in told.files:
        supplier = f" from {file.supplier}" if file.supplier else ""
        yield from paragraph(f"File {file.number}: {file.name}{supplier}, id {file.id}", hang=2)
