"""What every unit of the stack stands on."""

from dataclasses import dataclass

from aws_cdk import aws_events as events

from infra.function import Package
from infra.stage import Stage
from infra.storage import Storage


@dataclass(frozen=True)
class Foundation:
    """The stage's settings, what functions are made of, where things are kept, and the bus that tells of them."""

    stage: Stage
    package: Package
    storage: Storage
    bus: events.EventBus

    def environment(self, *names: str) -> dict[str, str]:
        """The named variables that tell a function where things are: it is told only of what it uses."""
        places = {
            "SUBMISSIONS_TABLE": self.storage.submissions.table_name,
            "ORGANISATIONS_TABLE": self.storage.organisations.table_name,
            "PARTICIPATION_TABLE": self.storage.participation.table_name,
            "ACHIEVEMENTS_TABLE": self.storage.achievements.table_name,
            "DECLARATIONS_TABLE": self.storage.declarations.table_name,
            "HOLDS_TABLE": self.storage.holds.table_name,
            "GRANTS_TABLE": self.storage.grants.table_name,
            "EXCHANGE_BUCKET": self.storage.exchange.bucket_name,
            "EVIDENCE_BUCKET": self.storage.evidence.bucket_name,
            "QUARANTINE_BUCKET": self.storage.quarantine.bucket_name,
            "READING_BUCKET": self.storage.reading.bucket_name,
            "EVENT_BUS": self.bus.event_bus_name,
        }
        return {name: places[name] for name in names}
