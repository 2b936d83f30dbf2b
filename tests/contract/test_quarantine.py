"""The quarantine: a file is copied there and removed from where it was put, and either may be done again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from functions.adapters.s3_quarantine import S3Quarantine
from functions.ports.objects import ObjectMissing
from functions.ports.quarantine import Quarantine
from tests.contract.conftest import REGION
from tests.fakes.stores import MemoryObjects, MemoryQuarantine

KEY = "extracts/tpp/QOF2324/PAYMENT/april.csv"
NOTES = {"key": "extracts/tpp/übung.csv", "reason": "FILE-PERSONAL"}


@dataclass(frozen=True)
class Place:
    """A quarantine, a way to put an upload (answers with its version), and what the two places hold."""

    quarantine: Quarantine
    put: Callable[[bytes], str | None]
    uploads: Callable[[], list[str]]
    quarantined: Callable[[], dict[str, bytes]]


@pytest.fixture
def place(where: str, request: pytest.FixtureRequest) -> Place:
    if where == "in memory":
        objects = MemoryObjects()
        memory = MemoryQuarantine(uploads=objects)
        return Place(
            quarantine=memory,
            put=lambda body: objects.write(key=KEY, body=body, media_type="text/csv"),
            uploads=lambda: list(objects.held),
            quarantined=lambda: {file: body for file, (body, _) in memory.held.items()},
        )
    request.getfixturevalue("aws")
    return on_aws(s3())


def s3() -> Any:
    client: Any = boto3.client("s3", region_name=REGION)
    for name in ("uploads", "quarantine"):
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return client


def on_aws(client: Any) -> Place:
    def quarantined() -> dict[str, bytes]:
        found = client.list_objects_v2(Bucket="quarantine").get("Contents", ())
        bodies = {one["Key"]: client.get_object(Bucket="quarantine", Key=one["Key"])["Body"].read() for one in found}
        return {key.removeprefix("quarantined/"): body for key, body in bodies.items()}

    return Place(
        quarantine=S3Quarantine(client=client, uploads="uploads", quarantine="quarantine"),
        put=lambda body: str(client.put_object(Bucket="uploads", Key=KEY, Body=body)["VersionId"]),
        uploads=lambda: versions(client),
        quarantined=quarantined,
    )


def versions(client: Any) -> list[str]:
    found = client.list_object_versions(Bucket="uploads")
    return [one["VersionId"] for kind in ("Versions", "DeleteMarkers") for one in found.get(kind, ())]


def test_what_is_taken_is_in_the_quarantine_and_still_where_it_was_put(place: Place) -> None:
    version = place.put(b"943 476 5919")
    for _ in range(2):
        place.quarantine.take(key=KEY, version=version, file="0f", notes=NOTES)
    assert place.quarantined() == {"0f": b"943 476 5919"}
    assert len(place.uploads()) == 1


def test_what_is_cleared_is_gone_from_where_it_was_put_and_stays_in_the_quarantine(place: Place) -> None:
    version = place.put(b"943 476 5919")
    place.quarantine.take(key=KEY, version=version, file="0f", notes=NOTES)
    for _ in range(2):
        place.quarantine.clear(key=KEY, version=version)
    assert place.uploads() == []
    assert place.quarantined() == {"0f": b"943 476 5919"}


def test_what_is_not_there_cannot_be_taken(place: Place) -> None:
    version = place.put(b"943 476 5919")
    place.quarantine.clear(key=KEY, version=version)
    with pytest.raises(ObjectMissing):
        place.quarantine.take(key=KEY, version=version, file="0f", notes=NOTES)


@pytest.mark.usefixtures("aws")
def test_another_file_under_the_same_key_is_left_alone() -> None:
    """The corrected file may be there already when the first one is removed."""
    client = s3()
    place = on_aws(client)
    before, version, after = (place.put(body) for body in (b"1", b"943 476 5919", b"2"))
    place.quarantine.clear(key=KEY, version=version)
    assert sorted(place.uploads()) == sorted([str(before), str(after)])


@pytest.mark.usefixtures("aws")
def test_the_mark_of_its_sender_s_own_deletion_goes_with_it() -> None:
    client = s3()
    place = on_aws(client)
    version = place.put(b"943 476 5919")
    client.delete_object(Bucket="uploads", Key=KEY)
    client.put_object(Bucket="uploads", Key=f"{KEY}.gz", Body=b"another")
    assert len(place.uploads()) == 3
    place.quarantine.clear(key=KEY, version=version)
    assert len(place.uploads()) == 1


@pytest.mark.usefixtures("aws")
def test_whoever_may_look_finds_where_it_was_put_in_the_notes() -> None:
    client = s3()
    place = on_aws(client)
    place.quarantine.take(key=KEY, version=place.put(b"1"), file="0f", notes=NOTES)
    head = client.head_object(Bucket="quarantine", Key="quarantined/0f")
    assert head["Metadata"] == {"key": "extracts/tpp/%C3%BCbung.csv", "reason": "FILE-PERSONAL"}
