"""Taking in a participation list, in the same safe order as an extract.

The lists of several services in one file are independent of each other: each counts once its own record is written.
Killed between any two writes, the delivery is done again, and only then acknowledged.
"""

from functions.domain.check.acknowledgement import Arrival, file_record
from functions.domain.check.counted import Counted
from functions.domain.check.participation import read_participation
from functions.domain.check.stream import text_lines
from functions.domain.digest import digest
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Ingestion, Upload
from schemas.catalogue import service_codes
from schemas.file import FileRecord
from schemas.participation import ParticipationList


def ingest_participation(*, upload: Upload, world: Ingestion) -> FileRecord:
    """Take in one participation list. For each service on it, it replaces the list that was received before."""
    name = upload.key.partition("/")[2]
    content = Counted(world.exchange.chunks(key=upload.key, version=upload.version))
    reading = read_participation(file=name, lines=text_lines(chunks=content), services=service_codes())
    sha256 = content.digest()
    arrival = Arrival(
        id=digest("participation", upload.order, sha256),
        key=upload.key,
        name=name,
        supplier="",
        service="",
        run_kind=None,
        sha256=sha256,
        received_at=upload.received_at,
    )
    record = file_record(
        arrival=arrival,
        achievement_date=None,
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows if reading.readable else 0,
        practices=len(reading.organisations),
        practices_complete=len(reading.organisations),
        refused=reading.refused,
    )
    for service, participations in reading.participations.items():
        listed = ParticipationList(service=service, file=record.id, participations=participations)
        world.participation.add(participation=listed, order=upload.order)
    write_report(exchange=world.exchange, upload=upload, record=record, problems=reading.problems, name=name)
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record
