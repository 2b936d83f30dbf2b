"""Somebody is told of what must not stay unseen."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from functions.ingest.handler import DIMENSIONS, NAMESPACE, QUARANTINED

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]


def _alarm(properties: Find, name: str) -> Mapping[str, Any]:
    (found,) = (a for key, a in properties("AWS::CloudWatch::Alarm").items() if key[:-8] == f"Watch{name}")
    return found


def _dimensions(alarm: Mapping[str, Any]) -> dict[str, Any]:
    return {dimension["Name"]: dimension["Value"] for dimension in alarm.get("Dimensions", ())}


def test_an_alarm_goes_off_at_the_first_dead_letter(properties: Find) -> None:
    alarm = _alarm(properties, "DeadLetters")
    assert alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert _dimensions(alarm)["QueueName"]["Fn::GetAtt"][0].startswith("CollectionDeadLetters")


@pytest.mark.parametrize("machine", ["Calculation", "Declaration"])
@pytest.mark.parametrize("outcome", ["Failed", "TimedOut", "Aborted"])
def test_an_alarm_goes_off_at_the_first_run_that_does_not_end_well(
    machine: str, outcome: str, properties: Find
) -> None:
    alarm = _alarm(properties, f"{machine}{outcome}")
    assert alarm["MetricName"] == f"Executions{outcome}"
    assert _dimensions(alarm)["StateMachineArn"]["Ref"].startswith(f"{machine}Machine")


def test_an_alarm_goes_off_at_the_first_stuck_declaration(properties: Find) -> None:
    alarm = _alarm(properties, "StuckDeclarations")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("CQRS", "DeclarationOverdue")
    assert _dimensions(alarm) == {}


@pytest.mark.parametrize(("name", "metric"), [("HeldRuns", "RunHeld"), ("StuckHolds", "HoldOverdue")])
def test_an_alarm_goes_off_when_a_run_is_held_and_when_nobody_decides(name: str, metric: str, properties: Find) -> None:
    alarm = _alarm(properties, name)
    assert (alarm["Namespace"], alarm["MetricName"]) == ("CQRS", metric)
    assert _dimensions(alarm) == {}


def test_an_alarm_goes_off_at_the_first_file_in_the_quarantine_as_ingest_counts_it(properties: Find) -> None:
    alarm = _alarm(properties, "QuarantinedFiles")
    assert (alarm["Namespace"], alarm["MetricName"]) == (NAMESPACE, QUARANTINED)
    assert _dimensions(alarm) == DIMENSIONS


def test_an_alarm_goes_off_when_the_api_or_any_function_fails(properties: Find) -> None:
    assert _alarm(properties, "ApiErrors")["MetricName"] == "5xx"
    alarms = properties("AWS::CloudWatch::Alarm").values()
    watched = {_dimensions(alarm)["FunctionName"]["Ref"] for alarm in alarms if alarm["MetricName"] == "Errors"}
    assert watched == set(properties("AWS::Lambda::Function"))


def test_every_alarm_says_what_to_look_at_and_waits_for_no_second_time(properties: Find) -> None:
    for name, alarm in properties("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmDescription"], name
        assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (1, 1), name
        assert alarm["TreatMissingData"] == "notBreaching", name
