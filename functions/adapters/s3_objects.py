"""Files in an S3 bucket."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from functions.ports.objects import ObjectMissing

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHUNK = 2**20
TAKEN = "PreconditionFailed"
BEHIND = frozenset({"InvalidRange", "416"})  # the object ends before
MISSING = frozenset({"NoSuchKey", "NoSuchVersion", "404"})


class S3Objects:
    """Objects in one bucket."""

    def __init__(self, *, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def chunks(self, *, key: str, version: str | None = None, start: int = 0) -> Iterator[bytes]:
        """The bytes of an object from one on, a megabyte at a time."""
        wanted = {"VersionId": version} if version else {}
        if start:
            wanted["Range"] = f"bytes={start}-"
        try:
            body = self._body(key, wanted)
        except ClientError as error:
            if start and error.response["Error"]["Code"] in BEHIND:
                return
            raise
        yield from body.iter_chunks(CHUNK)

    def part(self, *, key: str, offset: int, length: int) -> bytes:
        """Some bytes out of an object."""
        data: bytes = self._body(key, {"Range": f"bytes={offset}-{offset + length - 1}"}).read()
        return data

    def write(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object whole."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type)

    def keep(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object once and for ever, on condition that the key is free."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=media_type, IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] != TAKEN:
                raise

    def remove(self, *, prefix: str) -> None:
        """Delete every object under a prefix; for good where the bucket keeps no versions, as that of passing ones."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
            for one in page.get("Contents", ()):
                self._client.delete_object(Bucket=self._bucket, Key=one["Key"])

    def _body(self, key: str, wanted: dict[str, Any]) -> Any:  # noqa: ANN401  # botocore's StreamingBody has no stub
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key, **wanted)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                raise ObjectMissing(key) from error
            raise
