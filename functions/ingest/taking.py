"""Taking in whatever was put: what its key says it is, and never what may identify a person."""

from collections.abc import Callable, Iterator
from typing import overload

from functions.domain.check.acknowledgement import SOMEWHERE, Arrival
from functions.domain.check.counted import Counted
from functions.domain.check.extract import refused_extract
from functions.domain.check.personal import holds_a_number
from functions.domain.check.rows import always
from functions.domain.check.screening import holds_a_person
from functions.domain.check.upload import EXTRACTS, ExtractUpload, extract_upload
from functions.ingest.decisions import ingest_decisions
from functions.ingest.extracts import ingest_extract
from functions.ingest.organisations import ingest_organisations
from functions.ingest.participation import ingest_participation
from functions.ingest.quarantining import done_before, quarantine
from functions.ingest.upload import Ingestion, Upload
from functions.ports.objects import ObjectMissing
from schemas.catalogue import service_codes
from schemas.continuation import Continuation
from schemas.file import FileRecord
from schemas.problem import Code
from schemas.supplier import suppliers

OTHERS = {  # by the key's first part; any other holds extracts
    "organisations": ingest_organisations,
    "participation": ingest_participation,
    "decisions": ingest_decisions,
}


@overload
def take_in(*, upload: Upload, world: Ingestion) -> FileRecord: ...


@overload
def take_in(*, upload: Upload, world: Ingestion, part: int, go_on: Callable[[], bool]) -> FileRecord | Continuation: ...


def take_in(
    *, upload: Upload, world: Ingestion, part: int = 0, go_on: Callable[[], bool] = always
) -> FileRecord | Continuation:
    """Take in one upload and return the record of its file, or what is left to be read of an extract where it may not
    `go_on` for so long. Raises ObjectMissing where the upload is gone.
    """
    try:
        return _take_in(upload, world, part, go_on)
    except ObjectMissing:
        return done_before(upload=upload, world=world)


def _take_in(upload: Upload, world: Ingestion, part: int, go_on: Callable[[], bool]) -> FileRecord | Continuation:
    other = OTHERS.get(upload.key.partition("/")[0])
    if holds_a_number(upload.key) or (other and holds_a_person(chunks=_chunks(upload, world))):
        return _quarantine_unread(upload, world)
    if other:
        return other(upload=upload, world=world)
    return ingest_extract(upload=upload, world=world, part=part, go_on=go_on)


def _quarantine_unread(upload: Upload, world: Ingestion) -> FileRecord:
    folder, _, name = upload.key.partition("/")
    supplier = name.partition("/")[0] if folder == EXTRACTS else ""
    claim = extract_upload(key=upload.key, suppliers=suppliers(), services=service_codes())
    reading = refused_extract(file=name, line=0, code=Code.FILE_PERSONAL, message=SOMEWHERE)
    arrival = Arrival(
        id="",
        key=upload.key,
        name=name.rpartition("/")[2] if supplier else name,
        supplier=supplier,
        service=claim.service if isinstance(claim, ExtractUpload) else "",
        run_kind=claim.run_kind if isinstance(claim, ExtractUpload) else None,
        sha256=Counted(_chunks(upload, world)).digest(),
        received_at=upload.received_at,
    )
    return quarantine(upload=upload, arrival=arrival, reading=reading, world=world)


def _chunks(upload: Upload, world: Ingestion) -> Iterator[bytes]:
    return world.exchange.chunks(key=upload.key, version=upload.version)
