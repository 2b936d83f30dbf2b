"""The stack: its units put together, and what it tells about itself."""

from aws_cdk import CfnOutput, CfnParameter, DefaultStackSynthesizer, Duration, Stack, Tags
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.bundle import code_bundle, layer_bundle
from infra.calculation import Calculation
from infra.collection import Collection
from infra.declaration import Declaration
from infra.foundation import Foundation
from infra.front import Front
from infra.function import Package
from infra.stage import Stage
from infra.storage import Storage
from infra.watch import Watch, Watched

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
        self._base = Foundation(
            stage=stage,
            package=_package(self, stage),
            storage=Storage(self, "Storage", stage=stage),
            bus=events.EventBus(self, "CqrsBus"),
        )
        hidden = self._seconds("UploadsVisibilitySeconds", stage.uploads_visibility, "Hides an upload being read.")
        late = self._seconds("DecisionTimeoutSeconds", stage.decision_timeout, "A decision later than this is overdue.")
        read = self._seconds("ReadingSeconds", stage.reading_seconds, "Another reads a file on after this.", least=0)
        self._collection = Collection(self, "Collection", base=self._base, uploads_visibility=hidden, reading_time=read)
        self._declaration = Declaration(self, "Declaration", base=self._base, decision_timeout=late)
        self._calculation = Calculation(
            self,
            "Calculation",
            base=self._base,
            open_declarations=self._declaration.open_declarations,
            decision_timeout=late,
        )
        self._front = Front(
            self,
            "Front",
            base=self._base,
            calculation_machine=self._calculation.machine,
            declaration_machine=self._declaration.machine,
        )
        self._watch()
        for output, value in (self._places() | self._doors() | self._function_names()).items():
            CfnOutput(self, output, value=value)
        Tags.of(self).add("service", "cqrs")

    def _watch(self) -> None:
        watched = Watched(
            dead_letters=self._collection.dead_letters,
            machines={
                "Reading": self._collection.machine,
                "Calculation": self._calculation.machine,
                "Declaration": self._declaration.machine,
            },
            api=self._front.api,
            functions=self._functions(),
        )
        Watch(self, "Watch", watched=watched)

    def _functions(self) -> dict[str, lambda_.Function]:
        return {
            "Ingest": self._collection.ingest,
            "ReadOn": self._collection.read_on,
            "Freeze": self._calculation.functions.freeze,
            "Inspect": self._calculation.functions.inspect,
            "Plan": self._calculation.functions.plan,
            "Calculate": self._calculation.functions.calculate,
            "Publish": self._calculation.functions.publish,
            "Open": self._declaration.open_declarations,
            "Instruct": self._declaration.instruct,
            "Resume": self._declaration.resume,
            "ResumeRuns": self._calculation.resume_runs,
            "Serve": self._front.serve,
        }

    def _places(self) -> dict[str, str]:
        storage = self._base.storage
        return {
            "SubmissionsTable": storage.submissions.table_name,
            "OrganisationsTable": storage.organisations.table_name,
            "ParticipationTable": storage.participation.table_name,
            "AchievementsTable": storage.achievements.table_name,
            "DeclarationsTable": storage.declarations.table_name,
            "HoldsTable": storage.holds.table_name,
            "GrantsTable": storage.grants.table_name,
            "ExchangeBucket": storage.exchange.bucket_name,
            "EvidenceBucket": storage.evidence.bucket_name,
            "QuarantineBucket": storage.quarantine.bucket_name,
            "ReadingBucket": storage.reading.bucket_name,
        }

    def _doors(self) -> dict[str, str]:
        return {
            "ApiId": self._front.api.api_id,
            "ApiUrl": self._front.api.api_endpoint,
            "UserPoolId": self._front.users.user_pool_id,
            "UserPoolClientId": self._front.client.user_pool_client_id,
            "ReadingMachineArn": self._collection.machine.state_machine_arn,
            "CalculationMachineArn": self._calculation.machine.state_machine_arn,
            "DeclarationMachineArn": self._declaration.machine.state_machine_arn,
            "UploadsQueueUrl": self._collection.uploads.queue_url,
            "DeadLettersQueueUrl": self._collection.dead_letters.queue_url,
            "EventBusName": self._base.bus.event_bus_name,
        }

    def _function_names(self) -> dict[str, str]:
        return {f"{name}Function": function.function_name for name, function in self._functions().items()}

    def _seconds(self, name: str, default: int, description: str, *, least: int = 1) -> Duration:
        """A time that a deployment may set: a test cannot wait for the default."""
        parameter = CfnParameter(self, name, type="Number", default=default, min_value=least, description=description)
        return Duration.seconds(parameter.value_as_number)


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
