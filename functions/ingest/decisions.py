"""Taking in a file of decisions that fix points, in the same safe order as an extract."""

from functions.domain.check.acknowledgement import Arrival, file_record
from functions.domain.check.counted import Counted
from functions.domain.check.decisions import read_decisions
from functions.domain.check.stream import text_lines
from functions.domain.digest import digest
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Ingestion, Upload
from schemas.catalogue import service_codes, service_document
from schemas.file import FileRecord, Verdict


def ingest_decisions(*, upload: Upload, world: Ingestion) -> FileRecord:
    """Take in one file of decisions. Of those about the same points, what was received last counts."""
    name = upload.key.partition("/")[2]
    content = Counted(world.exchange.chunks(key=upload.key, version=upload.version))
    services = {code: service_document(code) for code in service_codes()}
    reading = read_decisions(file=name, lines=text_lines(chunks=content), services=services)
    sha256 = content.digest()
    arrival = Arrival(
        id=digest("decisions", upload.order, sha256),
        key=upload.key,
        name=name,
        supplier="",
        service="",
        run_kind=None,
        sha256=sha256,
        received_at=upload.received_at,
    )
    practices = len({decision.organisation for decision in reading.decisions})
    record = file_record(
        arrival=arrival,
        achievement_date=None,
        problems=reading.problems,
        rows=reading.rows,
        rows_accepted=reading.rows_accepted,
        practices=practices,
        practices_complete=practices,
        refused=reading.refused,
    )
    if record.verdict is not Verdict.REFUSED:
        world.decisions.add(decisions=reading.decisions, file=record.id, order=upload.order)
    write_report(exchange=world.exchange, upload=upload, record=record, problems=reading.problems, name=name)
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record
