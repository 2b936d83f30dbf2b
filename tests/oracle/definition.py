"""The figures of a service, read from its document: every number an exact fraction."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

SERVICES = Path(__file__).parents[2] / "schemas" / "services"


@dataclass(frozen=True)
class Scored:
    """An indicator that carries points. Thresholds in percent; `step` is 0 but for a stepped one; names are those of
    its own rows.
    """

    code: str
    group: str
    kind: str
    points: Fraction
    lower: Fraction
    upper: Fraction
    step: Fraction
    adjusted: bool
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Definition:
    """A service: `decided_by` names, for a group, the indicator whose register decides whether it is available.

    `policies` are the rules of the document by name.
    """

    code: str
    indicators: Sequence[Scored]
    decided_by: Mapping[str, str]
    value_of_point: Fraction
    national_average_list: Fraction
    policies: Mapping[str, str]


def definition(service: str) -> Definition:
    return definition_at(SERVICES / f"{service}.toml")


def definition_at(path: Path) -> Definition:
    with path.open("rb") as file:
        document = tomllib.load(file, parse_float=Fraction)
    return Definition(
        code=document["code"],
        indicators=[_scored(entry) for entry in document["indicators"] if entry["kind"] != "information"],
        decided_by={group["code"]: group["decided_by"] for group in document["groups"] if "decided_by" in group},
        value_of_point=Fraction(document["parameters"]["value_of_point"]["value"]),
        national_average_list=Fraction(document["parameters"]["national_average_list"]["value"]),
        policies={name: policy["rule"] for name, policy in document["policies"].items()},
    )


def _scored(entry: Mapping[str, Any]) -> Scored:
    return Scored(
        code=entry["code"],
        group=entry["group"],
        kind=entry["kind"],
        points=Fraction(entry["points"]),
        lower=Fraction(entry.get("lower", 0)),
        upper=Fraction(entry.get("upper", 0)),
        step=Fraction(entry.get("step", 0)),
        adjusted=entry["prevalence"] == "own register",
        fields=entry["fields"],
    )
