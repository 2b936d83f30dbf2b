"""The state machines keep to what runs alike on AWS and on the local AWS."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from functions.adapters.hold_table import hold_partition

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]
SERVICE_CALL = "arn:aws:states:::"
MOVED_ON = "DynamoDb.TransactionCanceledException"
MAPS = ("Calculate batches", "Open declarations", "Open declarations again")
WAITS = ["Await Commissioning Organisation", "Await Finance", "Await Service Provider"]
TWO_WEEKS = 14 * 24 * 60 * 60


def _states(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every state by name, those inside of a Map too."""
    for name, state in definition["States"].items():
        yield name, state
        if "ItemProcessor" in state:
            yield from _states(state["ItemProcessor"])


def _all_states(machines: Resources) -> dict[str, Mapping[str, Any]]:
    return {name: state for definition in machines.values() for name, state in _states(definition)}


def _tasks(machines: Resources) -> dict[str, Mapping[str, Any]]:
    return {name: state for name, state in _all_states(machines).items() if state["Type"] == "Task"}


def _machine(machines: Resources, name: str) -> Mapping[str, Any]:
    (found,) = (definition for key, definition in machines.items() if key.startswith(name))
    return found


def test_every_task_has_a_time_out_of_its_own(machines: Resources) -> None:
    assert not [name for name, task in _tasks(machines).items() if "TimeoutSeconds" not in task]


def test_no_task_relies_on_heartbeats(machines: Resources) -> None:
    assert not [name for name, task in _tasks(machines).items() if "HeartbeatSeconds" in task]


def test_no_machine_relies_on_a_time_out_of_the_whole(machines: Resources) -> None:
    assert not [name for name, definition in machines.items() if "TimeoutSeconds" in definition]


def test_no_state_speaks_jsonata(machines: Resources) -> None:
    assert "QueryLanguage" not in str(machines)


def test_no_state_waits_for_an_error_that_a_function_names(machines: Resources) -> None:
    """An error's name is lost on the local AWS, so an outcome that matters is a returned value; a time-out is not
    the function's to name, a cancelled transaction is DynamoDB's own, and everything else is States.ALL.
    """
    for name, state in _all_states(machines).items():
        for rule in (*state.get("Retry", ()), *state.get("Catch", ())):
            assert rule["ErrorEquals"] in (
                ["States.ALL"],
                ["States.Timeout"],
                [MOVED_ON],
                ["States.Timeout", MOVED_ON],
            ), name


def test_every_task_is_tried_again_three_times_later_and_later(machines: Resources) -> None:
    for name, task in _tasks(machines).items():
        *_, last = task["Retry"]
        assert (last["ErrorEquals"], last["MaxAttempts"], last["BackoffRate"]) == (["States.ALL"], 3, 2), name


def test_no_call_of_an_api_loses_what_was_carried_along(machines: Resources) -> None:
    calls = {name: task for name, task in _tasks(machines).items() if task["Resource"].startswith(SERVICE_CALL)}
    assert {name for name, task in calls.items() if task.get("ResultPath") in (None, "$")} == {"Look"}


def test_every_choice_has_an_answer_for_what_it_does_not_know(machines: Resources) -> None:
    choices = {name: state for name, state in _all_states(machines).items() if state["Type"] == "Choice"}
    assert choices
    assert not [name for name, state in choices.items() if "Default" not in state]


def test_every_task_gives_its_function_time_to_end(machines: Resources, properties: Find) -> None:
    functions = properties("AWS::Lambda::Function")
    for name, task in _tasks(machines).items():
        if not task["Resource"].startswith(SERVICE_CALL):
            assert task["TimeoutSeconds"] > functions[task["Resource"]]["Timeout"], name


def test_a_machine_may_invoke_the_functions_of_its_steps_and_no_others(machines: Resources, properties: Find) -> None:
    for name, definition in machines.items():
        steps = {
            task["Resource"]
            for _, task in _states(definition)
            if task["Type"] == "Task" and not task["Resource"].startswith(SERVICE_CALL)
        }
        role = properties("AWS::StepFunctions::StateMachine")[name]["RoleArn"]["Fn::GetAtt"][0]
        (policy,) = (
            policy
            for key, policy in properties("AWS::IAM::Policy").items()
            if {"Ref": role} in policy["Roles"] and "DefaultPolicy" in key
        )
        (invoke,) = (s for s in policy["PolicyDocument"]["Statement"] if s["Action"] == "lambda:InvokeFunction")
        allowed = invoke["Resource"] if isinstance(invoke["Resource"], list) else [invoke["Resource"]]
        assert {resource["Fn::GetAtt"][0] for resource in allowed} == steps


def test_a_batch_is_an_express_child_and_ten_run_at_once(machines: Resources) -> None:
    maps = {name: state for name, state in _all_states(machines).items() if state["Type"] == "Map"}
    assert sorted(maps) == sorted(MAPS)
    for state in maps.values():
        assert state["ItemProcessor"]["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}
        assert state["MaxConcurrency"] == 10
        assert "ItemBatcher" not in state
        assert "ResultWriter" not in state


def test_the_batches_are_read_from_the_plan_line_by_line(machines: Resources) -> None:
    for name in MAPS:
        reader = _all_states(machines)[name]["ItemReader"]
        assert reader["ReaderConfig"] == {"InputType": "JSONL"}
        assert reader["Parameters"] == {"Bucket.$": "$.plan.bucket", "Key.$": "$.plan.key"}


def test_publish_sees_the_totals_of_every_batch(machines: Resources) -> None:
    calculation = _machine(machines, "Calculation")["States"]
    assert calculation["Calculate batches"]["ResultPath"] == "$.totals"
    assert calculation["Calculate batches"]["Next"] == "Publish achievements"


def test_freezing_ends_in_one_of_the_outcomes_that_the_machine_knows(machines: Resources) -> None:
    choice = _machine(machines, "Calculation")["States"]["What was frozen?"]
    assert {rule["StringEquals"]: rule["Next"] for rule in choice["Choices"]} == {
        "frozen": "Inspect run",
        "already published": "Was it a payment run?",
        "nothing to calculate": "Nothing to calculate",
    }
    assert choice["Default"] == "Unknown outcome"


def test_a_run_goes_on_when_its_gates_are_passed_and_otherwise_where_its_hold_says(machines: Resources) -> None:
    states = _machine(machines, "Calculation")["States"]
    assert states["Inspect run"]["Next"] == "May it go on?"
    assert states["Inspect run"]["ResultPath"] == "$.inspection"
    first, then = states["May it go on?"], states["Where does its hold stand?"]
    assert {rule["StringEquals"]: rule["Next"] for rule in first["Choices"]} == {
        "clear": "Plan batches",
        "held": "Count held run",
    }
    assert first["Default"] == states["Count held run"]["Next"] == "Look at hold"
    assert {rule["StringEquals"]: rule["Next"] for rule in then["Choices"]} == {
        "held": "Await release",
        "released": "Plan batches",
        "rejected": "Rejected",
    }
    assert states["Rejected"]["Type"] == "Succeed"
    assert then["Default"] == "Unknown state"
    assert states["Plan batches"]["Parameters"] == {
        "outcome.$": "$.outcome",
        "collection.$": "$.collection",
        "run.$": "$.run",
    }


def test_a_hold_is_read_where_the_table_of_holds_keeps_it(machines: Resources) -> None:
    states = _machine(machines, "Calculation")["States"]
    for name in ("Look at hold", "Look at hold again"):
        key = states[name]["Parameters"]["Key"]
        assert key == {"pk": {"S.$": "States.Format('HOLD#{}', $.run.id)"}, "sk": {"S": "STATE"}}
    assert hold_partition("r") == "HOLD#r"


def test_a_late_decision_on_a_hold_is_told_and_waited_for_again(machines: Resources) -> None:
    states = _machine(machines, "Calculation")["States"]
    assert states["Await release"]["Catch"] == [
        {"ErrorEquals": ["States.Timeout"], "ResultPath": None, "Next": "Look at hold again"},
        {"ErrorEquals": [MOVED_ON], "ResultPath": None, "Next": "Hold moved on"},
    ]
    (undecided,) = states["Is the hold undecided?"]["Choices"]
    assert (undecided["Variable"], undecided["StringEqualsPath"]) == ("$.now.version", "$.hold.version")
    assert (undecided["Next"], states["Is the hold undecided?"]["Default"]) == ("Hold overdue", "Look at hold")
    assert states["Hold overdue"]["Next"] == states["Hold moved on"]["Next"] == "Look at hold"


def test_released_runs_that_were_lost_are_resumed_every_quarter_of_an_hour(properties: Find) -> None:
    (rule,) = (rule for name, rule in properties("AWS::Events::Rule").items() if name.startswith("CalculationResume"))
    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("CalculationResumeRuns")


def test_each_decision_is_waited_for_with_a_token_for_two_weeks(machines: Resources) -> None:
    waits = {name: task for name, task in _tasks(machines).items() if task["Resource"].endswith("waitForTaskToken")}
    assert sorted(waits) == [*WAITS, "Await release"]
    for name, task in waits.items():
        assert task["TimeoutSeconds"] == TWO_WEEKS
        check, put = task["Parameters"]["TransactItems"]
        assert put["Put"]["Item"]["token"] == {"S.$": "$$.Task.Token"}
        assert check["ConditionCheck"]["ConditionExpression"] == "version = :seen"
        seen = {"N.$": "$.hold.version" if name == "Await release" else "$.version"}
        assert check["ConditionCheck"]["ExpressionAttributeValues"] == {":seen": seen}
        assert task["Next"] == ("Look at hold" if name == "Await release" else "Look")


def test_a_late_decision_is_told_and_waited_for_again(machines: Resources) -> None:
    declaration = _machine(machines, "Declaration")["States"]
    for name in WAITS:
        assert declaration[name]["Retry"][0] == {"ErrorEquals": ["States.Timeout", MOVED_ON], "MaxAttempts": 0}
        assert declaration[name]["Catch"] == [
            {"ErrorEquals": ["States.Timeout"], "ResultPath": None, "Next": "Look again"},
            {"ErrorEquals": [MOVED_ON], "ResultPath": None, "Next": "Moved on"},
        ]
    assert declaration["Look again"]["Next"] == "Is it undecided?"
    (undecided,) = declaration["Is it undecided?"]["Choices"]
    assert (undecided["Variable"], undecided["StringEqualsPath"]) == ("$.now.version", "$.version")
    assert (undecided["Next"], declaration["Is it undecided?"]["Default"]) == ("Overdue", "Look")
    assert declaration["Overdue"]["Next"] == declaration["Moved on"]["Next"] == "Look"
    assert declaration["Overdue"]["Parameters"]["Namespace"] == "CQRS"


def test_a_declaration_stands_where_the_table_says(machines: Resources) -> None:
    choice = _machine(machines, "Declaration")["States"]["Where does it stand?"]
    assert {rule["StringEquals"]: rule["Next"] for rule in choice["Choices"]} == {
        "Awaiting Service Provider Approval": "Await Service Provider",
        "Awaiting Commissioning Organisation Approval": "Await Commissioning Organisation",
        "Awaiting Finance Approval": "Await Finance",
        "Approved for Payment": "Instruct payment",
    }
    assert choice["Default"] == "Nothing to wait for"


def test_every_machine_is_standard_traced_and_logs_everything_but_what_it_handles(properties: Find) -> None:
    for name, machine in properties("AWS::StepFunctions::StateMachine").items():
        assert machine["StateMachineType"] == "STANDARD", name
        assert machine["TracingConfiguration"] == {"Enabled": True}, name
        assert machine["LoggingConfiguration"]["Level"] == "ALL", name
        assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False, name


def test_lost_executions_are_resumed_every_quarter_of_an_hour(properties: Find) -> None:
    (rule,) = (rule for name, rule in properties("AWS::Events::Rule").items() if name.startswith("DeclarationResume"))
    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("DeclarationResume")


def test_a_payment_run_that_was_published_before_has_its_declarations_opened_again(machines: Resources) -> None:
    """A start that died between publishing and opening is made good by the next one."""
    states = _machine(machines, "Calculation")["States"]
    choice = states["Was it a payment run?"]
    assert [(rule["StringEquals"], rule["Next"]) for rule in choice["Choices"]] == [("PAYMENT", "Plan batches again")]
    assert states["Plan batches again"]["Next"] == "Open declarations again"
    assert states["Open declarations again"]["Next"] == choice["Default"] == "Already published"
