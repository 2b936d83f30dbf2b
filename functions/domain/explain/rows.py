"""An explanation as rows of CSV: one figure a row, each with where it comes from."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from schemas.explanation import Count, ExplainedLine, Explanation

COLUMNS = ("SECTION", "INDICATOR", "NAME", "VALUE", "UNIT", "FILE", "LINE", "SUBMITTED", "DATE", "MARK", "SOURCE")


class Row(NamedTuple):
    """One figure; blank where a column says nothing about it."""

    section: str
    indicator: str
    name: str
    value: str
    unit: str = ""
    file: str = ""
    line: str = ""
    submitted: str = ""
    date: str = ""
    mark: str = ""
    source: str = ""


UNITS = {
    "percent": "percent",
    "lower": "percent",
    "upper": "percent",
    "offered": "points",
    "extracted_points": "points",
    "points": "points",
    "value_of_point": "pounds",
    "practice_list": "people",
    "national_average_list": "people",
    "amount": "pounds",
    "register_count": "people",
    "numerator": "people",
    "denominator": "people",
}
LISTED = ("list size", "days open", "contract opened", "contract closed")
TOLD = (*UNITS, "flag", "national_prevalence", "prevalence_factor", "list_factor", "part_of_year", "reason")


def explanation_csv(*, explanation: Explanation) -> bytes:
    """The rows under COLUMNS, as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(explanation_rows(explanation=explanation))
    return text.getvalue().encode()


def explanation_rows(*, explanation: Explanation) -> Iterator[Row]:
    """Every figure of an explanation, the total first; what the reader may not see has no row."""
    yield from _summary(explanation)
    for group in explanation.unavailable:
        name, source = f"{group.code}: {group.name}", f"{group.register_name} is 0"
        yield Row("not available", group.decided_by, name, group.points, "points", source=source)
    for line in explanation.lines:
        yield from _line(line)
        yield from _counts(line, explanation)
        yield from _steps(line)
        yield from _more(line)
        yield from _national(line)
        yield from _decision(line)
    for figure in explanation.figures:
        place = (figure.mark, f"{figure.authority}: {figure.source}")
        yield Row("figure", "", figure.name, figure.value, figure.unit, "", "", "", f"{figure.date}", *place)
    for policy in explanation.policies:
        yield Row("policy", "", policy.name, policy.rule, mark=policy.mark, source=policy.source)
    yield from _run(explanation)


def _summary(told: Explanation) -> Iterator[Row]:
    listed = told.listed
    found = (
        ("payment", told.payment, "pounds"),
        ("points", told.points, "points"),
        ("points offered", told.offered, "points"),
        ("points available", told.available, "points"),
        ("points left", told.left.points, "points"),
        ("points left, worth", told.left.pounds, "pounds"),
        ("list size", str(told.list_size), "people"),
        ("days open", None if told.days_open is None else f"{told.days_open}/{told.days}", "days"),
        ("contract opened", _day(listed.opened if listed else None), ""),
        ("contract closed", _day(listed.closed if listed else None), ""),
        ("note", told.remark or None, ""),
    )
    for name, value, unit in found:
        if value is not None:
            row = Row("summary", "", name, value, unit)
            yield _placed(row, told) if name in LISTED else row


def _placed(row: Row, told: Explanation) -> Row:
    """The row of a figure that the file of organisations gave."""
    counted = row._replace(date=f"{told.list_date}") if row.name == "list size" else row
    listed = told.listed
    if listed is None:
        return counted
    return counted._replace(file=listed.name, line=str(listed.line), source=listed.file)


def _day(bound: date | None) -> str | None:
    return None if bound is None else f"{bound}"


def _line(line: ExplainedLine) -> Iterator[Row]:
    for name in TOLD:
        value = getattr(line, name)
        if value:
            source = {"offered": line.points_source, "lower": line.threshold_source, "upper": line.threshold_source}
            cited = source.get(name)
            mark, text = ("", "") if cited is None else (str(cited.mark), cited.text)
            yield Row("working", line.indicator, name, value, UNITS.get(name, ""), mark=mark, source=text)


def _counts(line: ExplainedLine, told: Explanation) -> Iterator[Row]:
    files = {file.number: file for file in told.files}
    for count in line.counts:
        if count.value is None or count.file is None:
            yield Row("count", line.indicator, count.field, "", "not sent")
        else:
            file = files[count.file]
            source = " ".join(word for word in (file.supplier, file.id) if word)
            yield Row(
                "count",
                line.indicator,
                count.field,
                str(count.value),
                "people",
                file.name,
                *_place(count),
                source=source,
            )


def _place(count: Count) -> tuple[str, str]:
    return str(count.line), "" if count.submitted is None else count.submitted.isoformat(sep=" ")


def _steps(line: ExplainedLine) -> Iterator[Row]:
    for step in line.steps:
        name = f"{step.kind}: {step.name}" if step.name else str(step.kind)
        people = "" if step.people is None else str(step.people)
        yield Row("from register to denominator", line.indicator, name, people, "people", source=step.text)


def _more(line: ExplainedLine) -> Iterator[Row]:
    if line.next_patient is not None:
        step = line.next_patient
        for unit, value in (("points", step.points), ("pounds", step.pounds)):
            if value is not None:
                yield Row("next patient", line.indicator, unit, value, unit)
        if step.reason:
            yield Row("next patient", line.indicator, "none", "", source=step.reason)
    if line.left is not None:
        for unit, value in (("points", line.left.points), ("pounds", line.left.pounds)):
            if value is not None:
                yield Row("left", line.indicator, unit, value, unit)


def _national(line: ExplainedLine) -> Iterator[Row]:
    if line.national is not None:
        for name, value in line.national:
            yield Row("national", line.indicator, name, str(value))


def _decision(line: ExplainedLine) -> Iterator[Row]:
    if line.decision_id is not None:
        found = line.decision
        row = Row("decision", line.indicator, line.decision_id, line.points, "points")
        if found is not None:
            place = {"file": found.file, "line": str(found.line)} if found.file else {}
            row = row._replace(source=f"{found.author}: {found.reason} {found.source}", **place)
        yield row


def _run(told: Explanation) -> Iterator[Row]:
    run = told.run
    for name, value in (
        ("id", run.id),
        ("inputs", run.inputs),
        ("document", run.document),
        ("code", run.code),
        ("frozen at", run.frozen_at.isoformat()),
    ):
        yield Row("run", "", name, value)
