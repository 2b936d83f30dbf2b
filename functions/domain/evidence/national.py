"""The national figures of a run, and the sums that they were worked out from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from functions.domain.calculate.inputs import FrozenPractice
from functions.domain.calculate.prevalence import national_prevalence, prevalence_sums
from functions.domain.calculate.rules import Rules
from functions.domain.digest import canonical_json


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """By indicator: `prevalence` and the sum `raw` of the practices' prevalences, as whole numbers of `1 / scale`,
    and the people on all `registers`. `practices` and `people` count the practices with a list above 0, and its people.
    """

    practices: int
    people: int
    scale: int
    prevalence: Mapping[str, int]
    raw: Mapping[str, int]
    registers: Mapping[str, int]


FIGURES = TypeAdapter(NationalFigures)


def national_figures(*, rules: Rules, practices: Iterable[FrozenPractice]) -> NationalFigures:
    """The national figures over the practices of a run."""
    counted = ((practice.list_size, practice.submission.values) for practice in practices)
    sums = prevalence_sums(rules=rules, practices=counted)
    prevalence = national_prevalence(policy=rules.national_prevalence, sums=sums)
    return NationalFigures(sums.practices, sums.people, sums.scale, prevalence, sums.raw, sums.registers)


def national_bytes(*, figures: NationalFigures) -> bytes:
    """National figures as they are kept."""
    return canonical_json(
        {
            "practices": figures.practices,
            "people": figures.people,
            "scale": figures.scale,
            "prevalence": dict(figures.prevalence),
            "raw": dict(figures.raw),
            "registers": dict(figures.registers),
        }
    )


def national_from_bytes(*, body: bytes) -> NationalFigures:
    """The figures that `national_bytes` wrote. Raises ValueError where the bytes are no such figures."""
    return FIGURES.validate_json(body, strict=True)
