"""Reading the files that the command line was given, with the same checks as an upload."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cqrs.extract_files import read_extract_file
from cqrs.progress import Advance, progress_bar
from functions.domain.check.expectation import expectation
from functions.domain.check.organisations import OrganisationReading, read_organisations
from functions.domain.check.participation import ParticipationReading, read_participation
from functions.domain.check.problems import ProblemList
from functions.domain.check.reading import ExtractReading
from functions.domain.check.stream import text_lines
from functions.domain.grid import Grid
from schemas.catalogue import service_codes
from schemas.participation import ParticipationList
from schemas.service import ServiceDocument
from schemas.supplier import suppliers

_CHUNK = 2**20  # bytes at a time


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the files said: the organisations, who takes part, and each extract in the order given.

    `participation` is None where no participation list was given.
    """

    organisations: OrganisationReading
    participation: ParticipationReading | None
    extracts: tuple[ExtractReading, ...]

    def listed(self, *, service: str) -> ParticipationList | None:
        """The list of a service; None where none was given for it. Of a list that is refused nobody takes part."""
        return listed(self.participation, service)

    def problems(self) -> Iterator[tuple[str, ProblemList]]:
        """Each file with its problems."""
        yield self.organisations.file, self.organisations.problems
        if self.participation is not None:
            yield self.participation.file, self.participation.problems
        for read in self.extracts:
            yield read.file, read.problems


def read_inputs(
    *,
    document: ServiceDocument,
    grid: Grid,
    organisations: Path,
    participants: Path | None,
    extracts: Sequence[Path],
) -> Inputs:
    """Read the organisations and who takes part, then every extract against them.

    Raises OSError where a file cannot be opened or read.
    """
    paths = (organisations, *((participants,) if participants else ()), *extracts)
    with progress_bar(what="Reading", total=sum(path.stat().st_size for path in paths)) as advance:
        known = read_organisations(
            file=str(organisations),
            lines=text_lines(chunks=file_chunks(organisations, advance)),
            suppliers=suppliers(),
        )
        taking_part = read_participants(document, participants, advance) if participants else None
        expected = expectation(
            document=document,
            grid=grid,
            dates=(collection.achievement_date for collection in document.collections),
            organisations=known.each(day=document.parameters.practice_list.value).values(),
            participation=listed(taking_part, document.code),
        )
        readings = tuple(
            read_extract_file(path=path, name=str(path), expected=expected, advance=advance)
            for path in extracts
            if taking_part is None or taking_part.readable  # else nobody takes part, and no row is worth a word
        )
    return Inputs(organisations=known, participation=taking_part, extracts=readings)


def read_participants(document: ServiceDocument, path: Path, advance: Advance = lambda _: None) -> ParticipationReading:
    """The participation list in a file, of any service of the release or of this document."""
    services = {*service_codes(), document.code}  # an analyst's own document has a code that no release knows
    return read_participation(file=str(path), lines=text_lines(chunks=file_chunks(path, advance)), services=services)


def listed(reading: ParticipationReading | None, service: str) -> ParticipationList | None:
    """The list of a service that was read; None where it was not in it. Of a list that is refused nobody takes part."""
    if reading is None or (reading.readable and service not in reading.participations):
        return None
    found = reading.participations.get(service, ())
    return ParticipationList(service=service, file=reading.file, participations=found)


def file_chunks(path: Path, advance: Advance = lambda _: None) -> Iterator[bytes]:
    """The bytes of a file in chunks; `advance` is told how many. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
            advance(len(chunk))
