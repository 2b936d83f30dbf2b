"""Taking in a file of organisations, in the same safe order as an extract."""

from functions.domain.check.acknowledgement import Arrival, file_record
from functions.domain.check.counted import Counted
from functions.domain.check.organisations import read_organisations
from functions.domain.check.stream import text_lines
from functions.domain.digest import digest
from functions.ingest.reports import answer, write_report
from functions.ingest.upload import Ingestion, Upload
from schemas.file import FileRecord, Verdict
from schemas.organisation import Origin
from schemas.supplier import suppliers


def ingest_organisations(*, upload: Upload, world: Ingestion) -> FileRecord:
    """Take in one file of organisations. For one list date, what was received last counts."""
    name = upload.key.partition("/")[2]
    content = Counted(world.exchange.chunks(key=upload.key, version=upload.version))
    reading = read_organisations(file=name, lines=text_lines(chunks=content), suppliers=suppliers())
    sha256 = content.digest()
    file = digest("organisations", upload.order, sha256)
    accepted = tuple(
        one.model_copy(update={"origin": Origin(file=file, name=name, line=reading.lines[key])})
        for key, one in reading.organisations.items()
    )
    arrival = Arrival(
        id=file,
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
        rows_accepted=len(accepted),
        practices=len(accepted),
        practices_complete=len(accepted),
        refused=reading.refused,
    )
    if record.verdict is not Verdict.REFUSED:
        world.organisations.add(organisations=accepted, file=record.id, order=upload.order)
    write_report(exchange=world.exchange, upload=upload, record=record, problems=reading.problems, name=name)
    answer(exchange=world.exchange, bus=world.bus, upload=upload, record=record)
    return record
