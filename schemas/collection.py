"""What a collection is called everywhere: a service, an achievement date and what the data is for."""

from datetime import date

from schemas.model import Model
from schemas.service import Code, RunKind


class CollectionKey(Model):
    """The data of one service, achievement date and run kind. TEST data has its own key and so can never be paid."""

    service: Code
    achievement_date: date
    run_kind: RunKind

    def __str__(self) -> str:
        return f"{self.service}#{self.achievement_date:%Y%m%d}#{self.run_kind}"
