"""What an extract is held against, as a small file that the peers read, so that none has a name or date typed in."""

import json
from pathlib import Path

from bench.check.extract import ORGANISATIONS, SERVICE
from bench.check.layout import RULES
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document


def write_rules(*, folder: Path) -> None:
    """Write rules.json: the columns, the service, its dates, its fields by indicator, and the organisations' codes."""
    document = service_document(SERVICE)
    slots = service_grid(document=document).slots
    rules = {
        "columns": COLUMNS,
        "service": SERVICE,
        "dates": sorted({f"{collection.achievement_date:%Y%m%d}" for collection in document.collections}),
        "fields": [[slot.indicator, slot.field] for slot in slots],
        "flags": sorted({slot.field for slot in slots if slot.flag}),
        "organisations": (folder / ORGANISATIONS).read_text(encoding="ascii").split(),
    }
    (folder / RULES).write_text(json.dumps(rules), encoding="utf-8")
