"""The functions of a run, each with what it may do and nothing more: from Freeze to Publish, in the order of a run."""

from dataclasses import dataclass

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import Size, make_function

INPUTS = "inputs/"
DOCUMENTS = "documents/"
RUNS = "runs/"


@dataclass(frozen=True, slots=True)
class RunFunctions:
    """One function for each step of a run."""

    freeze: lambda_.Function
    inspect: lambda_.Function
    plan: lambda_.Function
    calculate: lambda_.Function
    publish: lambda_.Function

    @property
    def all(self) -> tuple[lambda_.Function, ...]:
        """Every one of them."""
        return self.freeze, self.inspect, self.plan, self.calculate, self.publish


def make_run_functions(scope: Construct, *, base: Foundation) -> RunFunctions:
    """The functions of a run, in this scope."""
    return RunFunctions(
        freeze=_freeze(scope, base),
        inspect=_inspect(scope, base),
        plan=_plan(scope, base),
        calculate=_calculate(scope, base),
        publish=_publish(scope, base),
    )


def _freeze(scope: Construct, base: Foundation) -> lambda_.Function:
    storage = base.storage
    tables = (storage.submissions, storage.organisations, storage.participation, storage.achievements)
    return make_function(
        scope,
        "Freeze",
        handler="functions.calculate.handler.freeze",
        package=base.package,
        size=Size(memory=1769, timeout=5 * 60),  # it reads the nation's submissions: some 6,500 items of 2 KB
        environment=base.environment(
            "SUBMISSIONS_TABLE",
            "ORGANISATIONS_TABLE",
            "PARTICIPATION_TABLE",
            "ACHIEVEMENTS_TABLE",
            "EVIDENCE_BUCKET",
        ),
        statements=[
            permissions.read_items(*tables),
            permissions.write_items(storage.achievements),
            permissions.get_objects(storage.evidence, RUNS),  # the points of an earlier year
            permissions.put_objects(storage.evidence, INPUTS, DOCUMENTS, RUNS),
        ],
    )


def _inspect(scope: Construct, base: Foundation) -> lambda_.Function:
    storage = base.storage
    return make_function(
        scope,
        "Inspect",
        handler="functions.calculate.handler.inspect",
        package=base.package,
        size=Size(memory=1769, timeout=5 * 60),  # it reads two nations: 280 MB and 12 s for 7,000 practices
        environment=base.environment("ACHIEVEMENTS_TABLE", "HOLDS_TABLE", "EVIDENCE_BUCKET", "EVENT_BUS"),
        statements=[
            permissions.read_items(storage.achievements, storage.holds),
            permissions.write_items(storage.holds),
            permissions.get_objects(storage.evidence, INPUTS, DOCUMENTS, RUNS),
            permissions.put_objects(storage.evidence, RUNS),
            permissions.put_events(base.bus),
        ],
    )


def _plan(scope: Construct, base: Foundation) -> lambda_.Function:
    return make_function(
        scope,
        "Plan",
        handler="functions.calculate.handler.plan",
        package=base.package,
        size=Size(memory=512, timeout=60),
        environment=base.environment("EVIDENCE_BUCKET"),
        statements=[
            permissions.get_objects(base.storage.evidence, INPUTS),
            permissions.put_objects(base.storage.evidence, RUNS),
        ],
    )


def _calculate(scope: Construct, base: Foundation) -> lambda_.Function:
    return make_function(
        scope,
        "Calculate",
        handler="functions.calculate.handler.calculate",
        package=base.package,
        size=Size(memory=1024, timeout=2 * 60),
        environment=base.environment("ACHIEVEMENTS_TABLE", "EVIDENCE_BUCKET"),
        statements=[
            permissions.get_objects(base.storage.evidence, INPUTS, DOCUMENTS, RUNS),
            permissions.put_objects(base.storage.evidence, RUNS),
            permissions.write_many_items(base.storage.achievements),
        ],
    )


def _publish(scope: Construct, base: Foundation) -> lambda_.Function:
    achievements = base.storage.achievements
    return make_function(
        scope,
        "Publish",
        handler="functions.calculate.handler.publish",
        package=base.package,
        size=Size(memory=512, timeout=2 * 60),
        environment=base.environment("ACHIEVEMENTS_TABLE", "EVENT_BUS"),
        statements=[
            permissions.read_items(achievements),
            permissions.write_items(achievements),
            permissions.put_events(base.bus),
        ],
    )
