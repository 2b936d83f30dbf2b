"""The quarantine: a bucket that Ingest may write to and nobody may read, and the removal of what was copied there."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from functions.adapters.s3_objects import MISSING
from functions.ports.objects import ObjectMissing

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CopySourceTypeDef

FOLDER = "quarantined"
LONGEST_NOTE = 1000  # bytes, quoted: S3 takes 2 KB of metadata for an object


class S3Quarantine:
    """The port `Quarantine` on two buckets: that of the uploads, and the quarantine."""

    def __init__(self, *, client: "S3Client", uploads: str, quarantine: str) -> None:
        self._client = client
        self._uploads = uploads
        self._quarantine = quarantine

    def take(self, *, key: str, version: str | None, file: str, notes: Mapping[str, str]) -> None:
        """Copy a version of an upload, in parts where it is large. S3 keeps notes in ASCII, so that they are quoted."""
        source: CopySourceTypeDef = {"Bucket": self._uploads, "Key": key}
        if version:
            source["VersionId"] = version
        told = {name: quote(value)[:LONGEST_NOTE] for name, value in notes.items()}
        # Replaced and not copied: the sender's own tags would ask for more permissions than a copy needs.
        extra = {"Metadata": told, "MetadataDirective": "REPLACE", "TaggingDirective": "REPLACE"}
        try:
            self._client.copy(source, self._quarantine, f"{FOLDER}/{file}", ExtraArgs=extra)
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                raise ObjectMissing(file) from error
            raise

    def clear(self, *, key: str, version: str | None) -> None:
        """Delete one version by its id, which leaves no marker; then the markers, where only they are left."""
        if version:
            self._client.delete_object(Bucket=self._uploads, Key=key, VersionId=version)
        left = list(self._versions(key))
        if not version or all(marker for _, marker in left):
            for each, _ in left:
                self._client.delete_object(Bucket=self._uploads, Key=key, VersionId=each)

    def _versions(self, key: str) -> Iterator[tuple[str, bool]]:
        """Every version under a key by its id, and whether it is a marker of a deletion."""
        for page in self._client.get_paginator("list_object_versions").paginate(Bucket=self._uploads, Prefix=key):
            found: list[tuple[Any, bool]] = [(one, False) for one in page.get("Versions", ())]
            found += [(one, True) for one in page.get("DeleteMarkers", ())]
            yield from ((one["VersionId"], marker) for one, marker in found if one["Key"] == key)
