"""Every place in a service document that names a source, so that no figure stands without one."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.gates import Gates, Threshold
from schemas.model import SourceKey
from schemas.service import Indicator, Mark, ServiceDocument


class Citation(NamedTuple):
    """One use of a source: where it is, how many figures it vouches for (0 for a name, rule or window), and its key."""

    where: str
    figures: int
    source: SourceKey


def citations(*, document: ServiceDocument) -> Iterator[Citation]:
    """Every use of a source, in the order of the document."""
    yield Citation("totals", 2, document.totals.source)
    for name, parameter in document.parameters:
        yield Citation(name, 1, parameter.source)
    for name, policy in document.policies:
        yield Citation(name, 0, policy.source)
    yield from gate_citations(gates=document.gates)
    if document.protection is not None:
        yield Citation("protection", 0, document.protection.source)
    for collection in document.collections:
        yield Citation(f"collection {collection.achievement_date}", 0, collection.source)
    for group in document.groups:
        yield Citation(f"group {group.code}", 0, group.source)
    for indicator in document.indicators:
        yield from indicator_citations(indicator=indicator)
    for name, adjustment in document.adjustments.items():
        yield Citation(f"adjustment {name}", 0, adjustment.source)


def gate_citations(*, gates: Gates) -> Iterator[Citation]:
    """What the gates cite. Thresholds are choices, not figures of the service that lack a citation."""
    for name, threshold in gates:
        if isinstance(threshold, Threshold):
            yield Citation(f"gate {name}", 0, threshold.source)


def indicator_citations(*, indicator: Indicator) -> Iterator[Citation]:
    """What one indicator cites: its points, both thresholds with one source, prevalence and field names."""
    code = indicator.code
    yield Citation(f"{code} points", 1, indicator.points_source)
    if indicator.threshold_source is not None:
        yield Citation(f"{code} thresholds", 2, indicator.threshold_source)
    yield Citation(f"{code} prevalence", 0, indicator.prevalence_source)
    yield Citation(f"{code} fields", 0, indicator.fields_source)


def unverified_figures(*, document: ServiceDocument) -> int:
    """How many figures still need a citation: neither cited nor by arithmetic from what is."""
    used = citations(document=document)
    return sum(citation.figures for citation in used if not document.sources[citation.source].verified)


def weakest_mark(*, document: ServiceDocument, indicator: Indicator) -> Mark:
    """The mark of an indicator's figures: the weaker of its points' and its thresholds'."""
    order = tuple(Mark)
    figures = (citation for citation in indicator_citations(indicator=indicator) if citation.figures)
    return max((document.sources[citation.source].mark for citation in figures), key=order.index)
