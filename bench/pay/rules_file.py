"""The figures of a service document as the small files that the peers read, so that none has a figure typed in."""

import json
from collections.abc import Iterator
from pathlib import Path

from bench.calculate.figures import refuse_other_policies
from bench.pay.layout import PARAMETERS, RULES
from cqrs.table_file import write_table
from schemas.service import Indicator, Kind, Prevalence, ServiceDocument

COLUMNS = (
    *("indicator", "kind", "points", "lower", "upper"),  # points; thresholds in percent, 0 where there is none
    *("register", "numerator", "denominator", "flag"),  # the FIELD_NAME of each, empty where there is no such row
    *("adjusted", "group", "decided_by"),  # decided_by: the indicator whose register decides the group
)
KNOWN_KINDS = frozenset({Kind.REGISTER, Kind.YES_NO, Kind.FRACTION})


def write_rules(*, folder: Path, document: ServiceDocument) -> None:
    """Write rules.csv and parameters.json. Raises ValueError for a policy or a kind that the peers do not know."""
    refuse_other_policies(document=document)
    if unknown := {indicator.kind for indicator in document.scored} - KNOWN_KINDS:
        raise ValueError(f"The peers do not know {', '.join(sorted(unknown))} indicators.")
    write_table(path=folder / RULES, columns=COLUMNS, rows=_rows(document))
    parameters = {
        "service": document.code,
        "achievement_date": f"{max(entry.achievement_date for entry in document.collections):%Y%m%d}",
        "value_of_point": str(document.parameters.value_of_point.value),
        "national_average_list": document.parameters.national_average_list.value,
    }
    (folder / PARAMETERS).write_text(json.dumps(parameters, indent=2) + "\n", encoding="ascii")


def _rows(document: ServiceDocument) -> Iterator[tuple[str, ...]]:
    decided_by = {group.code: group.decided_by for group in document.groups}
    for indicator in document.scored:
        yield _row(indicator, decided_by[indicator.group])


def _row(indicator: Indicator, decided_by: str | None) -> tuple[str, ...]:
    fields = indicator.fields
    names = (fields.register_name, fields.numerator, fields.denominator, fields.flag)
    figures = (indicator.points, indicator.lower or 0, indicator.upper or 0)
    adjusted = "true" if indicator.prevalence is Prevalence.OWN_REGISTER else "false"
    return (
        *(indicator.code, indicator.kind.value),
        *map(str, figures),
        *(name or "" for name in names),
        *(adjusted, indicator.group, decided_by or ""),
    )
