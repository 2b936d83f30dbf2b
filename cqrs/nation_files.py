"""The files of a nation as they are sent: organisations, who takes part, and four suppliers' gzipped extracts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cqrs.nation import nation
from cqrs.published import PublishedPractice
from cqrs.published_files import write_extract, write_organisations, write_participants
from cqrs.sample import write_sample
from cqrs.tenfold import row_count
from schemas.service import ServiceDocument
from schemas.supplier import suppliers

SUPPLIERS = 4
SEED = 2324


@dataclass(frozen=True)
class NationFiles:
    """Where the files are, each supplier's extract by its name, and how many practices and rows they hold."""

    organisations: Path
    participants: Path
    extracts: Mapping[str, Path]
    practices: int
    rows: int


def sample_files(*, folder: Path, document: ServiceDocument, practices: int) -> NationFiles:
    """A synthetic nation, every practice complete."""
    names = list(suppliers())[:SUPPLIERS]
    made = nation(document=document, practices=practices, seed=SEED)
    organisations, participants, *extracts = write_sample(made=made, suppliers=names, out=folder, gzip=True)
    return NationFiles(
        organisations=organisations,
        participants=participants,
        extracts=dict(zip(names, extracts, strict=True)),
        practices=practices,
        rows=sum(map(row_count, extracts)),
    )


def published_files(*, folder: Path, document: ServiceDocument, practices: Sequence[PublishedPractice]) -> NationFiles:
    """The nation as it was published, each practice that was calculated having achieved everything."""
    organisations, participants = folder / "organisations.csv", folder / "participants.csv"
    write_organisations(practices=practices, document=document, path=organisations)
    write_participants(practices=practices, document=document, path=participants)
    names = list(suppliers())[:SUPPLIERS]
    extracts = {name: folder / f"{name}.csv.gz" for name in names}
    rows = sum(
        write_extract(practices=practices[number::SUPPLIERS], document=document, path=extracts[name])
        for number, name in enumerate(names)
    )
    return NationFiles(organisations, participants, extracts, len(practices), rows)
