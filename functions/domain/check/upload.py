"""What an upload claims to be, by the key it was put under, and whether its sender may send it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from schemas.problem import Code
from schemas.service import RunKind
from schemas.supplier import Supplier

EXTRACTS = "extracts"
EXTRACT_PARTS = 5  # extracts/<supplier>/<service>/<run kind>/<name>


@dataclass(frozen=True, slots=True)
class ExtractUpload:
    """An extract of a supplier, for a service and a run kind."""

    supplier: str
    service: str
    run_kind: RunKind
    name: str


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """An upload whose key says that it cannot be taken, with the reason for its report."""

    supplier: str
    service: str
    name: str
    code: Code
    message: str


def extract_upload(
    *, key: str, suppliers: Mapping[str, Supplier], services: Collection[str]
) -> ExtractUpload | RefusedUpload:
    """What the key of an extract says, or why the upload is refused whatever is in it."""
    parts = key.split("/", EXTRACT_PARTS - 1)
    if len(parts) != EXTRACT_PARTS or not all(parts):
        message = "Upload extracts under extracts/<supplier>/<service>/<run kind>/<name>."
        sender = _sender(key, suppliers)
        return RefusedUpload(supplier=sender, service="", name=key, code=Code.FILE_KEY, message=message)
    _, supplier, service, run_kind, name = parts
    reason = _reason(suppliers.get(supplier), supplier, service, run_kind, services)
    if reason is not None:
        return RefusedUpload(supplier=supplier, service=service, name=name, code=reason[0], message=reason[1])
    return ExtractUpload(supplier=supplier, service=service, run_kind=RunKind(run_kind), name=name)


def _sender(key: str, suppliers: Collection[str]) -> str:
    """The supplier in whose folder something lies, so that it sees the refusal; blank where it is in nobody's."""
    folder, _, rest = key.partition("/")
    supplier, inside, _ = rest.partition("/")
    return supplier if folder == EXTRACTS and inside and supplier in suppliers else ""


def _reason(
    known: Supplier | None, supplier: str, service: str, run_kind: str, services: Collection[str]
) -> tuple[Code, str] | None:
    if known is None:
        return Code.FILE_SUPPLIER, f"There is no supplier {supplier}. Upload under the folder that you were given."
    if service not in services or service not in known.services:
        return Code.FILE_SUPPLIER, f"{known.name} may not send {service}; it may send {', '.join(known.services)}."
    if run_kind not in known.run_kinds:
        return Code.FILE_KEY, f"{run_kind} is no run kind that {known.name} sends; use {', '.join(known.run_kinds)}."
    return None
