"""What an extract is held against, the same for every contender that checks."""

from pathlib import Path

from bench.check.extract import ORGANISATIONS, SERVICE
from functions.domain.check.reading import Expectation
from functions.domain.grid import service_grid
from schemas.catalogue import service_document


def expectation(*, folder: Path) -> Expectation:
    """The expectation of a folder: its organisations, and the dates and rows of the service."""
    document = service_document(SERVICE)
    known = frozenset((folder / ORGANISATIONS).read_text(encoding="ascii").split())
    return Expectation(
        service=SERVICE,
        organisations=known,
        admitted={f"{collection.achievement_date:%Y%m%d}": known for collection in document.collections},
        grid=service_grid(document=document),
        listed={},
    )
