"""Service documents changed in one place, to see what the linter says of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from schemas.protection import Protection, WithoutEarlier
from schemas.service import Adjustment, AdjustmentKind, Group, ServiceDocument

Change = Callable[[ServiceDocument], ServiceDocument]
SFE = "Statement of Financial Entitlements"


def with_indicator(code: str, /, **changes: object) -> Change:
    def change(document: ServiceDocument) -> ServiceDocument:
        indicators = (i.model_copy(update=changes) if i.code == code else i for i in document.indicators)
        return document.model_copy(update={"indicators": tuple(indicators)})

    return change


def with_fields(code: str, /, **names: str | None) -> Change:
    def change(document: ServiceDocument) -> ServiceDocument:
        fields = next(i.fields for i in document.indicators if i.code == code)
        return with_indicator(code, fields=fields.model_copy(update=names))(document)

    return change


def with_rule(code: str, name: str) -> Change:
    """One rule more than the indicator has."""

    def change(document: ServiceDocument) -> ServiceDocument:
        rules = next(i.rules for i in document.indicators if i.code == code)
        return with_indicator(code, rules=(*rules, name))(document)

    return change


def with_decider(code: str, decided_by: str) -> Change:
    def change(document: ServiceDocument) -> ServiceDocument:
        groups = (g.model_copy(update={"decided_by": decided_by}) if g.code == code else g for g in document.groups)
        return document.model_copy(update={"groups": tuple(groups)})

    return change


def with_group(group: Group) -> Change:
    return lambda document: document.model_copy(update={"groups": (*document.groups, group)})


def with_totals(**changes: object) -> Change:
    return lambda document: document.model_copy(update={"totals": document.totals.model_copy(update=changes)})


def with_parameter(name: str, /, **changes: object) -> Change:
    def change(document: ServiceDocument) -> ServiceDocument:
        parameter = getattr(document.parameters, name).model_copy(update=changes)
        return document.model_copy(update={"parameters": document.parameters.model_copy(update={name: parameter})})

    return change


def with_year_end(**changes: object) -> Change:
    """The year-end collection changed."""

    def change(document: ServiceDocument) -> ServiceDocument:
        *others, last = document.collections
        return document.model_copy(update={"collections": (*others, last.model_copy(update=changes))})

    return change


def with_protection(*indicators: str, points_of: str = "QOF2223") -> Change:
    protection = Protection(
        indicators=indicators,
        points_of=points_of,
        without_earlier=WithoutEarlier.AS_ACHIEVED,
        author="NHS England",
        reason="The year was not an ordinary one.",
        source="calendar",
    )
    return lambda document: document.model_copy(update={"protection": protection})


def with_authority(name: str, authority: str) -> Change:
    """Another issuer asked for by the gates, as when the document's own is the wrong one."""

    def change(document: ServiceDocument) -> ServiceDocument:
        authorities = document.gates.authorities.model_copy(update={name: authority})
        return document.model_copy(update={"gates": document.gates.model_copy(update={"authorities": authorities})})

    return change


def with_threshold(name: str, value: str) -> Change:
    """Another threshold of a gate."""

    def change(document: ServiceDocument) -> ServiceDocument:
        threshold = getattr(document.gates, name).model_copy(update={"value": Decimal(value)})
        return document.model_copy(update={"gates": document.gates.model_copy(update={name: threshold})})

    return change


def with_adjustment(name: str) -> Change:
    adjustment = Adjustment(kind=AdjustmentKind.EXCLUSION, text="Patient has gout.", source="calendar")
    return lambda document: document.model_copy(update={"adjustments": {**document.adjustments, name: adjustment}})


def all_of(*changes: Change) -> Change:
    def change(document: ServiceDocument) -> ServiceDocument:
        for one in changes:
            document = one(document)
        return document

    return change


def without_collections(document: ServiceDocument) -> ServiceDocument:
    sources = {key: source for key, source in document.sources.items() if key != "calendar"}
    return document.model_copy(update={"collections": (), "sources": sources})


def with_unused_source(document: ServiceDocument) -> ServiceDocument:
    return document.model_copy(update={"sources": {**document.sources, "hearsay": document.sources["calendar"]}})


def ending(day: date) -> Change:
    return lambda document: document.model_copy(update={"year": document.year.model_copy(update={"ends": day})})
