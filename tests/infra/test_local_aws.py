"""The local AWS starts, keeps what it is given, and can be deployed to."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from cqrs.deployment import DeploymentError, deploy, zipped
from cqrs.local import LocalAws, LocalAwsError, Process


@pytest.fixture(scope="module")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    running = LocalAws(tmp_path_factory.mktemp("local"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def small_assembly(tmp_path: Path) -> Path:
    """An assembly of one parameter, one queue and one asset."""
    (tmp_path / "asset").mkdir()
    (tmp_path / "asset" / "a.txt").write_text("a", encoding="utf-8")
    template = {
        "Parameters": {"Seconds": {"Type": "Number", "Default": 30}},
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": {"Ref": "Seconds"}}}},
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}},
    }
    _write(tmp_path, template)
    return tmp_path


def _write(folder: Path, template: dict[str, object]) -> None:
    (folder / "Cqrs.template.json").write_text(json.dumps(template), encoding="utf-8")
    files = {
        name: {
            "source": {"path": path},
            "destinations": {
                "here": {"bucketName": "assets-${AWS::AccountId}-${AWS::Region}", "objectKey": f"{key}-{folder.name}"}
            },
        }
        for name, path, key in (("t", "Cqrs.template.json", str(hash(str(template)))), ("a", "asset", "asset.zip"))
    }
    (folder / "Cqrs.assets.json").write_text(json.dumps({"files": files}), encoding="utf-8")


def test_it_answers_on_loopback_only(local_aws: LocalAws) -> None:
    assert local_aws.place.endpoint.startswith("http://127.0.0.1:")


def test_starting_it_twice_changes_nothing(local_aws: LocalAws) -> None:
    before = local_aws.process
    local_aws.start()
    assert local_aws.process == before


def test_deploying_gives_the_outputs_and_again_changes_nothing(local_aws: LocalAws, small_assembly: Path) -> None:
    first = deploy(small_assembly, local_aws.place)
    assert deploy(small_assembly, local_aws.place) == first
    assert set(first) == {"Url"}


def test_a_deployment_can_set_parameters(local_aws: LocalAws, small_assembly: Path) -> None:
    url = deploy(small_assembly, local_aws.place, parameters={"Seconds": "7"})["Url"]
    sqs = boto3.client("sqs", **local_aws.place.options())
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert answer["Attributes"]["VisibilityTimeout"] == "7"


def test_a_deployment_that_fails_names_what_failed_and_why(local_aws: LocalAws, small_assembly: Path) -> None:
    template = json.loads((small_assembly / "Cqrs.template.json").read_text(encoding="utf-8"))
    template["Resources"]["Wrong"] = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"PolicyName": "p", "Roles": ["nobody"], "PolicyDocument": {"Statement": []}},
    }
    _write(small_assembly, template)
    with pytest.raises(DeploymentError, match=r"Wrong \(AWS::IAM::Policy\): .*nobody"):
        deploy(small_assembly, local_aws.place)


def test_what_it_holds_is_there_after_a_restart_at_the_same_address(local_aws: LocalAws) -> None:
    before = local_aws.place
    boto3.client("s3", **before.options()).create_bucket(
        Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    assert local_aws.stop()
    assert local_aws.start() == before
    buckets = boto3.client("s3", **before.options()).list_buckets()["Buckets"]
    assert "kept" in [bucket["Name"] for bucket in buckets]


def test_where_it_does_not_run_there_is_no_place_and_nothing_to_stop(tmp_path: Path) -> None:
    absent = LocalAws(tmp_path)
    assert not absent.stop()
    with pytest.raises(LocalAwsError, match="not running"):
        absent.place  # noqa: B018 - asking is the test


def test_a_process_that_only_has_the_same_number_is_left_alone(tmp_path: Path) -> None:
    ours = Process(pid=os.getpid(), started="another time", port=1)
    (tmp_path / "process.json").write_text(json.dumps(ours.__dict__), encoding="utf-8")
    assert LocalAws(tmp_path).process is None
    assert not LocalAws(tmp_path).stop()


def test_a_folder_is_always_the_same_zip_file(tmp_path: Path) -> None:
    for folder, order in (("one", "ab"), ("two", "ba")):
        (tmp_path / folder).mkdir()
        for name in order:
            (tmp_path / folder / name).write_text(name, encoding="utf-8")
    os.utime(tmp_path / "one" / "a", (0, 0))
    assert zipped(tmp_path / "one") == zipped(tmp_path / "two")
