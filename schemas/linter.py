"""The linter of service documents: what a document must satisfy beyond having the right shape."""

from collections.abc import Callable, Iterator
from tomllib import TOMLDecodeError
from typing import Final, TypeAlias

from pydantic import ValidationError

from schemas.lint.fields import adjustment_problems, cohort_problems, field_problems, name_problems
from schemas.lint.gates import gate_problems
from schemas.lint.groups import decider_problems, group_problems
from schemas.lint.indicators import (
    code_problems,
    point_problems,
    prevalence_problems,
    step_problems,
    threshold_problems,
    total_problems,
)
from schemas.lint.parameters import (
    authority_problems,
    date_problems,
    range_problems,
    unit_problems,
    value_problems,
)
from schemas.lint.protection import protection_problems
from schemas.lint.sources import source_problems
from schemas.lint.timetable import collection_problems, year_problems
from schemas.service import ServiceDocument

Check: TypeAlias = Callable[[ServiceDocument], Iterator[str]]

CHECKS: Final[tuple[Check, ...]] = (
    total_problems,
    year_problems,
    date_problems,
    unit_problems,
    range_problems,
    value_problems,
    authority_problems,
    gate_problems,
    protection_problems,
    collection_problems,
    group_problems,
    decider_problems,
    code_problems,
    point_problems,
    threshold_problems,
    step_problems,
    prevalence_problems,
    field_problems,
    cohort_problems,
    name_problems,
    adjustment_problems,
    source_problems,
)


def document_problems(*, document: ServiceDocument) -> tuple[str, ...]:
    """What is wrong with a service document: sentences that say where, what and what to do. None when it is fit."""
    return tuple(sentence for check in CHECKS for sentence in check(document))


def shape_problems(*, error: TOMLDecodeError | ValidationError) -> tuple[str, ...]:
    """Why a text is no service document at all, in the same form: a sentence for every place."""
    if isinstance(error, TOMLDecodeError):
        return (f"it is not TOML: {error}; correct the text there.",)
    return tuple(f"{'.'.join(map(str, item['loc']))}: {item['msg']}; correct it." for item in error.errors())
