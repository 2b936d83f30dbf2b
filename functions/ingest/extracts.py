"""Taking in an extract: read, check, store, let it count - and only then acknowledge it.

The order of the writes is what makes a crash harmless: submissions first, the file's record next, the acknowledgement
last. Nothing reads a submission whose file has no record, whoever reads an acknowledgement may rely on it, and every
write says the same when it is repeated: a delivery that was interrupted anywhere is simply done again.
"""

from collections.abc import Callable, Iterator
from typing import overload

from functions.check.extracts import CheckedExtract, extract_holds_a_person, held_against, identifies
from functions.domain.check.acknowledgement import Arrival, refused_record
from functions.domain.check.counted import Counted
from functions.domain.check.extract import refused_extract
from functions.domain.check.rows import always
from functions.domain.check.upload import RefusedUpload, extract_upload
from functions.domain.digest import digest
from functions.domain.packed import Packing
from functions.ingest.continuing import read_part
from functions.ingest.quarantining import quarantine
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Ingestion, Upload
from functions.ports.submissions import StoredSubmission
from schemas.catalogue import service_codes
from schemas.collection import CollectionKey
from schemas.continuation import Continuation
from schemas.file import FileRecord, Verdict
from schemas.supplier import suppliers


@overload
def ingest_extract(*, upload: Upload, world: Ingestion) -> FileRecord: ...


@overload
def ingest_extract(
    *, upload: Upload, world: Ingestion, part: int, go_on: Callable[[], bool]
) -> FileRecord | Continuation: ...


def ingest_extract(
    *, upload: Upload, world: Ingestion, part: int = 0, go_on: Callable[[], bool] = always
) -> FileRecord | Continuation:
    """Take in one extract and return its record: the first one, when this file was taken in before.

    A `part` of it is read, to the end where it may `go_on` for so long, which is when the file is settled; else what is
    left is to be continued.
    """
    claim = extract_upload(key=upload.key, suppliers=suppliers(), services=service_codes())
    if isinstance(claim, RefusedUpload):
        return _refuse(upload, claim, world)
    held = held_against(claim=claim, key=upload.key, received_at=upload.received_at, known=world.known)
    checked = read_part(upload=upload, held=held, part=part, go_on=go_on, world=world)
    if isinstance(checked, Continuation):
        return checked
    if identifies(checked=checked, again=lambda: world.exchange.chunks(key=upload.key, version=upload.version)):
        return quarantine(upload=upload, arrival=checked.arrival, reading=checked.reading, world=world)
    record = _settle(checked, world)
    write_report(
        exchange=world.exchange,
        upload=upload,
        record=record,
        problems=checked.reading.problems,
        name=claim.name,
        completeness=checked.completeness(),
    )
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record


def _settle(checked: CheckedExtract, world: Ingestion) -> FileRecord:
    """Let the file count, or keep it as refused; the record that is kept."""
    record = checked.record
    if record.verdict is Verdict.REFUSED or record.achievement_date is None or record.run_kind is None:
        return world.submissions.refuse(record=record)
    collection = CollectionKey(
        service=record.service, achievement_date=record.achievement_date, run_kind=record.run_kind
    )
    kept = world.submissions.record(collection=collection, file=record.id)
    if kept is None:
        world.submissions.add(collection=collection, submissions=_stored(checked))
        kept = record
        if not world.submissions.accept(collection=collection, record=record):  # the same file, read at the same time
            kept = world.submissions.record(collection=collection, file=record.id) or record
    return kept


def _stored(checked: CheckedExtract) -> Iterator[StoredSubmission]:
    packing = Packing(grid=checked.grid)
    for organisation, practice in checked.reading.practices.items():
        packed = packing.pack(submission=practice.submission)
        yield StoredSubmission(organisation=organisation, file=checked.record.id, layout=packing.layout, packed=packed)


def _refuse(upload: Upload, claim: RefusedUpload, world: Ingestion) -> FileRecord:
    content = Counted(world.exchange.chunks(key=upload.key, version=upload.version))
    reading = refused_extract(file=claim.name, line=0, code=claim.code, message=claim.message)
    sha256 = content.digest()
    arrival = Arrival(
        id=digest(upload.key, sha256),
        key=upload.key,
        name=claim.name,
        supplier=claim.supplier,
        service=claim.service,
        run_kind=None,
        sha256=sha256,
        received_at=upload.received_at,
    )
    if extract_holds_a_person(chunks=world.exchange.chunks(key=upload.key, version=upload.version)):
        return quarantine(upload=upload, arrival=arrival, reading=reading, world=world)
    record = world.submissions.refuse(record=refused_record(arrival=arrival, problems=reading.problems))
    write_report(exchange=world.exchange, upload=upload, record=record, problems=reading.problems, name=claim.name)
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record
