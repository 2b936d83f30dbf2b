"""Checking an extract of this machine as taking it in would: the same checks, record and problems; nothing is kept."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from cqrs.extract_files import read_extract_file
from cqrs.input_files import file_chunks
from functions.check.checking import Known
from functions.check.extracts import (
    CheckedExtract,
    HeldAgainst,
    acknowledged,
    checked_extract,
    extract_holds_a_person,
    held_against,
)
from functions.code_version import code_version
from functions.domain.check.acknowledgement import (
    Arrival,
    acknowledgement,
    personal_problems,
    quarantined_record,
    refused_record,
)
from functions.domain.check.counted import Counted
from functions.domain.check.extract import refused_extract
from functions.domain.check.personal import holds_a_number
from functions.domain.check.place import told_key
from functions.domain.check.problems import ProblemList
from functions.domain.check.row import ORGANISATION
from functions.domain.check.stream import UnreadableFile, text_lines
from functions.domain.check.upload import ExtractUpload, RefusedUpload
from functions.domain.digest import digest
from schemas.file import Acknowledgement
from schemas.organisation import ODS_CODE, Organisation
from schemas.participation import ParticipationList
from schemas.problem import Problem
from schemas.service import ServiceDocument

_CODE = re.compile(ODS_CODE)


@dataclass(frozen=True, slots=True)
class Given:
    """Who exists and who takes part. `organisations` is None where every code that looks like one is taken as known,
    `participation` where no list was given.
    """

    organisations: Collection[Organisation] | None
    participation: ParticipationList | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a file came to: its acknowledgement, and the problems that are listed."""

    told: Acknowledgement
    problems: tuple[Problem, ...]


def check_file(  # what a file is checked as, a name each
    *,
    path: Path,
    key: str,
    claim: ExtractUpload | RefusedUpload,
    document: ServiceDocument,
    given: Given,
    received_at: datetime,
) -> Checked:
    """Check a file that claims to be an upload of this service under a key, as if it had been received then.

    Raises OSError where the file cannot be read.
    """
    if isinstance(claim, RefusedUpload):
        told, problems = _refused(claim, path, key, received_at)
    else:
        organisations = given.organisations if given.organisations is not None else tuple(_anybody(document, path))
        known = Known(Listed(organisations=organisations), Listing(participation=given.participation))
        checked = _read(path, held_against(claim=claim, key=key, received_at=received_at, known=known))
        told, problems = acknowledged(checked=checked, again=lambda: file_chunks(path))
    return Checked(told=told, problems=tuple(problems.listed))


def _read(path: Path, held: HeldAgainst) -> CheckedExtract:
    content = sha256()
    reading = read_extract_file(
        path=path, name=held.claim.name, expected=held.expected, advance=lambda _: None, feed=content.update
    )
    return checked_extract(held=held, reading=reading, sha256=content.hexdigest(), code_version=code_version())


class Listed:
    """The port `OrganisationStore`, of the organisations of a file."""

    def __init__(self, *, organisations: Collection[Organisation]) -> None:
        self._organisations = {one.code: one for one in organisations}

    def on(self, *, list_date: date) -> Mapping[str, Organisation]:
        """Every organisation: those without a list at the date were left out when their file was read."""
        del list_date
        return self._organisations

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        """One organisation."""
        return self.on(list_date=list_date).get(code)

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        """Nothing is kept here. Raises TypeError."""
        raise TypeError(f"Checking keeps nothing: {file}, {order}, {organisations}.")


class Listing:
    """The port `ParticipationStore`, of a participation list that was given, or of none."""

    def __init__(self, *, participation: ParticipationList | None) -> None:
        self._participation = participation

    def latest(self, *, service: str) -> ParticipationList | None:
        """The list, which is that of the service checked."""
        del service
        return self._participation

    def add(self, *, participation: ParticipationList, order: str) -> None:
        """Nothing is kept here. Raises TypeError."""
        raise TypeError(f"Checking keeps nothing: {participation.file}, {order}.")


def _refused(claim: RefusedUpload, path: Path, key: str, received_at: datetime) -> tuple[Acknowledgement, ProblemList]:
    content = Counted(file_chunks(path))
    arrival = Arrival(
        id=digest(key, content.digest()),
        key=told_key(key=key),
        name=told_key(key=claim.name),
        supplier=claim.supplier,
        service=claim.service,
        run_kind=None,
        sha256=content.digest(),
        received_at=received_at,
    )
    if holds_a_number(key) or extract_holds_a_person(chunks=file_chunks(path)):
        problems = personal_problems(name=claim.name)
        record = quarantined_record(arrival=arrival, problems=problems, rows=0)
    else:
        problems = refused_extract(file=claim.name, line=0, code=claim.code, message=claim.message).problems
        record = refused_record(arrival=arrival, problems=problems)
    return acknowledgement(record=record, problems=problems, key=key, name=claim.name), problems


def _anybody(document: ServiceDocument, path: Path) -> Iterator[Organisation]:
    """Whoever the file names by a code that looks like one: nothing but the code is known of them."""
    for code in sorted(organisation_codes(lines=text_lines(chunks=file_chunks(path)))):
        yield Organisation(
            code=code,
            name="",
            list_size=0,
            list_size_date=document.parameters.practice_list.value,
            network=None,
            sub_icb=code,
            icb=code,
            region=code,
        )


def organisation_codes(*, lines: Iterable[str]) -> frozenset[str]:
    """Every ORG_CODE of an extract that looks like one, as far as the file can be read."""
    found = set[str]()
    with suppress(UnreadableFile, csv.Error):
        for row in csv.reader(iter(lines), strict=True):
            found.update(row[ORGANISATION : ORGANISATION + 1])
    return frozenset(code for code in found if _CODE.fullmatch(code))
