"""Writing the acknowledgement of an upload beside it, under a prefix that triggers nothing."""

from collections.abc import Iterable

from functions.domain.check.acknowledgement import acknowledgement, problems_csv
from functions.domain.check.place import report_folder, told_key
from functions.domain.check.problems import ProblemList
from functions.domain.digest import digest
from functions.ingest.upload import Upload
from functions.ports.bus import Bus
from functions.ports.objects import Objects
from schemas.file import FileRecord, PracticeCompleteness, Receipt


def write_report(
    *,
    exchange: Objects,
    upload: Upload,
    record: FileRecord,
    problems: ProblemList,
    name: str,
    completeness: Iterable[PracticeCompleteness] = (),
) -> None:
    """Write `report.json` and `problems.csv` of an upload; the same file under the same key gives the same bytes again.

    Where a file is put under its key a second time, what was written at the first time stays.
    """
    if record.key == told_key(key=upload.key) and record.received_at != upload.received_at:
        return
    folder = report_folder(key=upload.key, file=record.id)
    told = acknowledgement(record=record, problems=problems, completeness=completeness, key=upload.key, name=name)
    report = told.model_dump_json(indent=2).encode() + b"\n"
    exchange.write(key=f"{folder}/report.json", body=report, media_type="application/json")
    exchange.write(key=f"{folder}/problems.csv", body=problems_csv(problems=problems.listed), media_type="text/csv")


def answer(*, exchange: Objects, bus: Bus, upload: Upload, record: FileRecord) -> None:
    """Answer an upload: a receipt beside its report, and word to listeners. An upload that is delivered again gets
    the same answer again.
    """
    key = told_key(key=upload.key)
    receipt = Receipt(
        key=key,
        received_at=upload.received_at,
        file=record.id,
        verdict=record.verdict,
        duplicate=(record.key, record.received_at) != (key, upload.received_at),
        first_key=record.key,
        first_received_at=record.received_at,
    )
    body = receipt.model_dump_json(indent=2).encode() + b"\n"
    name = f"{report_folder(key=upload.key, file=record.id)}/received/{digest(upload.order)}.json"
    exchange.write(key=name, body=body, media_type="application/json")
    detail = {"file": record.id, "key": key, "supplier": record.supplier, "verdict": record.verdict}
    bus.announce(what="FileAcknowledged", detail=detail)
