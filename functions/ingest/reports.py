"""Writing the acknowledgement of a file where its sender finds it, under a prefix that triggers nothing."""

from functions.domain.check.acknowledgement import problems_csv, report_json
from functions.domain.check.problems import ProblemList
from functions.domain.digest import digest
from functions.ingest.upload import Upload
from functions.ports.bus import Bus
from functions.ports.objects import Objects
from schemas.file import FileRecord, Receipt


def write_report(*, exchange: Objects, record: FileRecord, problems: ProblemList) -> None:
    """Write `reports/<file id>/report.json` and `problems.csv`; the same file gives the same bytes again."""
    folder = f"reports/{record.id}"
    exchange.write(key=f"{folder}/report.json", body=report_json(record=record), media_type="application/json")
    exchange.write(key=f"{folder}/problems.csv", body=problems_csv(problems=problems.listed), media_type="text/csv")


def answer(*, exchange: Objects, bus: Bus, upload: Upload, record: FileRecord) -> None:
    """Answer an upload: a receipt in its file's folder, and word to listeners. An upload that is delivered again gets
    the same answer again.
    """
    receipt = Receipt(
        key=upload.key,
        received_at=upload.received_at,
        file=record.id,
        verdict=record.verdict,
        first_key=record.key,
        first_received_at=record.received_at,
    )
    body = receipt.model_dump_json(indent=2).encode() + b"\n"
    name = f"reports/{record.id}/received/{digest(upload.key, upload.order)}.json"
    exchange.write(key=name, body=body, media_type="application/json")
    bus.announce(what="FileAcknowledged", detail={"file": record.id, "key": upload.key, "verdict": record.verdict})
