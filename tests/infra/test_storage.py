"""What is kept is encrypted, closed to the public, and survives mistakes."""

from collections.abc import Callable, Mapping
from typing import Any

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]
KEPT = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::Logs::LogGroup")
SEVEN_YEARS = 7 * 365


def _bucket(properties: Find, name: str) -> Mapping[str, Any]:
    (found,) = (bucket for key, bucket in properties("AWS::S3::Bucket").items() if key.startswith(f"Storage{name}"))
    return found


def test_every_bucket_is_encrypted(properties: Find) -> None:
    for name, bucket in properties("AWS::S3::Bucket").items():
        rules = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert [rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules] == ["AES256"], name


def test_every_table_is_encrypted_with_a_key_whose_use_is_recorded(properties: Find) -> None:
    for name, table in properties("AWS::DynamoDB::Table").items():
        assert table["SSESpecification"]["SSEEnabled"] is True, name


def test_every_queue_is_encrypted(properties: Find) -> None:
    for name, queue in properties("AWS::SQS::Queue").items():
        assert queue["SqsManagedSseEnabled"] is True, name


def test_every_bucket_blocks_public_access_in_all_four_ways(properties: Find) -> None:
    for name, bucket in properties("AWS::S3::Bucket").items():
        blocked = bucket["PublicAccessBlockConfiguration"]
        assert len(blocked) == 4, name
        assert all(blocked.values()), name


def test_no_bucket_has_access_control_lists(properties: Find) -> None:
    for name, bucket in properties("AWS::S3::Bucket").items():
        assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}], name
        assert "AccessControl" not in bucket, name


def test_every_bucket_and_queue_refuses_what_does_not_come_over_tls(properties: Find) -> None:
    policies = properties("AWS::S3::BucketPolicy"), properties("AWS::SQS::QueuePolicy")
    guarded = {
        subject
        for found in policies
        for policy in found.values()
        if any(_refuses_plain_text(statement) for statement in policy["PolicyDocument"]["Statement"])
        for subject in _subjects(policy)
    }
    assert guarded == {*properties("AWS::S3::Bucket"), *properties("AWS::SQS::Queue")}


def _refuses_plain_text(statement: Mapping[str, Any]) -> bool:
    everyone_and_everything = statement["Principal"] == {"AWS": "*"} and statement["Action"] in ("s3:*", "sqs:*")
    plain = statement.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport") == "false"
    return statement["Effect"] == "Deny" and everyone_and_everything and plain


def _subjects(policy: Mapping[str, Any]) -> list[str]:
    references = [policy["Bucket"]] if "Bucket" in policy else policy["Queues"]
    return [reference["Ref"] for reference in references]


def test_the_extract_bucket_keeps_every_version_for_seven_years(properties: Find) -> None:
    bucket = _bucket(properties, "Exchange")
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["NoncurrentVersionExpiration"]["NoncurrentDays"] >= SEVEN_YEARS


def test_what_may_identify_people_is_gone_after_three_months(properties: Find) -> None:
    bucket = _bucket(properties, "Quarantine")
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert (rule["ExpirationInDays"], rule["NoncurrentVersionExpiration"]) == (90, {"NoncurrentDays": 1})


def test_what_was_found_in_half_a_file_is_gone_after_a_week(properties: Find) -> None:
    bucket = _bucket(properties, "Reading")
    assert "VersioningConfiguration" not in bucket, "what is removed is gone"
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 7)


def test_nothing_else_ever_expires_from_a_bucket_that_was_not_replaced_first(properties: Find) -> None:
    for name, bucket in properties("AWS::S3::Bucket").items():
        if name.startswith(("StorageQuarantine", "StorageReading")):
            continue
        for rule in bucket["LifecycleConfiguration"]["Rules"]:
            assert "ExpirationInDays" not in rule, name


def test_what_is_kept_outlives_the_stack(resources: Find) -> None:
    for kind in KEPT:
        for name, resource in resources(kind).items():
            assert resource["DeletionPolicy"] == "Retain", name
            assert resource["UpdateReplacePolicy"] == "Retain", name


def test_every_table_can_be_restored_to_any_moment_and_is_protected_from_deletion(properties: Find) -> None:
    for name, table in properties("AWS::DynamoDB::Table").items():
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}, name
        assert table["DeletionProtectionEnabled"] is True, name


def test_every_table_is_paid_for_by_the_request(properties: Find) -> None:
    for name, table in properties("AWS::DynamoDB::Table").items():
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_who_reads_the_extracts_and_the_evidence_is_logged(properties: Find) -> None:
    for name in ("Exchange", "Evidence", "Quarantine"):
        destination = _bucket(properties, name)["LoggingConfiguration"]["DestinationBucketName"]["Ref"]
        assert destination.startswith("StorageAccessLogs")


def test_there_is_no_custom_resource(aws: Mapping[str, Any]) -> None:
    kinds = {resource["Type"] for resource in aws["Resources"].values()}
    assert not {kind for kind in kinds if kind.startswith("Custom::") or kind == "AWS::CloudFormation::CustomResource"}
