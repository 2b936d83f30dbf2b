"""Calculation: one run for a service and achievement date, from frozen inputs to published achievements.

Freeze's answer is Inspect's input and, once the gates are passed or a person has released the run, Plan's. Plan's is
Publish's, with the control totals of the batches as `totals`. A batch is a line of the plan's JSON Lines object and
reaches Calculate, and later Open, as it stands. An execution that names a run takes that run up as it was frozen.
"""

from aws_cdk import ArnFormat, Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import make_function
from infra.grants import give_reasons
from infra.machine import MOVED_ON, count, invoke, look, make_machine, wait_for_decision
from infra.metrics import HELD, HOLD_OVERDUE
from infra.run_functions import RUNS, make_run_functions
from infra.storage import AWAITING

BATCHES_AT_ONCE = 10
AWAIT_RELEASE = "Await release"
RESUME_EVERY = Duration.minutes(15)
FROZEN = {
    "outcome": sfn.JsonPath.string_at("$.outcome"),
    "collection": sfn.JsonPath.object_at("$.collection"),
    "run": sfn.JsonPath.object_at("$.run"),
}


class Calculation(Construct):
    """The functions of a run, the machine that runs them, and the schedule that goes on with released runs."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: Foundation,
        open_declarations: lambda_.Function,
        decision_timeout: Duration,
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self._open_declarations = open_declarations
        self._decision_timeout = decision_timeout
        self.functions = make_run_functions(self, base=base)
        self._states = Construct(self, "States")
        self.machine = make_machine(
            self,
            "Machine",
            start=self._steps(),
            invokes=[*self.functions.all, open_declarations],
            statements=[
                permissions.get_objects(base.storage.evidence, RUNS),
                permissions.keep_tokens(base.storage.holds),
                permissions.count_events(),
            ],
        )
        _let_map(self.machine, self)
        self.resume_runs = self._resume_runs()

    def _resume_runs(self) -> lambda_.Function:
        """The function that goes on with released runs whose execution was lost, and its schedule."""
        storage = self._base.storage
        function = make_function(
            self,
            "ResumeRuns",
            handler="functions.approve.handler.resume_runs",
            package=self._base.package,
            environment={
                "CALCULATION_MACHINE_ARN": self.machine.state_machine_arn,
                **self._base.environment("ACHIEVEMENTS_TABLE", "HOLDS_TABLE"),
            },
            statements=[
                permissions.read_items(storage.achievements),
                permissions.read_index(storage.holds, index=AWAITING),
                permissions.start_execution(self.machine),
            ],
        )
        events.Rule(
            self,
            "ResumeRunsRule",
            schedule=events.Schedule.rate(RESUME_EVERY),
            targets=[targets.LambdaFunction(function)],
        )
        return function

    def _steps(self) -> sfn.IChainable:
        """Freeze, and by its outcome end, or inspect, plan, calculate and publish."""
        outcome = sfn.Condition.string_equals
        plan = invoke(self._states, "Plan batches", function=self.functions.plan, payload=FROZEN)
        plan.next(self._calculated()).next(self._published())
        inspect = invoke(self._states, "Inspect run", function=self.functions.inspect, result_path="$.inspection")
        inspect.next(self._held(plan))
        return invoke(self._states, "Freeze inputs", function=self.functions.freeze).next(
            sfn.Choice(self._states, "What was frozen?")
            .when(outcome("$.outcome", "frozen"), inspect)
            .when(outcome("$.outcome", "already published"), self._opened_again())
            .when(outcome("$.outcome", "nothing to calculate"), sfn.Succeed(self._states, "Nothing to calculate"))
            .otherwise(sfn.Fail(self._states, "Unknown outcome", cause="The machine does not know Freeze's outcome."))
        )

    def _held(self, go_on: sfn.IChainable) -> sfn.Choice:
        """A clear run goes on at once; any other looks where its hold stands, and waits while it is held."""
        look_at = look(self._states, "Look at hold", table=self._holds, key=_hold_key, path="$.hold")
        held = count(self._states, "Count held run", metric=HELD)
        held.next(look_at)
        says = sfn.Condition.string_equals
        look_at.next(
            sfn.Choice(self._states, "Where does its hold stand?")
            .when(says("$.hold.state", "held"), self._await_release(look_at))
            .when(says("$.hold.state", "released"), go_on)
            .when(says("$.hold.state", "rejected"), sfn.Succeed(self._states, "Rejected"))
            .otherwise(sfn.Fail(self._states, "Unknown state", cause="The machine does not know the hold's state."))
        )
        return (
            sfn.Choice(self._states, "May it go on?")
            .when(says("$.inspection.outcome", "clear"), go_on)
            .when(says("$.inspection.outcome", "held"), held)
            .otherwise(look_at)
        )

    def _await_release(self, look_at: sfn.CustomState) -> sfn.CustomState:
        """Wait for a person as a declaration does, and look again when the wait ends, however it does."""
        wait = wait_for_decision(
            self._states,
            AWAIT_RELEASE,
            table=self._holds,
            key=_hold_key,
            version="$.hold.version",
            timeout=self._decision_timeout,
        )
        again = look(self._states, "Look at hold again", table=self._holds, key=_hold_key, path="$.now")
        overdue = count(self._states, "Hold overdue", metric=HOLD_OVERDUE)
        overdue.next(look_at)
        undecided = sfn.Condition.string_equals_json_path("$.now.version", "$.hold.version")
        again.next(sfn.Choice(self._states, "Is the hold undecided?").when(undecided, overdue).otherwise(look_at))
        moved_on = sfn.Wait(self._states, "Hold moved on", time=sfn.WaitTime.duration(Duration.seconds(1)))
        moved_on.next(look_at)
        wait.add_catch(again, errors=["States.Timeout"], result_path=sfn.JsonPath.DISCARD)
        wait.add_catch(moved_on, errors=[MOVED_ON], result_path=sfn.JsonPath.DISCARD)
        wait.next(look_at)
        return wait

    @property
    def _holds(self) -> str:
        return self._base.storage.holds.table_name

    def _calculated(self) -> sfn.DistributedMap:
        """Every batch calculated, with its control totals in `totals` for Publish to compare."""
        step = invoke(self._states, "Calculate batch", function=self.functions.calculate)
        return self._for_each_batch("Calculate batches", step, result_path="$.totals")

    def _published(self) -> sfn.Chain:
        """The run published, and its declarations opened if Publish says so."""
        end = sfn.Succeed(self._states, "Published")
        to_open = sfn.Condition.string_equals("$.publication.declarations", "to open")
        return invoke(
            self._states, "Publish achievements", function=self.functions.publish, result_path="$.publication"
        ).next(
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
            function=self.functions.plan,
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


def _hold_key(sort_key: str) -> dict[str, object]:
    return {"pk": {"S.$": "States.Format('HOLD#{}', $.run.id)"}, "sk": {"S": sort_key}}


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
