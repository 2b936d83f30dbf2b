"""Deploying a cloud assembly by the AWS API alone: upload its assets, create or update the stack, tell its outputs.

It is how the local AWS is served; an account is deployed to with the CDK command line, from the same assembly.
"""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

STACK = "Cqrs"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can tell
CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM")
NOT_FOUND = 404
GOOD = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
POLL_SECONDS = 0.25
PATIENCE_SECONDS = 600


class DeploymentError(Exception):
    """The stack could not be created or updated; the message names the resources that failed and why."""


@dataclass(frozen=True)
class Place:
    """An endpoint, its region and credentials: where a stack is put."""

    endpoint: str
    region: str
    account: str
    access_key: str = "test"
    secret_key: str = "test"  # noqa: S105 - what the local AWS takes from its owner

    def options(self) -> dict[str, Any]:
        """What every client of this place is made with: `boto3.client("s3", **place.options())`."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": self.region,
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": self.secret_key,
            "config": Config(s3={"addressing_style": "path"}, retries={"mode": "standard"}),
        }


def deploy(assembly: Path, place: Place, *, parameters: Mapping[str, str] | None = None) -> dict[str, str]:
    """Bring the place to what the assembly says, and return the stack's outputs by name.

    Deploying the same assembly again changes nothing. Raises DeploymentError.
    """
    s3: S3Client = boto3.client("s3", **place.options())
    cloudformation: CloudFormationClient = boto3.client("cloudformation", **place.options())
    template_url = ""
    for source, bucket, key in _assets(assembly, place):
        _upload(s3, source, bucket=bucket, key=key, region=place.region)
        if source.name == f"{STACK}.template.json":
            template_url = f"{place.endpoint}/{bucket}/{key}"
    _apply(cloudformation, template_url, parameters or {})
    return stack_outputs(cloudformation)


def _assets(assembly: Path, place: Place) -> Iterator[tuple[Path, str, str]]:
    """Each file or folder that the assembly publishes, with its bucket and key."""
    manifest = json.loads((assembly / f"{STACK}.assets.json").read_text(encoding="utf-8"))
    for asset in manifest["files"].values():
        for destination in asset["destinations"].values():
            bucket = destination["bucketName"]
            for name, value in (("${AWS::AccountId}", place.account), ("${AWS::Region}", place.region)):
                bucket = bucket.replace(name, value)
            yield assembly / asset["source"]["path"], bucket, destination["objectKey"]


def _upload(s3: "S3Client", source: Path, *, bucket: str, key: str, region: str) -> None:
    """Upload what is not there yet: a key is a digest of its content."""
    if _exists(lambda: s3.head_object(Bucket=bucket, Key=key)):
        return
    if not _exists(lambda: s3.head_bucket(Bucket=bucket)):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]
    s3.put_object(Bucket=bucket, Key=key, Body=zipped(source) if source.is_dir() else source.read_bytes())


def zipped(folder: Path) -> bytes:
    """The folder as a zip file that depends on nothing but names and contents."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target.getvalue()


def _exists(head: Callable[[], object]) -> bool:
    try:
        head()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND:
            return False
        raise
    return True


def _apply(cloudformation: "CloudFormationClient", template_url: str, parameters: Mapping[str, str]) -> None:
    """Create the stack, or update it; that there is nothing to update is well."""
    token = f"deploy-{time.time_ns()}"
    request: dict[str, Any] = {
        "StackName": STACK,
        "TemplateURL": template_url,
        "Capabilities": CAPABILITIES,
        "ClientRequestToken": token,
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    }
    try:
        if _status(cloudformation) is None:
            cloudformation.create_stack(**request)
        else:
            cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in error.response["Error"]["Message"]:
            return
        raise DeploymentError(error.response["Error"]["Message"]) from error
    _wait(cloudformation, token)


def _wait(cloudformation: "CloudFormationClient", token: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (status := _status(cloudformation) or "").endswith("_IN_PROGRESS"):
        if time.monotonic() > deadline:
            raise DeploymentError(f"the stack is still {status} after {PATIENCE_SECONDS} seconds")
        time.sleep(POLL_SECONDS)
    if status not in GOOD:
        raise DeploymentError("\n".join([f"the stack is {status}", *_failures(cloudformation, token)]))


def _status(cloudformation: "CloudFormationClient") -> str | None:
    """The stack's status, or None when there is no such stack."""
    try:
        return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if "does not exist" in error.response["Error"]["Message"]:
            return None
        raise


def _failures(cloudformation: "CloudFormationClient", token: str) -> list[str]:
    """The failed resources of this deployment, the first of them first."""
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    return [
        f"{event.get('LogicalResourceId')} ({event.get('ResourceType')}): {event.get('ResourceStatusReason')}"
        for event in reversed(events)
        if event.get("ResourceStatus", "").endswith("_FAILED") and event.get("ClientRequestToken", token) == token
    ]


def stack_outputs(cloudformation: "CloudFormationClient") -> dict[str, str]:
    """The outputs of the deployed stack, by name."""
    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
