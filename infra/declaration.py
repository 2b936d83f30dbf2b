"""Declaration: one execution a declaration, which asks the table where it stands and waits for a person's decision.

The truth is in the Declarations table. The machine only looks, waits and looks again, so an execution that is lost
is replaced by a new one with the same input, which is what Resume does.
"""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from infra import permissions
from infra.function import Package, Size, make_function
from infra.machine import invoke, make_machine, retry
from infra.storage import AWAITING, Storage

# What a declaration can be waiting for, and the step that waits for it (the field's names of the states).
DECISIONS = {
    "Awaiting Service Provider Approval": "Await Service Provider",
    "Awaiting Commissioning Organisation Approval": "Await Commissioning Organisation",
    "Awaiting Finance Approval": "Await Finance",
}
TO_INSTRUCT = "Approved for Payment"
STEP_SIZE = Size(memory=512, timeout=30)
MANY_SIZE = Size(memory=512, timeout=2 * 60)
# What the execution is about never changes, so every step reads it from the execution's own input.
SUBJECT = sfn.JsonPath.object_at("$$.Execution.Input.declaration")
RESUME_EVERY = Duration.minutes(15)


class Declaration(Construct):
    """Five functions, the machine of a declaration, and the schedule that resumes lost executions."""

    def __init__(
        self, scope: Construct, name: str, *, package: Package, storage: Storage, decision_timeout: Duration
    ) -> None:
        super().__init__(scope, name)
        self._package = package
        self._table = {"DECLARATIONS_TABLE": storage.declarations.table_name}
        read = permissions.read_items(storage.declarations)
        write = permissions.write_items(storage.declarations)
        self.look = self._function("Look", "look", statements=[read])
        self.wait = self._function("Wait", "wait", statements=[read, write, permissions.answer_tasks()])
        self.instruct = self._function("Instruct", "instruct", statements=[read, write])
        self._states = Construct(self, "States")
        self.machine = make_machine(
            self,
            "Machine",
            start=self._steps(decision_timeout),
            invokes=[self.look, self.wait, self.instruct],
        )
        start = permissions.start_execution(self.machine)
        starts = {"DECLARATION_MACHINE_ARN": self.machine.state_machine_arn}
        self.open = self._function(
            "Open",
            "open_declarations",
            size=MANY_SIZE,
            environment={"ACHIEVEMENTS_TABLE": storage.achievements.table_name, **starts},
            statements=[permissions.read_items(storage.achievements), read, write, start],
        )
        self.resume = self._function(
            "Resume",
            "resume",
            size=MANY_SIZE,
            environment=starts,
            statements=[read, permissions.read_index(storage.declarations, index=AWAITING), start],
        )
        events.Rule(
            self,
            "ResumeRule",
            schedule=events.Schedule.rate(RESUME_EVERY),
            targets=[targets.LambdaFunction(self.resume)],
        )

    def _function(
        self,
        name: str,
        handler: str,
        *,
        statements: list[iam.PolicyStatement],
        size: Size = STEP_SIZE,
        environment: Mapping[str, str] | None = None,
    ) -> lambda_.Function:
        return make_function(
            self,
            name,
            handler=f"functions.approve.handler.{handler}",
            package=self._package,
            size=size,
            environment={**self._table, **(environment or {})},
            statements=statements,
        )

    def _steps(self, decision_timeout: Duration) -> sfn.IChainable:
        """Look, and by the state that it tells wait, instruct or end. Only that state is carried from step to step."""
        look = invoke(
            self._states,
            "Look",
            function=self.look,
            timeout=STEP_SIZE.timeout,
            payload={"declaration": SUBJECT, "overdue": sfn.JsonPath.object_at("$.overdue")},
            # A time-out is told to one look only, or it would be counted again at every later one.
            result_selector={"state": sfn.JsonPath.string_at("$.state"), "overdue": False},
        )
        overdue = sfn.Pass(self._states, "Overdue", result=sfn.Result.from_boolean(True), result_path="$.overdue")
        overdue.next(look)
        instruct = invoke(
            self._states,
            "Instruct payment",
            function=self.instruct,
            timeout=STEP_SIZE.timeout,
            payload={"declaration": SUBJECT},
        )
        where = sfn.Choice(self._states, "Where does it stand?")
        for state, step in DECISIONS.items():
            where.when(sfn.Condition.string_equals("$.state", state), self._await(step, look, overdue, decision_timeout))
        where.when(
            sfn.Condition.string_equals("$.state", TO_INSTRUCT), instruct.next(sfn.Succeed(self._states, "Payment instructed"))
        )
        where.otherwise(sfn.Succeed(self._states, "Nothing to wait for"))
        look.next(where)
        return look

    def _await(
        self, name: str, look: sfn.TaskStateBase, overdue: sfn.Pass, decision_timeout: Duration
    ) -> tasks.LambdaInvoke:
        step = tasks.LambdaInvoke(
            self._states,
            name,
            lambda_function=self.wait,
            integration_pattern=sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
            payload=sfn.TaskInput.from_object(
                {
                    "declaration": SUBJECT,
                    "state": sfn.JsonPath.string_at("$.state"),
                    "token": sfn.JsonPath.task_token,
                }
            ),
            retry_on_service_exceptions=False,
            result_path=sfn.JsonPath.DISCARD,
            task_timeout=sfn.Timeout.duration(decision_timeout),
        )
        # A time-out is a person's delay and goes to Overdue at once; anything else is Wait's failure and is retried,
        # then fails the execution for the alarm: caught here, it would look and fail again without end.
        step.add_retry(errors=["States.Timeout"], max_attempts=0)
        retry(step)
        step.add_catch(overdue, errors=["States.Timeout"], result_path=sfn.JsonPath.DISCARD)
        step.next(look)
        return step
