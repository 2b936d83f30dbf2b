"""An upload reaches Ingest, once if all is well, and is never lost."""

from collections.abc import Callable, Mapping
from typing import Any

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]


def _only(found: Resources, start: str) -> Mapping[str, Any]:
    (one,) = (value for name, value in found.items() if name.startswith(start))
    return one


def _prefixes(properties: Find) -> list[str]:
    pattern = _only(properties("AWS::Events::Rule"), "CollectionUploadRule")["EventPattern"]
    return [condition["prefix"] for condition in pattern["detail"]["object"]["key"]]


def test_the_bucket_announces_its_objects_without_a_custom_resource(properties: Find) -> None:
    bucket = _only(properties("AWS::S3::Bucket"), "StorageExchange")
    assert bucket["NotificationConfiguration"] == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_the_rule_takes_what_is_sent_in_to_this_bucket_only(properties: Find) -> None:
    pattern = _only(properties("AWS::Events::Rule"), "CollectionUploadRule")["EventPattern"]
    assert pattern["source"] == ["aws.s3"]
    assert pattern["detail-type"] == ["Object Created"]
    (bucket,) = pattern["detail"]["bucket"]["name"]
    assert bucket["Ref"].startswith("StorageExchange")
    assert _prefixes(properties) == ["extracts/", "organisations/", "participation/", "decisions/"]


def test_a_report_never_comes_back_as_an_upload(properties: Find) -> None:
    reports = ("reports/", "reports/0f3c/acknowledgement.json", "reports/0f3c/extracts/problems.csv")
    assert not [key for key in reports if key.startswith(tuple(_prefixes(properties)))]


def test_an_upload_that_fails_three_times_waits_as_a_dead_letter_for_two_weeks(properties: Find) -> None:
    queues = properties("AWS::SQS::Queue")
    redrive = _only(queues, "CollectionUploads")["RedrivePolicy"]
    assert redrive["maxReceiveCount"] == 3
    assert redrive["deadLetterTargetArn"]["Fn::GetAtt"][0].startswith("CollectionDeadLetters")
    assert _only(queues, "CollectionDeadLetters")["MessageRetentionPeriod"] == 14 * 24 * 60 * 60


def test_an_upload_is_hidden_for_six_times_as_long_as_ingest_may_take(properties: Find, aws: Mapping[str, Any]) -> None:
    visibility = _only(properties("AWS::SQS::Queue"), "CollectionUploads")["VisibilityTimeout"]
    ingest = _only(properties("AWS::Lambda::Function"), "CollectionIngest")
    assert aws["Parameters"][visibility["Ref"]]["Default"] >= 6 * ingest["Timeout"]


def test_one_bad_message_does_not_fail_another(properties: Find) -> None:
    (source,) = properties("AWS::Lambda::EventSourceMapping").values()
    assert source["BatchSize"] == 1
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_only_the_rule_may_send_to_the_queue(properties: Find) -> None:
    policy = _only(properties("AWS::SQS::QueuePolicy"), "CollectionUploads")["PolicyDocument"]
    (allowed,) = (statement for statement in policy["Statement"] if statement["Effect"] == "Allow")
    assert allowed["Principal"] == {"Service": "events.amazonaws.com"}
    (source,) = allowed["Condition"]["ArnEquals"].values()
    assert source["Fn::GetAtt"][0].startswith("CollectionUploadRule")


def test_reading_stops_long_before_the_function_ends(properties: Find, aws: Mapping[str, Any]) -> None:
    for name in ("CollectionIngest", "CollectionReadOn"):
        function = _only(properties("AWS::Lambda::Function"), name)
        seconds = aws["Parameters"][function["Environment"]["Variables"]["READING_SECONDS"]["Ref"]]
        assert seconds["Default"] <= function["Timeout"] / 2


def test_a_file_is_read_on_until_it_is_settled(machines: Resources) -> None:
    states = _only(machines, "CollectionMachine")["States"]
    choice = states["Was it read to its end?"]
    assert {one["StringEquals"]: one["Next"] for one in choice["Choices"]} == {
        "read on": "Next part",
        "settled": "Settled",
    }
    assert states["Next part"] == {"Type": "Pass", "InputPath": "$.continuation", "Next": "Read on"}
    assert (states["Read on"]["Next"], states["Settled"]["Type"]) == ("Was it read to its end?", "Succeed")
