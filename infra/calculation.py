"""Calculation: one run for a service and achievement date, from frozen inputs to published achievements.

Freeze's answer is Plan's input. Plan's is Publish's, with the control totals of the batches as `totals`. A batch is a
line of the plan's JSON Lines object and reaches Calculate, and later Open, as it stands.
"""

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.function import Package, Size, make_function
from infra.grants import give_reasons
from infra.machine import invoke, make_machine
from infra.storage import Storage

INPUTS = "inputs/"
RUNS = "runs/"
BATCHES_AT_ONCE = 10
# Freeze reads the nation's submissions: some 6,500 items of 2 KB.
FREEZE_SIZE = Size(memory=1769, timeout=5 * 60)
PLAN_SIZE = Size(memory=512, timeout=60)
CALCULATE_SIZE = Size(memory=1024, timeout=2 * 60)
PUBLISH_SIZE = Size(memory=512, timeout=2 * 60)
OPEN_TIMEOUT = 2 * 60


class Calculation(Construct):
    """Four functions and the machine that runs them."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        package: Package,
        storage: Storage,
        bus: events.EventBus,
        open_declarations: lambda_.Function,
    ) -> None:
        super().__init__(scope, name)
        evidence = {"EVIDENCE_BUCKET": storage.evidence.bucket_name}
        achievements = {"ACHIEVEMENTS_TABLE": storage.achievements.table_name}
        use_evidence = (
            permissions.get_objects(storage.evidence, INPUTS, RUNS),
            permissions.put_objects(storage.evidence, INPUTS, RUNS),
        )
        self.freeze = make_function(
            self,
            "Freeze",
            handler="functions.calculate.handler.freeze",
            package=package,
            size=FREEZE_SIZE,
            environment={
                "SUBMISSIONS_TABLE": storage.submissions.table_name,
                "ORGANISATIONS_TABLE": storage.organisations.table_name,
                **achievements,
                **evidence,
            },
            statements=[
                permissions.read_items(storage.submissions, storage.organisations, storage.achievements),
                permissions.write_items(storage.achievements),
                *use_evidence,
            ],
        )
        self.plan = make_function(
            self,
            "Plan",
            handler="functions.calculate.handler.plan",
            package=package,
            size=PLAN_SIZE,
            environment=evidence,
            statements=use_evidence,
        )
        self.calculate = make_function(
            self,
            "Calculate",
            handler="functions.calculate.handler.calculate",
            package=package,
            size=CALCULATE_SIZE,
            environment={**achievements, **evidence},
            statements=[permissions.write_many_items(storage.achievements), *use_evidence],
        )
        self.publish = make_function(
            self,
            "Publish",
            handler="functions.calculate.handler.publish",
            package=package,
            size=PUBLISH_SIZE,
            environment={**achievements, **evidence, "EVENT_BUS": bus.event_bus_name},
            statements=[
                permissions.get_objects(storage.evidence, INPUTS, RUNS),
                permissions.read_items(storage.achievements),
                permissions.write_items(storage.achievements),
                permissions.put_events(bus),
            ],
        )
        self._states = Construct(self, "States")
        self.machine = make_machine(
            self,
            "Machine",
            start=self._steps(open_declarations),
            invokes=[self.freeze, self.plan, self.calculate, self.publish, open_declarations],
            statements=[permissions.get_objects(storage.evidence, RUNS)],
        )
        _let_map(self.machine, self)

    def _steps(self, open_declarations: lambda_.Function) -> sfn.IChainable:
        nothing = sfn.Succeed(self._states, "Nothing to calculate")
        already = sfn.Succeed(self._states, "Already published")
        published = sfn.Succeed(self._states, "Published")
        freeze = invoke(self._states, "Freeze inputs", function=self.freeze, timeout=FREEZE_SIZE.timeout)
        plan = invoke(self._states, "Plan batches", function=self.plan, timeout=PLAN_SIZE.timeout)
        calculate = self._for_each_batch(
            "Calculate batches",
            invoke(self._states, "Calculate batch", function=self.calculate, timeout=CALCULATE_SIZE.timeout),
            result_path="$.totals",
        )
        publish = invoke(
            self._states,
            "Publish achievements",
            function=self.publish,
            timeout=PUBLISH_SIZE.timeout,
            result_path="$.publication",
        )
        declare = self._for_each_batch(
            "Open declarations",
            invoke(
                self._states,
                "Open batch",
                function=open_declarations,
                timeout=OPEN_TIMEOUT,
                result_selector={"opened": True},  # the answers of all batches together may not exceed 256 KB
            ),
            result_path=sfn.JsonPath.DISCARD,
        )
        to_open = sfn.Condition.string_equals("$.publication.declarations", "to open")
        is_outcome = sfn.Condition.string_equals
        plan.next(calculate).next(publish).next(
            sfn.Choice(self._states, "Are declarations to open?").when(to_open, declare.next(published)).otherwise(published)
        )
        return freeze.next(
            sfn.Choice(self._states, "What was frozen?")
            .when(is_outcome("$.outcome", "frozen"), plan)
            .when(is_outcome("$.outcome", "already published"), already)
            .when(is_outcome("$.outcome", "nothing to calculate"), nothing)
            .otherwise(sfn.Fail(self._states, "Unknown outcome", cause="Freeze gave an outcome that the machine does not know"))
        )

    def _for_each_batch(self, name: str, step: sfn.IChainable, *, result_path: str) -> sfn.DistributedMap:
        """One Express child a batch, whose results lie where the function wrote them."""
        batches = sfn.DistributedMap(
            self._states,
            name,
            item_reader=sfn.S3JsonLItemReader(
                bucket_name_path=sfn.JsonPath.string_at("$.plan.bucket"), key=sfn.JsonPath.string_at("$.plan.key")
            ),
            max_concurrency=BATCHES_AT_ONCE,
            result_path=result_path,
        )
        return batches.item_processor(
            step, mode=sfn.ProcessorMode.DISTRIBUTED, execution_type=sfn.ProcessorType.EXPRESS
        )


def _let_map(machine: sfn.StateMachine, scope: Construct) -> None:
    """Let a Distributed Map start and watch its children: a policy apart, since it names the machine that needs it."""
    executions = Stack.of(machine).format_arn(
        service="states",
        resource="execution",
        resource_name=machine.state_machine_name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    statements = [
        permissions.start_execution(machine),
        permissions.allow(
            ["states:DescribeExecution", "states:StopExecution"], f"{executions}:*", f"{executions}/*:*"
        ),
    ]
    give_reasons(iam.Policy(scope, "MapPolicy", roles=[machine.role], statements=statements), statements)
