"""Calculation: one run for a service and achievement date, from frozen inputs to published achievements.

Freeze's answer is Plan's input. Plan's is Publish's, with the control totals of the batches as `totals`. A batch is a
line of the plan's JSON Lines object and reaches Calculate, and later Open, as it stands.
"""

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import Size, make_function
from infra.grants import give_reasons
from infra.machine import invoke, make_machine

INPUTS = "inputs/"
DOCUMENTS = "documents/"
DECISIONS = "decisions/"
RUNS = "runs/"
BATCHES_AT_ONCE = 10


class Calculation(Construct):
    """Four functions and the machine that runs them."""

    def __init__(self, scope: Construct, name: str, *, base: Foundation, open_declarations: lambda_.Function) -> None:
        super().__init__(scope, name)
        self._base = base
        self._open_declarations = open_declarations
        self.freeze = self._freeze()
        self.plan = self._plan()
        self.calculate = self._calculate()
        self.publish = self._publish()
        self._states = Construct(self, "States")
        self.machine = make_machine(
            self,
            "Machine",
            start=self._steps(),
            invokes=[self.freeze, self.plan, self.calculate, self.publish, open_declarations],
            statements=[permissions.get_objects(base.storage.evidence, RUNS)],
        )
        _let_map(self.machine, self)

    def _freeze(self) -> lambda_.Function:
        storage = self._base.storage
        return make_function(
            self,
            "Freeze",
            handler="functions.calculate.handler.freeze",
            package=self._base.package,
            size=Size(memory=1769, timeout=5 * 60),  # it reads the nation's submissions: some 6,500 items of 2 KB
            environment=self._base.environment(
                "SUBMISSIONS_TABLE", "ORGANISATIONS_TABLE", "ACHIEVEMENTS_TABLE", "EVIDENCE_BUCKET"
            ),
            statements=[
                permissions.read_items(storage.submissions, storage.organisations, storage.achievements),
                permissions.write_items(storage.achievements),
                permissions.put_objects(storage.evidence, INPUTS, DOCUMENTS, RUNS),
            ],
        )

    def _plan(self) -> lambda_.Function:
        return make_function(
            self,
            "Plan",
            handler="functions.calculate.handler.plan",
            package=self._base.package,
            size=Size(memory=512, timeout=60),
            environment=self._base.environment("EVIDENCE_BUCKET"),
            statements=[
                permissions.get_objects(self._base.storage.evidence, INPUTS),
                permissions.put_objects(self._base.storage.evidence, RUNS),
            ],
        )

    def _calculate(self) -> lambda_.Function:
        return make_function(
            self,
            "Calculate",
            handler="functions.calculate.handler.calculate",
            package=self._base.package,
            size=Size(memory=1024, timeout=2 * 60),
            environment=self._base.environment("ACHIEVEMENTS_TABLE", "EVIDENCE_BUCKET"),
            statements=[
                permissions.get_objects(self._base.storage.evidence, INPUTS, DOCUMENTS, RUNS),
                permissions.put_objects(self._base.storage.evidence, RUNS),
                permissions.write_many_items(self._base.storage.achievements),
            ],
        )

    def _publish(self) -> lambda_.Function:
        achievements = self._base.storage.achievements
        return make_function(
            self,
            "Publish",
            handler="functions.calculate.handler.publish",
            package=self._base.package,
            size=Size(memory=512, timeout=2 * 60),
            environment=self._base.environment("ACHIEVEMENTS_TABLE", "EVENT_BUS"),
            statements=[
                permissions.read_items(achievements),
                permissions.write_items(achievements),
                permissions.put_events(self._base.bus),
            ],
        )

    def _steps(self) -> sfn.IChainable:
        """Freeze, and by its outcome end, or plan, calculate and publish."""
        outcome = sfn.Condition.string_equals
        plan = invoke(self._states, "Plan batches", function=self.plan)
        plan.next(self._calculated()).next(self._published())
        return invoke(self._states, "Freeze inputs", function=self.freeze).next(
            sfn.Choice(self._states, "What was frozen?")
            .when(outcome("$.outcome", "frozen"), plan)
            .when(outcome("$.outcome", "already published"), self._opened_again())
            .when(outcome("$.outcome", "nothing to calculate"), sfn.Succeed(self._states, "Nothing to calculate"))
            .otherwise(sfn.Fail(self._states, "Unknown outcome", cause="The machine does not know Freeze's outcome."))
        )

    def _calculated(self) -> sfn.DistributedMap:
        """Every batch calculated, with its control totals in `totals` for Publish to compare."""
        step = invoke(self._states, "Calculate batch", function=self.calculate)
        return self._for_each_batch("Calculate batches", step, result_path="$.totals")

    def _published(self) -> sfn.Chain:
        """The run published, and its declarations opened if Publish says so."""
        end = sfn.Succeed(self._states, "Published")
        to_open = sfn.Condition.string_equals("$.publication.declarations", "to open")
        return invoke(self._states, "Publish achievements", function=self.publish, result_path="$.publication").next(
            sfn.Choice(self._states, "Are declarations to open?")
            .when(to_open, self._opened("Open declarations", "Open batch").next(end))
            .otherwise(end)
        )

    def _opened_again(self) -> sfn.Choice:
        """A payment run that was published before: its declarations are opened again, in case a start died on the way.

        What is open already stays as it is.
        """
        end = sfn.Succeed(self._states, "Already published")
        plan = invoke(
            self._states,
            "Plan batches again",
            function=self.plan,
            result_selector={"bucket.$": "$.plan.bucket", "key.$": "$.plan.key"},
            result_path="$.plan",
        )
        plan.next(self._opened("Open declarations again", "Open batch again")).next(end)
        payment = sfn.Condition.string_equals("$.collection.run_kind", "PAYMENT")
        return sfn.Choice(self._states, "Was it a payment run?").when(payment, plan).otherwise(end)

    def _opened(self, name: str, step: str) -> sfn.DistributedMap:
        open_batch = invoke(
            self._states,
            step,
            function=self._open_declarations,
            result_selector={"opened": True},  # the answers of all batches together may not exceed 256 KB
        )
        return self._for_each_batch(name, open_batch, result_path=sfn.JsonPath.DISCARD)

    def _for_each_batch(self, name: str, step: sfn.IChainable, *, result_path: str) -> sfn.DistributedMap:
        """One Express child a batch, whose results lie where the function wrote them."""
        batches = sfn.DistributedMap(
            self._states,
            name,
            item_reader=sfn.S3JsonLItemReader(
                bucket_name_path=sfn.JsonPath.string_at("$.plan.bucket"), key=sfn.JsonPath.string_at("$.plan.key")
            ),
            max_concurrency=BATCHES_AT_ONCE,
            map_execution_type=sfn.StateMachineType.EXPRESS,
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
        permissions.allow(["states:DescribeExecution", "states:StopExecution"], f"{executions}:*", f"{executions}/*:*"),
    ]
    give_reasons(iam.Policy(scope, "MapPolicy", roles=[machine.role], statements=statements), statements)
