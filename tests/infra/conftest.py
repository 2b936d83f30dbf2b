"""The templates of both stages, synthesised once for a state of their sources."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cqrs.assembly import assembly
from infra.stage import Name

Template = Mapping[str, Any]
Resources = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def assemblies() -> Mapping[Name, Path]:
    stages: tuple[Name, ...] = ("aws", "local")
    with ThreadPoolExecutor() as workers:
        return dict(zip(stages, workers.map(assembly, stages), strict=True))


def _template(folder: Path) -> Template:
    found: Template = json.loads((folder / "Cqrs.template.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def aws(assemblies: Mapping[Name, Path]) -> Template:
    return _template(assemblies["aws"])


@pytest.fixture(scope="session")
def local(assemblies: Mapping[Name, Path]) -> Template:
    return _template(assemblies["local"])


@pytest.fixture(scope="session")
def resources(aws: Template) -> Callable[[str], Resources]:
    """The resources of a type in the aws template, by logical id."""
    return lambda kind: {name: found for name, found in aws["Resources"].items() if found["Type"] == kind}


@pytest.fixture(scope="session")
def properties(resources: Callable[[str], Resources]) -> Callable[[str], Resources]:
    """The properties of the resources of a type in the aws template, by logical id; there is at least one."""

    def find(kind: str) -> Resources:
        found = {name: resource["Properties"] for name, resource in resources(kind).items()}
        assert found, f"the template has no {kind}"
        return found

    return find


@pytest.fixture(scope="session")
def machines(aws: Template, properties: Callable[[str], Resources]) -> Resources:
    """The definitions of the state machines; a function is written as its logical id, a parameter as its default."""

    def text(part: Any) -> str:
        match part:
            case str():
                return part
            case {"Fn::GetAtt": [name, _]}:
                return str(name)
            case {"Ref": name} if name in aws["Parameters"]:
                return str(aws["Parameters"][name]["Default"])
            case _:
                return "aws"

    return {
        name: json.loads("".join(text(part) for part in machine["DefinitionString"]["Fn::Join"][1]))
        for name, machine in properties("AWS::StepFunctions::StateMachine").items()
    }
