"""Small services: a few indicators of QOF 2023/24 with everything that belongs to them."""

from enum import StrEnum

from functions.domain.check.reading import Expectation
from functions.domain.grid import Grid, service_grid
from schemas.catalogue import service_document
from schemas.policy import NationalPrevalence, ZeroRegister
from schemas.service import ServiceDocument


def small_service(
    *codes: str,
    prevalence: NationalPrevalence = NationalPrevalence.MEAN_OF_PRACTICES,
    zero_register: ZeroRegister = ZeroRegister.GROUP_UNAVAILABLE,
    service: str = "QOF2324",
) -> ServiceDocument:
    """A service, QOF 2023/24 unless told, cut down to the indicators named, with the policies wanted."""
    document = service_document(service)
    indicators = tuple(indicator for indicator in document.indicators if indicator.code in codes)
    used = {indicator.group for indicator in indicators}
    groups = tuple(group for group in document.groups if group.code in used)
    small = document.model_copy(update={"indicators": indicators, "groups": groups})
    return with_policies(small, national_prevalence=prevalence, zero_register=zero_register)


def with_policies(document: ServiceDocument, **rules: StrEnum) -> ServiceDocument:
    """A document with other rules, by the names of its policies."""
    changed = {name: getattr(document.policies, name).model_copy(update={"rule": rule}) for name, rule in rules.items()}
    return document.model_copy(update={"policies": document.policies.model_copy(update=changed)})


def small_grid(*codes: str) -> Grid:
    """The grid of the indicators named."""
    return service_grid(document=small_service(*codes))


def expectation(grid: Grid, *practices: str) -> Expectation:
    """What an extract of QOF 2023/24 at the year end is held against."""
    known = frozenset(practices)
    admitted = {"20240331": known, "20240229": known}
    return Expectation(service="QOF2324", organisations=known, admitted=admitted, grid=grid, listed={})
