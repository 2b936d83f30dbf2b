"""What things are known by: the digest of what they are made of."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from schemas.run import RunIdentity
from schemas.service import ServiceDocument


def digest(*parts: bytes | str) -> str:
    """A short digest of parts, each kept apart from the next: 32 hexadecimal digits of SHA-256."""
    total = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()[:32]


def run_id(*, identity: RunIdentity) -> str:
    """The id of a run: the digest of its inputs, its service document and the version of the code."""
    return digest(identity.inputs, identity.document, identity.code)


def document_digest(*, document: ServiceDocument) -> str:
    """The digest of what a service document says, whatever its comments and layout."""
    return digest(document_text(document=document))


def document_text(*, document: ServiceDocument) -> bytes:
    """What a service document says as JSON, in one spelling: what its digest is of, and what a run keeps of it."""
    return document.model_dump_json(by_alias=True).encode()


def canonical_json(value: Mapping[str, object] | Iterable[object]) -> bytes:
    """JSON with one spelling, and a line ending."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
