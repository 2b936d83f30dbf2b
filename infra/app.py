"""The stack, put together. `python -m infra.app --stage aws --out FOLDER` writes its cloud assembly.

Calls no AWS and needs no credentials; once the layers are built it needs no network either.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import Acknowledgment, App, CfnOutput, CfnParameter, DefaultStackSynthesizer, Duration, Stack, Tags, Validations
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from cdk_nag import AwsSolutionsChecks
from constructs import Construct

from infra.bundle import ROOT, code_bundle, layer_bundle
from infra.calculation import Calculation
from infra.collection import Collection
from infra.declaration import Declaration
from infra.front import Front
from infra.function import Package
from infra.reasons import ACKNOWLEDGEMENTS
from infra.stage import STAGES, Stage
from infra.storage import Storage
from infra.watch import Watch

STACK = "Cqrs"


class Service(Stack):
    """The whole service for one stage."""

    def __init__(self, scope: Construct, name: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            name,
            analytics_reporting=False,
            termination_protection=stage.protect_from_termination,
            # The command line checks the bootstrap version by the manifest; the rule would add a parameter.
            synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
            description="Calculating Quality Reporting Service",
        )
        package = _package(self, stage)
        bus = events.EventBus(self, "CqrsBus")
        storage = Storage(self, "Storage", stage=stage)
        collection = Collection(
            self,
            "Collection",
            stage=stage,
            package=package,
            storage=storage,
            bus=bus,
            uploads_visibility=_seconds(
                self, "UploadsVisibilitySeconds", stage.uploads_visibility, "Hides an upload that is being read."
            ),
        )
        declaration = Declaration(
            self,
            "Declaration",
            package=package,
            storage=storage,
            decision_timeout=_seconds(
                self, "DecisionTimeoutSeconds", stage.decision_timeout, "A decision later than this is overdue."
            ),
        )
        calculation = Calculation(
            self,
            "Calculation",
            package=package,
            storage=storage,
            bus=bus,
            open_declarations=declaration.open,
        )
        front = Front(
            self,
            "Front",
            stage=stage,
            package=package,
            storage=storage,
            declaration_machine=declaration.machine,
        )
        functions = {
            "Ingest": collection.ingest,
            "Freeze": calculation.freeze,
            "Plan": calculation.plan,
            "Calculate": calculation.calculate,
            "Publish": calculation.publish,
            "Open": declaration.open,
            "Look": declaration.look,
            "Wait": declaration.wait,
            "Instruct": declaration.instruct,
            "Resume": declaration.resume,
            "Serve": front.serve,
        }
        Watch(
            self,
            "Watch",
            dead_letters=collection.dead_letters,
            calculation=calculation.machine,
            declaration=declaration.machine,
            api=front.api,
            functions=functions,
        )
        _tell(
            self,
            {
                "SubmissionsTable": storage.submissions.table_name,
                "OrganisationsTable": storage.organisations.table_name,
                "AchievementsTable": storage.achievements.table_name,
                "DeclarationsTable": storage.declarations.table_name,
                "GrantsTable": storage.grants.table_name,
                "ExchangeBucket": storage.exchange.bucket_name,
                "EvidenceBucket": storage.evidence.bucket_name,
                "ApiId": front.api.api_id,
                "ApiUrl": front.api.api_endpoint,
                "UserPoolId": front.users.user_pool_id,
                "UserPoolClientId": front.client.user_pool_client_id,
                "CalculationMachineArn": calculation.machine.state_machine_arn,
                "DeclarationMachineArn": declaration.machine.state_machine_arn,
                "UploadsQueueUrl": collection.uploads.queue_url,
                "DeadLettersQueueUrl": collection.dead_letters.queue_url,
                "EventBusName": bus.event_bus_name,
                **{f"{name}Function": function.function_name for name, function in functions.items()},
            },
        )
        Tags.of(self).add("service", "cqrs")


def _package(scope: Construct, stage: Stage) -> Package:
    code, layer = code_bundle(stage), layer_bundle(stage)
    return Package(
        code=lambda_.Code.from_asset(str(code.folder), asset_hash=code.digest),
        layer=lambda_.LayerVersion(
            scope,
            "Packages",
            code=lambda_.Code.from_asset(str(layer.folder), asset_hash=layer.digest),
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
            description="The third-party packages of requirements/functions.lock",
        ),
    )


def _seconds(scope: Construct, name: str, default: int, description: str) -> Duration:
    """A time that a deployment may set: tests cannot wait for the default."""
    parameter = CfnParameter(scope, name, type="Number", default=default, min_value=1, description=description)
    return Duration.seconds(parameter.value_as_number)


def _tell(scope: Construct, outputs: Mapping[str, str]) -> None:
    for name, value in outputs.items():
        CfnOutput(scope, name, value=value)


def synthesise(stage: Stage, out: Path) -> None:
    """Write the stage's cloud assembly to the folder; the aws stage is checked by cdk-nag on the way."""
    settings = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))
    app = App(outdir=str(out), context=settings["context"])
    stack = Service(app, STACK, stage=stage)
    if stage.enforce_tls:
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        for line in ACKNOWLEDGEMENTS:
            Validations.of(stack).acknowledge(Acknowledgment(id=line.rule, reason=line.because))
    app.synth()


def main() -> None:
    """Read the arguments, and write the assembly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=sorted(STAGES), default="aws")
    parser.add_argument("--out", type=Path, default=ROOT / "cdk.out")
    arguments = parser.parse_args()
    synthesise(STAGES[arguments.stage], arguments.out)


if __name__ == "__main__":
    main()
