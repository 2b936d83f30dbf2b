"""Writing the acknowledgement of a file where its sender finds it, under a prefix that triggers nothing."""

from functions.domain.check.acknowledgement import problems_csv
from functions.domain.check.problems import ProblemList
from functions.ports.bus import Bus
from functions.ports.objects import Objects
from schemas.file import FileRecord


def write_report(*, exchange: Objects, record: FileRecord, problems: ProblemList) -> None:
    """Write `reports/<file id>/report.json` and `problems.csv`; the same file gives the same bytes again."""
    folder = f"reports/{record.id}"
    report = record.model_dump_json(indent=2).encode() + b"\n"
    exchange.write(key=f"{folder}/report.json", body=report, media_type="application/json")
    exchange.write(key=f"{folder}/problems.csv", body=problems_csv(problems=problems.listed), media_type="text/csv")


def announce(*, bus: Bus, record: FileRecord) -> None:
    """Tell listeners that a file was acknowledged."""
    bus.announce(what="FileAcknowledged", detail={"file": record.id, "key": record.key, "verdict": record.verdict})
