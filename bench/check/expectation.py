"""What an extract is held against, the same for every contender that checks."""

from pathlib import Path

from bench.check.extract import ORGANISATIONS, SERVICE
from functions.domain.check.reading import Expectation
from functions.domain.grid import service_grid
from schemas.catalogue import service_document


def expectation(*, folder: Path) -> Expectation:
    """The expectation of a folder: its organisations, and the dates and rows of the service."""
    document = service_document(SERVICE)
    return Expectation(
        service=SERVICE,
        dates=frozenset(f"{collection.achievement_date:%Y%m%d}" for collection in document.collections),
        organisations=frozenset((folder / ORGANISATIONS).read_text(encoding="ascii").split()),
        grid=service_grid(document=document),
    )
