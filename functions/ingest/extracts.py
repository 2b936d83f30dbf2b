"""Taking in an extract: read, check, store, let it count - and only then acknowledge it.

The order of the writes is what makes a crash harmless: submissions first, the file's record next, the acknowledgement
last. Nothing reads a submission whose file has no record, whoever reads an acknowledgement may rely on it, and every
write says the same when it is repeated: a delivery that was interrupted anywhere is simply done again.
"""

from collections.abc import Iterator

from functions.domain.check.acknowledgement import Arrival, file_record, note_missing
from functions.domain.check.expectation import expectation
from functions.domain.check.extract import read_extract, refused_extract
from functions.domain.check.organisations import compact_date
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.upload import ExtractUpload, RefusedUpload, extract_upload
from functions.domain.digest import digest, document_digest
from functions.domain.grid import Grid, service_grid
from functions.domain.submission import encode_submission
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Counted, Ingestion, Upload
from functions.ports.submissions import StoredSubmission
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.file import FileRecord, Verdict
from schemas.service import ServiceDocument
from schemas.supplier import suppliers


def ingest_extract(*, upload: Upload, world: Ingestion) -> FileRecord:
    """Take in one extract and return its record: the first one, when this file was taken in before."""
    record = _taken_in(upload, world)
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record


def _taken_in(upload: Upload, world: Ingestion) -> FileRecord:
    claim = extract_upload(key=upload.key, suppliers=suppliers(), services=service_codes())
    content = Counted(world.exchange.chunks(key=upload.key, version=upload.version))
    if isinstance(claim, RefusedUpload):
        return _refuse(upload, claim, content, world)
    document = service_document(claim.service)
    grid = service_grid(document=document)
    expected = _expectation(document, grid, claim, upload, world)
    reading = read_extract(file=claim.name, chunks=content, expectation=expected)
    sha256 = content.digest()
    checked_by = (world.code_version(), document_digest(document=document))
    known = digest(*sorted(reading.practices), "refused", *sorted(reading.refused))
    file = digest(claim.supplier, claim.service, claim.run_kind, sha256, *checked_by, known)
    arrival = Arrival(
        id=file,
        key=upload.key,
        name=claim.name,
        supplier=claim.supplier,
        service=claim.service,
        run_kind=claim.run_kind,
        sha256=sha256,
        received_at=upload.received_at,
    )
    return _settle(arrival, reading, grid, world)


def _expectation(
    document: ServiceDocument, grid: Grid, claim: ExtractUpload, upload: Upload, world: Ingestion
) -> Expectation:
    return expectation(
        document=document,
        grid=grid,
        dates=(entry.achievement_date for entry in document.collections if claim.run_kind in entry.run_kinds),
        organisations=world.organisations.on(list_date=document.parameters.practice_list.value).values(),
        received=upload.received_at,
        supplier=claim.supplier,
        participation=world.participation.latest(service=document.code),
    )


def _settle(arrival: Arrival, reading: ExtractReading, grid: Grid, world: Ingestion) -> FileRecord:
    record = _record(arrival, reading, complete=note_missing(grid=grid, reading=reading))
    if record.verdict is Verdict.REFUSED or record.achievement_date is None or record.run_kind is None:
        return _reported(world.submissions.refuse(record=record), arrival, reading, world)
    collection = CollectionKey(
        service=record.service, achievement_date=record.achievement_date, run_kind=record.run_kind
    )
    kept = world.submissions.record(collection=collection, file=record.id)
    if kept is None:
        world.submissions.add(collection=collection, submissions=_stored(record.id, reading, grid))
        kept = record
        if not world.submissions.accept(collection=collection, record=record):  # the same file, read at the same time
            kept = world.submissions.record(collection=collection, file=record.id) or record
    return _reported(kept, arrival, reading, world)


def _reported(kept: FileRecord, arrival: Arrival, reading: ExtractReading, world: Ingestion) -> FileRecord:
    """Write the report of the put that the record is of: the first, and again when that very put is delivered again."""
    if (kept.key, kept.received_at) == (arrival.key, arrival.received_at):
        write_report(exchange=world.exchange, record=kept, problems=reading.problems)
    return kept


def _stored(file: str, reading: ExtractReading, grid: Grid) -> Iterator[StoredSubmission]:
    for organisation, practice in reading.practices.items():
        encoded = encode_submission(grid=grid, submission=practice.submission)
        yield StoredSubmission(organisation=organisation, file=file, encoded=encoded)


def _record(arrival: Arrival, reading: ExtractReading, *, complete: int) -> FileRecord:
    return file_record(
        arrival=arrival,
        achievement_date=compact_date(reading.achievement_date or ""),
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows_accepted,
        practices=len(reading.practices),
        practices_complete=complete,
        refused=reading.refused,
    )


def _refuse(upload: Upload, claim: RefusedUpload, content: Counted, world: Ingestion) -> FileRecord:
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
    record = _record(arrival, reading, complete=0)
    return _reported(world.submissions.refuse(record=record), arrival, reading, world)
