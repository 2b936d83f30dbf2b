"""What the command line shows of service documents, as tables."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from cqrs.table import Row, Table
from schemas.citation import citations, indicator_citations, unverified_figures, weakest_mark
from schemas.gates import Threshold
from schemas.protection import Protection
from schemas.service import Indicator, ServiceDocument, Source

POINTS = frozenset({"indicators", "points", "step", "lower", "upper", "unverified figures"})


def services_table(*, documents: Iterable[ServiceDocument]) -> Table:
    """One line a service: what it is, how large, and how many of its figures still need a citation."""
    columns = ("code", "name", "indicators", "points", "unverified figures")
    return Table("", columns, tuple(_service(document) for document in documents), POINTS)


def service_tables(*, document: ServiceDocument) -> Iterator[Table]:
    """Everything a reader needs to check a service: parameters, policies, gates, indicators and open citations."""
    notes = footnotes(document=document)
    yield _parameters(document)
    yield _policies(document)
    yield _gates(document)
    if document.protection is not None:
        yield _protection(document, document.protection)
    columns = ("code", "group", "kind", "points", "step", "lower", "upper", "register", "mark", "notes")
    rows = tuple(_indicator(document, indicator, notes) for indicator in document.indicators)
    yield Table("Indicators: points, and thresholds in percent", columns, rows, POINTS)
    yield _footnotes(document, notes)


def footnotes(*, document: ServiceDocument) -> Mapping[str, int]:
    """The number of each source that cannot be trusted yet, in the order in which the document cites them."""
    used = dict.fromkeys(citation.source for citation in citations(document=document))
    doubtful = (key for key in used if not document.sources[key].verified)
    return MappingProxyType({key: number for number, key in enumerate(doubtful, start=1)})


def _service(document: ServiceDocument) -> Row:
    points, doubtful = sum(i.points for i in document.scored), unverified_figures(document=document)
    return Row((document.code, document.name, str(len(document.scored)), str(points), str(doubtful)), doubtful > 0)


def _parameters(document: ServiceDocument) -> Table:
    rows = []
    for name, parameter in document.parameters:
        source = document.sources[parameter.source]
        rows.append(_row(source, name, str(parameter.value), parameter.unit, str(parameter.date)))
    return Table("Parameters", ("parameter", "value", "unit", "date", "mark", "source"), tuple(rows))


def _policies(document: ServiceDocument) -> Table:
    rows = tuple(_row(document.sources[policy.source], name, policy.rule) for name, policy in document.policies)
    return Table("Policies", ("policy", "rule", "mark", "source"), rows)


def _gates(document: ServiceDocument) -> Table:
    rows = tuple(
        _row(document.sources[threshold.source], name, str(threshold.value), threshold.unit)
        for name, threshold in document.gates
        if isinstance(threshold, Threshold)
    )
    return Table("Gates", ("gate", "threshold", "unit", "mark", "source"), rows)


def _protection(document: ServiceDocument, given: Protection) -> Table:
    columns = ("points of", "without earlier", "author", "reason", "indicators", "mark", "source")
    cells = (given.points_of, given.without_earlier, given.author, given.reason, " ".join(given.indicators))
    return Table("Protection", columns, (_row(document.sources[given.source], *cells),))


def _row(source: Source, *cells: str) -> Row:
    return Row((*cells, source.mark, source.text), not source.verified)


def _indicator(document: ServiceDocument, indicator: Indicator, notes: Mapping[str, int]) -> Row:
    mark = weakest_mark(document=document, indicator=indicator)
    cited = {citation.source for citation in indicator_citations(indicator=indicator)}
    numbers = " ".join(f"[{number}]" for key, number in notes.items() if key in cited)
    figures = (indicator.points, indicator.step, indicator.lower, indicator.upper)
    register = indicator.fields.register_name or ""
    cells = (indicator.code, indicator.group, indicator.kind, *map(_figure, figures), register, mark, numbers)
    return Row(cells, not mark.verified)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _footnotes(document: ServiceDocument, notes: Mapping[str, int]) -> Table:
    sources = ((number, document.sources[key]) for key, number in notes.items())
    rows = tuple(Row((f"[{number}]", source.mark, source.text), marked=True) for number, source in sources)
    return Table("Still to be cited", ("note", "mark", "source"), rows)
