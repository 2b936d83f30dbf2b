"""Reading the files that the command line was given, with the same checks as an upload."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cqrs.progress import Advance, progress_bar
from functions.domain.check.extract import read_extract
from functions.domain.check.organisations import OrganisationReading, read_organisations
from functions.domain.check.reading import Expectation, ExtractReading
from functions.domain.check.stream import text_lines
from functions.domain.grid import Grid
from schemas.service import ServiceDocument

_CHUNK = 2**20  # bytes at a time


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the files said: the organisations, and each extract in the order given."""

    organisations: OrganisationReading
    extracts: tuple[ExtractReading, ...]


def read_inputs(*, document: ServiceDocument, grid: Grid, organisations: Path, extracts: Sequence[Path]) -> Inputs:
    """Read the organisations, then every extract against them. Raises OSError where a file cannot be opened or read."""
    paths = (organisations, *extracts)
    with progress_bar(what="Reading", total=sum(path.stat().st_size for path in paths)) as advance:
        known = read_organisations(file=str(organisations), lines=text_lines(chunks=_chunks(organisations, advance)))
        expectation = Expectation(
            service=document.code,
            dates=frozenset(f"{collection.achievement_date:%Y%m%d}" for collection in document.collections),
            organisations=frozenset(code for code, _ in known.organisations),
            grid=grid,
        )
        readings = tuple(
            read_extract(file=str(path), chunks=_chunks(path, advance), expectation=expectation) for path in extracts
        )
    return Inputs(organisations=known, extracts=readings)


def _chunks(path: Path, advance: Advance) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
            advance(len(chunk))
