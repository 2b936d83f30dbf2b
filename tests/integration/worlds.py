"""A world in memory for the applications, and small extracts to send into it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from functions.approve.declaring import Declaring
from functions.calculate.calculation import Calculation
from functions.check.checking import Checking
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from functions.ingest.extracts import ingest_extract
from functions.ingest.upload import Ingestion, Upload
from schemas.catalogue import service_codes, service_document
from schemas.collection import CollectionKey
from schemas.file import Acknowledgement, FileRecord
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.service import RunKind
from tests.fakes.stores import (
    MemoryAchievements,
    MemoryDecisions,
    MemoryDeclarations,
    MemoryGrants,
    MemoryHolds,
    MemoryObjects,
    MemoryOrganisations,
    MemoryParticipation,
    MemoryQuarantine,
    MemorySubmissions,
)
from tests.fakes.workflows import MemoryBus, MemoryContinuing, MemoryRunWorkflow, MemoryWorkflow

SERVICE = "QOF2324"
DOCUMENT = service_document(SERVICE)
GRID = service_grid(document=DOCUMENT)
YEAR_END = CollectionKey(service=SERVICE, achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
NOON = datetime(2024, 4, 2, 12, tzinfo=UTC)
KEY = "extracts/tpp/QOF2324/PAYMENT/april.csv"


class World:
    """Everything the applications reach, in memory, with a clock that moves a second each time it is read."""

    def __init__(self) -> None:
        self.exchange, self.evidence = MemoryObjects(), MemoryObjects()
        self.reading, self.continuing = MemoryObjects(), MemoryContinuing()
        self.quarantine = MemoryQuarantine(uploads=self.exchange)
        self.submissions, self.organisations = MemorySubmissions(), MemoryOrganisations()
        self.participation, self.decisions = MemoryParticipation(), MemoryDecisions()
        self.achievements, self.declarations = MemoryAchievements(), MemoryDeclarations()
        self.holds, self.runs = MemoryHolds(), MemoryRunWorkflow()
        self.grants, self.workflow, self.bus = MemoryGrants(), MemoryWorkflow(), MemoryBus()
        self._now = NOON

    def clock(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def pass_time(self, some: timedelta) -> None:
        self._now += some

    @property
    def ingestion(self) -> Ingestion:
        return Ingestion(
            exchange=self.exchange, quarantine=self.quarantine, bus=self.bus,
            reading=self.reading, continuing=self.continuing,
            submissions=self.submissions, organisations=self.organisations,
            participation=self.participation, decisions=self.decisions, write_units=nothing_written,
            code_version=lambda: "this code",
        )  # fmt: skip

    @property
    def checking(self) -> Checking:
        return Checking(
            known=self.ingestion.known, submissions=self.submissions, reports=self.exchange, grants=self.grants,
            clock=self.clock, code_version=lambda: "this code",
        )  # fmt: skip

    @property
    def calculation(self) -> Calculation:
        return Calculation(
            submissions=self.submissions, organisations=self.organisations, achievements=self.achievements,
            participation=self.participation, holds=self.holds, decisions=self.decisions,
            evidence=self.evidence, bus=self.bus, clock=self.clock, code_version=lambda: "this code",
            write_units=nothing_written,
        )  # fmt: skip

    @property
    def declaring(self) -> Declaring:
        return Declaring(
            achievements=self.achievements, declarations=self.declarations, grants=self.grants,
            organisations=self.organisations, evidence=self.evidence, workflow=self.workflow,
            holds=self.holds, runs=self.runs, clock=self.clock,
        )  # fmt: skip

    def know(self, *codes: str, people: int = 8000) -> None:
        """Make practices known, with their list counted on the date that the service asks for."""
        counted = DOCUMENT.parameters.practice_list.value
        found = [
            Organisation(
                code=code,
                name=f"Practice {code}",
                list_size=people,
                list_size_date=counted,
                network=None,
                sub_icb="16C",
                icb="QHM",
                region="Y63",
            )
            for code in codes
        ]
        self.organisations.add(organisations=found, file="known", order="1")

    def offer(
        self, *codes: str, starts: date = DOCUMENT.year.starts, ends: date | None = None, order: str = "1"
    ) -> None:
        """Have a participation list received: these practices take part in the service, and nobody else."""
        found = [
            Participation(
                service=SERVICE,
                organisation=code,
                name=f"Practice {code}",
                commissioner="16C",
                starts=starts,
                ends=ends,
            )
            for code in codes
        ]
        listed = ParticipationList(service=SERVICE, file=f"list {order}", participations=tuple(found))
        self.participation.add(participation=listed, order=order)

    def send(self, content: bytes, *, key: str = KEY) -> Upload:
        """Put a file where suppliers put theirs, on the third day after its service's year."""
        self.exchange.write(key=key, body=content, media_type="text/csv")
        service = next((code for code in service_codes() if f"/{code}/" in key), SERVICE)
        received = datetime.combine(service_document(service).year.ends + timedelta(days=3), NOON.timetz())
        return Upload(key=key, version=None, received_at=received)


def nothing_written() -> Decimal:
    return Decimal(0)


def practice_rows(code: str, *, value: int = 50, time: str = "11:19:50") -> Iterator[list[str]]:
    """Every row of one practice: registers and denominators of 100, numerators of `value`, flags of 1, no others."""
    for slot in GRID.slots:
        counts = {"Numerator": value, "Denominator": 100}
        count = 1 if slot.flag else counts.get(slot.field, 100 if slot.required else 0)
        yield [SERVICE, DOCUMENT.name, code, "20240331", slot.indicator, slot.field, str(count), "None",
               "AUTOMATED", "02/04/2024", time, "Y"]  # fmt: skip


def extract(*rows: Iterable[list[str]], change: Callable[[list[str]], list[str]] = list) -> bytes:
    """A file of these rows, each changed on the way."""
    lines = [",".join(COLUMNS), *(",".join(change(row)) for part in rows for row in part)]
    return ("\n".join(lines) + "\n").encode()


def ingest(world: World, content: bytes, *, key: str = KEY) -> FileRecord:
    return ingest_extract(upload=world.send(content, key=key), world=world.ingestion)


def report(world: World, record: FileRecord) -> str:
    return world.exchange.held[f"reports/{record.key}/{record.id}/problems.csv"].decode()


def told(world: World, record: FileRecord, *, key: str = "") -> Acknowledgement:
    """The machine's file beside an upload, found from the upload's own name."""
    return Acknowledgement.model_validate_json(
        world.exchange.held[f"reports/{key or record.key}/{record.id}/report.json"]
    )
