"""Files at rest: written whole, read in pieces."""

from pathlib import Path
from typing import Any

import boto3
import pytest

from cqrs.folder_objects import FolderObjects
from functions.adapters.s3_objects import S3Objects
from functions.ports.objects import ObjectMissing, Objects, PassingObjects
from tests.contract.conftest import REGION
from tests.fakes.stores import MemoryObjects


@pytest.fixture(params=["in memory", "on AWS", "in a folder"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    if request.param == "in memory":
        return MemoryObjects()
    if request.param == "in a folder":
        return FolderObjects(folder=tmp_path / "evidence")
    return on_aws(request)


def on_aws(request: pytest.FixtureRequest) -> S3Objects:
    request.getfixturevalue("aws")
    client: Any = boto3.client("s3", region_name=REGION)
    client.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
    return S3Objects(client=client, bucket="bucket")


def test_what_was_written_is_read_back_whole_and_in_part(objects: Objects) -> None:
    objects.write(key="a/b", body=b"0123456789", media_type="text/plain")
    assert b"".join(objects.chunks(key="a/b")) == b"0123456789"
    assert objects.part(key="a/b", offset=3, length=4) == b"3456"
    assert b"".join(objects.chunks(key="a/b", start=7)) == b"789"
    assert b"".join(objects.chunks(key="a/b", start=10)) == b""


def test_what_is_written_again_is_replaced_and_what_is_kept_stays(objects: Objects) -> None:
    for body in (b"first", b"second"):
        objects.write(key="written", body=body, media_type="text/plain")
        objects.keep(key="kept", body=body, media_type="text/plain")
    assert b"".join(objects.chunks(key="written")) == b"second"
    assert b"".join(objects.chunks(key="kept")) == b"first"


def test_what_is_not_there_is_said_to_be_missing(objects: Objects) -> None:
    with pytest.raises(ObjectMissing):
        list(objects.chunks(key="a/b"))
    with pytest.raises(ObjectMissing):
        objects.part(key="a/b", offset=0, length=1)


@pytest.fixture
def passing(where: str, request: pytest.FixtureRequest) -> PassingObjects:
    return MemoryObjects() if where == "in memory" else on_aws(request)


def test_what_is_removed_is_gone_with_all_under_its_prefix_and_nothing_else_is(passing: PassingObjects) -> None:
    for key in ("parts/one/0001", "parts/one/0002", "parts/other/0001"):
        passing.keep(key=key, body=b"found", media_type="text/plain")
    for _ in range(2):
        passing.remove(prefix="parts/one/")
    for key in ("parts/one/0001", "parts/one/0002"):
        with pytest.raises(ObjectMissing):
            list(passing.chunks(key=key))
    assert b"".join(passing.chunks(key="parts/other/0001")) == b"found"
