"""No function or machine may do more than its part."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from infra.grants import shown
from infra.reasons import WILDCARDS, reason_for

Resources = Mapping[str, Mapping[str, Any]]
Find = Callable[[str], Resources]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _grants(properties: Find) -> Iterator[tuple[str, str, str]]:
    """Each action that a role is allowed, on each resource: the policy, the action, the resource."""
    for name, policy in properties("AWS::IAM::Policy").items():
        for statement in policy["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            for action in _listed(statement["Action"]):
                for resource in _listed(statement["Resource"]):
                    yield name, action, shown(resource)


def test_no_action_is_a_wildcard(properties: Find) -> None:
    assert not [(name, action) for name, action, _ in _grants(properties) if "*" in action]


def test_no_resource_is_a_wildcard_without_a_recorded_reason(properties: Find) -> None:
    for _, action, resource in _grants(properties):
        if "*" in resource:
            assert reason_for(action, resource)


def test_no_recorded_reason_is_left_over(properties: Find) -> None:
    grants = [(action, resource) for _, action, resource in _grants(properties) if "*" in resource]
    unused = [
        (action, line.resource)
        for line in WILDCARDS
        for action in line.actions
        if not any(action == granted and line.covers(granted, resource) for granted, resource in grants)
    ]
    assert not unused


def test_a_wildcard_without_a_reason_is_refused() -> None:
    with pytest.raises(LookupError, match=r"s3:GetObject on <Exchange\.Arn>/\* has no reason"):
        reason_for("s3:GetObject", "<Exchange.Arn>/*")


def test_nothing_may_delete_but_ingest_an_upload_that_is_in_the_quarantine_and_its_parts(properties: Find) -> None:
    deletes = {action for _, action, _ in _grants(properties) if ":Delete" in action}
    assert deletes == {
        "logs:DeleteLogDelivery",  # a state machine's own log delivery
        "sqs:DeleteMessage",  # a message that was handled
        "s3:DeleteObjectVersion",  # an upload that may identify people, when it was copied to the quarantine
        "s3:DeleteObject",  # what was found in its parts
    }
    who = {(policy[: len("CollectionIngest")], action) for policy, action, _ in _grants(properties)}
    for deleting in ("s3:DeleteObjectVersion", "s3:DeleteObject"):
        assert {name for name, action in who if action == deleting} == {"CollectionIngest", "CollectionReadOn"}


def test_nobody_reads_the_quarantine_and_who_takes_in_uploads_alone_writes_to_it(properties: Find) -> None:
    touching = {
        (policy[: len("CollectionIngest")], action)
        for policy, action, resource in _grants(properties)
        if "Quarantine" in resource
    }
    assert touching == {("CollectionIngest", "s3:PutObject"), ("CollectionReadOn", "s3:PutObject")}


def test_no_role_carries_a_managed_policy(properties: Find) -> None:
    for name, role in properties("AWS::IAM::Role").items():
        assert "ManagedPolicyArns" not in role, name
        assert "Policies" not in role, name


def test_every_function_and_machine_has_a_role_of_its_own(properties: Find) -> None:
    users = [function["Role"]["Fn::GetAtt"][0] for function in properties("AWS::Lambda::Function").values()]
    users += [
        machine["RoleArn"]["Fn::GetAtt"][0] for machine in properties("AWS::StepFunctions::StateMachine").values()
    ]
    assert sorted(users) == sorted(properties("AWS::IAM::Role"))


PARTS = {
    "CollectionReadOn": {
        "StorageSubmissions": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageOrganisations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageParticipation": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageExchange": {"s3:ListBucket", "s3:ListBucketVersions"},
        "StorageReading": {"s3:ListBucket"},
        "StorageExchange/extracts/*": {"s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"},
        "StorageExchange/reports/*": {"s3:PutObject"},
        "StorageQuarantine/quarantined/*": {"s3:PutObject"},
        "StorageReading/parts/*": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
        "CqrsBus": {"events:PutEvents"},
    },
    "CollectionIngest": {
        "StorageSubmissions": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageOrganisations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageParticipation": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem"},
        "StorageExchange": {"s3:ListBucket", "s3:ListBucketVersions"},
        "StorageReading": {"s3:ListBucket"},
        "StorageExchange/extracts/*": {"s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"},
        "StorageExchange/organisations/*": {"s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"},
        "StorageExchange/participation/*": {"s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"},
        "StorageExchange/decisions/*": {"s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"},
        "StorageExchange/reports/*": {"s3:PutObject"},
        "StorageQuarantine/quarantined/*": {"s3:PutObject"},
        "CqrsBus": {"events:PutEvents"},
        "StorageReading/parts/*": {"s3:PutObject", "s3:DeleteObject"},
        "CollectionMachine": {"states:StartExecution"},
        "CollectionUploads": {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
    },
    "CalculationFreeze": {
        "StorageSubmissions": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageOrganisations": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageParticipation": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "StorageEvidence/inputs/*": {"s3:PutObject"},
        "StorageEvidence/documents/*": {"s3:PutObject"},
        "StorageEvidence/runs/*": {"s3:GetObject", "s3:PutObject"},
    },
    "CalculationInspect": {
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageHolds": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "StorageEvidence/inputs/*": {"s3:GetObject"},
        "StorageEvidence/documents/*": {"s3:GetObject"},
        "StorageEvidence/runs/*": {"s3:GetObject", "s3:PutObject"},
        "CqrsBus": {"events:PutEvents"},
    },
    "CalculationPlan": {
        "StorageEvidence/inputs/*": {"s3:GetObject"},
        "StorageEvidence/runs/*": {"s3:PutObject"},
    },
    "CalculationCalculate": {
        "StorageAchievements": {"dynamodb:BatchWriteItem"},
        "StorageEvidence/inputs/*": {"s3:GetObject"},
        "StorageEvidence/documents/*": {"s3:GetObject"},
        "StorageEvidence/runs/*": {"s3:GetObject", "s3:PutObject"},
    },
    "CalculationPublish": {
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "CqrsBus": {"events:PutEvents"},
    },
    "CalculationResumeRuns": {
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageHolds/index/awaiting": {"dynamodb:Query"},
        "CalculationMachine": {"states:StartExecution"},
    },
    "DeclarationOpen": {
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageDeclarations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "DeclarationMachine": {"states:StartExecution"},
        "*": {"states:SendTaskSuccess"},
    },
    "DeclarationInstruct": {"StorageDeclarations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"}},
    "DeclarationResume": {
        "StorageDeclarations/index/awaiting": {"dynamodb:Query"},
        "DeclarationMachine": {"states:StartExecution"},
    },
    "FrontServe": {
        "StorageSubmissions": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageParticipation": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageExchange": {"s3:ListBucket"},
        "StorageExchange/reports/extracts/*": {"s3:GetObject"},
        "StorageOrganisations": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageAchievements": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageGrants": {"dynamodb:GetItem", "dynamodb:Query"},
        "StorageDeclarations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "StorageDeclarations/index/awaiting": {"dynamodb:Query"},
        "StorageHolds": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "StorageHolds/index/awaiting": {"dynamodb:Query"},
        "StorageEvidence/inputs/*": {"s3:GetObject"},
        "StorageEvidence/documents/*": {"s3:GetObject"},
        "StorageEvidence/runs/*": {"s3:GetObject"},
        "CalculationMachine": {"states:StartExecution"},
        "DeclarationMachine": {"states:StartExecution"},
        "*": {"states:SendTaskSuccess"},
    },
}
EVERY_FUNCTION = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "logs:CreateLogStream", "logs:PutLogEvents"}


@pytest.mark.parametrize("function", PARTS)
def test_a_function_may_do_its_part_and_nothing_else(function: str, properties: Find) -> None:
    allowed: dict[str, set[str]] = {}
    for policy, action, resource in _grants(properties):
        if policy.startswith(f"{function}Role") and action not in EVERY_FUNCTION:
            allowed.setdefault(_plain(resource), set()).add(action)
    assert allowed == PARTS[function]


def test_every_function_has_its_part_written_down(properties: Find) -> None:
    assert sorted(PARTS) == sorted(name[:-8] for name in properties("AWS::Lambda::Function"))


def _plain(resource: str) -> str:
    """`<StorageExchange7DCD6798.Arn>/reports/*` as `StorageExchange/reports/*`: without hash and attribute."""
    if not resource.startswith("<"):
        return resource
    name, _, rest = resource[1:].partition(">")
    return name.partition(".")[0][:-8] + rest
