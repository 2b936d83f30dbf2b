"""Declaration: one execution a declaration, which asks the table where it stands and waits for a person's decision.

The truth is in the Declarations table. The machine looks, waits and looks again by calls of its own to the table, with
no function between, so a nation's declarations can wait at once and cost nothing while they do. An execution that is
lost is replaced by a new one with the same input, which is what Resume does.
"""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra import permissions
from infra.foundation import Foundation
from infra.function import Size, make_function
from infra.machine import MOVED_ON, count, invoke, look, make_machine, wait_for_decision
from infra.metrics import OVERDUE
from infra.storage import AWAITING

# What a declaration can be waiting for, and the step that waits for it (the field's names of the states).
DECISIONS = {
    "Awaiting Service Provider Approval": "Await Service Provider",
    "Awaiting Commissioning Organisation Approval": "Await Commissioning Organisation",
    "Awaiting Finance Approval": "Await Finance",
}
TO_INSTRUCT = "Approved for Payment"
OWN_TABLE = ("DECLARATIONS_TABLE",)
# What the execution is about never changes, so every step reads it from the execution's own input.
SUBJECT = sfn.JsonPath.object_at("$$.Execution.Input.declaration")
RESUME_EVERY = Duration.minutes(15)


class Declaration(Construct):
    """Three functions, the machine of a declaration, and the schedule that resumes lost executions."""

    def __init__(self, scope: Construct, name: str, *, base: Foundation, decision_timeout: Duration) -> None:
        super().__init__(scope, name)
        self._base = base
        table = base.storage.declarations
        read, write = permissions.read_items(table), permissions.write_items(table)
        self._table_name = table.table_name
        self.instruct = self._function("instruct", statements=[read, write])
        self._states = Construct(self, "States")
        self.machine = make_machine(
            self,
            "Machine",
            start=self._steps(decision_timeout),
            invokes=[self.instruct],
            statements=[permissions.keep_tokens(table), permissions.count_events()],
        )
        self.open_declarations = self._starter(
            "open_declarations",
            tables=("ACHIEVEMENTS_TABLE", "DECLARATIONS_TABLE"),
            statements=[
                permissions.read_items(base.storage.achievements),
                read,
                write,
                permissions.answer_tasks(),  # a later run changes the figures of a declaration that is waited for
            ],
        )
        self.resume = self._starter("resume", statements=[permissions.read_index(table, index=AWAITING)])
        events.Rule(
            self,
            "ResumeRule",
            schedule=events.Schedule.rate(RESUME_EVERY),
            targets=[targets.LambdaFunction(self.resume)],
        )

    def _starter(
        self, handler: str, *, statements: Sequence[iam.PolicyStatement], tables: Sequence[str] = OWN_TABLE
    ) -> lambda_.Function:
        """A function that works through many declarations and starts executions of the machine."""
        return self._function(
            handler,
            size=Size(timeout=2 * 60),
            environment={
                "DECLARATION_MACHINE_ARN": self.machine.state_machine_arn,
                **self._base.environment(*tables),
            },
            statements=[*statements, permissions.start_execution(self.machine)],
        )

    def _function(
        self,
        handler: str,
        *,
        statements: Sequence[iam.PolicyStatement],
        size: Size | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> lambda_.Function:
        return make_function(
            self,
            handler.partition("_")[0].capitalize(),
            handler=f"functions.approve.handler.{handler}",
            package=self._base.package,
            size=size or Size(),
            environment=environment or self._base.environment(*OWN_TABLE),
            statements=statements,
        )

    def _steps(self, decision_timeout: Duration) -> sfn.IChainable:
        """Look, and by the state that the table tells wait, instruct or end. Nothing else is carried along."""
        look = self._look()
        late = self._look_again(look)
        moved_on = sfn.Wait(self._states, "Moved on", time=sfn.WaitTime.duration(Duration.seconds(1)))
        moved_on.next(look)
        where = sfn.Choice(self._states, "Where does it stand?")
        for state, name in DECISIONS.items():
            wait = self._await(name, decision_timeout)
            wait.add_catch(late, errors=["States.Timeout"], result_path=sfn.JsonPath.DISCARD)
            wait.add_catch(moved_on, errors=[MOVED_ON], result_path=sfn.JsonPath.DISCARD)
            wait.next(look)
            where.when(sfn.Condition.string_equals("$.state", state), wait)
        instruct = invoke(self._states, "Instruct payment", function=self.instruct, payload={"declaration": SUBJECT})
        instructed = instruct.next(sfn.Succeed(self._states, "Payment instructed"))
        where.when(sfn.Condition.string_equals("$.state", TO_INSTRUCT), instructed)
        where.otherwise(sfn.Succeed(self._states, "Nothing to wait for"))
        look.next(where)
        return look

    def _look(self, name: str = "Look", *, path: str = "$") -> sfn.CustomState:
        return look(self._states, name, table=self._table_name, key=_key, path=path)

    def _look_again(self, look: sfn.CustomState) -> sfn.CustomState:
        """After a time-out: overdue only if nothing was decided meanwhile, for the call that wakes may be lost."""
        again = self._look("Look again", path="$.now")
        undecided = sfn.Condition.string_equals_json_path("$.now.version", "$.version")
        overdue = self._overdue()
        overdue.next(look)
        again.next(sfn.Choice(self._states, "Is it undecided?").when(undecided, overdue).otherwise(look))
        return again

    def _await(self, name: str, decision_timeout: Duration) -> sfn.CustomState:
        """Leave the token beside the declaration, on condition that it is still what was looked at, and wait.

        A decision taken in between fails the condition, and the machine looks again; one taken after finds the token.
        """
        return wait_for_decision(
            self._states, name, table=self._table_name, key=_key, version="$.version", timeout=decision_timeout
        )

    def _overdue(self) -> sfn.CustomState:
        """Count a decision that did not come in time: an alarm asks a person to see to it, and the wait goes on."""
        return count(self._states, "Overdue", metric=OVERDUE)


def _key(sort_key: str) -> dict[str, object]:
    return {"pk": {"S.$": "$$.Execution.Input.pk"}, "sk": {"S": sort_key}}
