"""Moving a file that may identify people into the quarantine, so that its content is nowhere else.

The order of the writes is what makes a crash harmless: the copy first, then the record, then the acknowledgement and
the announcement, then what was found in its parts is removed, and last the upload itself. The file's id follows from
the upload alone and not from its content, so that a delivery that comes again after the removal finds the record and
knows that all is done.
"""

from dataclasses import replace

from functions.domain.check.acknowledgement import Arrival, personal_problems, quarantined_record
from functions.domain.check.place import told_key
from functions.domain.check.reading import ExtractReading
from functions.domain.digest import digest
from functions.ingest.continuing import forget
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Ingestion, Upload
from functions.ports.objects import ObjectMissing
from schemas.file import FileRecord
from schemas.problem import Code


def quarantine(*, upload: Upload, arrival: Arrival, reading: ExtractReading, world: Ingestion) -> FileRecord:
    """Move an upload into the quarantine and say so; of its content the record and the report repeat nothing.

    Raises ObjectMissing where the upload is gone meanwhile: it may have been delivered twice.
    """
    arrival = replace(arrival, id=quarantine_id(upload=upload))
    problems = reading.problems if reading.personal else personal_problems(name=arrival.name)
    notes = {"key": upload.key, "received": upload.received_at.isoformat(), "reason": Code.FILE_PERSONAL}
    world.quarantine.take(key=upload.key, version=upload.version, file=arrival.id, notes=notes)
    record = world.submissions.refuse(record=quarantined_record(arrival=arrival, problems=problems, rows=reading.rows))
    write_report(
        exchange=world.exchange, upload=upload, record=record, problems=problems, name=told_key(key=arrival.name)
    )
    _announce(upload, record, world)
    _remove(upload, world)
    return record


def done_before(*, upload: Upload, world: Ingestion) -> FileRecord:
    """The record of an upload that is in the quarantine already. Raises ObjectMissing where there is none: then it is
    gone for another reason.
    """
    record = world.submissions.file(file=quarantine_id(upload=upload))
    if record is None:
        raise ObjectMissing(told_key(key=upload.key)) from None  # the other one would name the key
    _announce(upload, record, world)
    _remove(upload, world)
    return record


def quarantine_id(*, upload: Upload) -> str:
    """The id of a quarantined file. Made of nothing that may identify a person: not of its key, not of its content."""
    return digest("quarantine", upload.order, upload.version or "")


def _announce(upload: Upload, record: FileRecord, world: Ingestion) -> None:
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    world.bus.announce(what="FileQuarantined", detail={"file": record.id, "supplier": record.supplier})


def _remove(upload: Upload, world: Ingestion) -> None:
    """Remove what is left of an upload. Whoever reads it at the same time comes here as well, so that what they keep
    meanwhile goes too.
    """
    forget(upload=upload, world=world)
    world.quarantine.clear(key=upload.key, version=upload.version)
