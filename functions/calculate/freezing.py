"""Freezing the inputs of a run: what counts now, for every practice, and the national figures that follow from it.

Frozen inputs are an object named by its own digest. The run is named by the digests of its inputs, its service
document and the code, so the same inputs are the same run, and a later file is another one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from functions.calculate.calculation import Calculation
from functions.calculate.deciding import read_decided
from functions.domain.calculate.contract import contract_objection, days_open
from functions.domain.calculate.inputs import FrozenPractice, SourceFile, list_source
from functions.domain.calculate.rules import service_rules
from functions.domain.check.expectation import participants
from functions.domain.check.gathering import gather_practice
from functions.domain.digest import canonical_json
from functions.domain.evidence.frozen import frozen_objects, frozen_run
from functions.domain.evidence.keys import document_key, run_key
from functions.domain.evidence.national import NationalFigures, national_from_bytes
from functions.domain.grid import Grid
from functions.domain.packed import Packing
from functions.domain.submission import Submission
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.file import FileRecord
from schemas.organisation import Organisation
from schemas.participation import ParticipationList
from schemas.problem import Code, Problem, Severity
from schemas.run import Run
from schemas.service import ServiceDocument

Sent = Mapping[SourceFile, Submission]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found for those who take part: the practices to calculate, by code, and why the others are left out.

    `left_out` gives for each of those who sent something for it.
    """

    practices: tuple[FrozenPractice, ...]
    problems: tuple[Problem, ...]
    left_out: Mapping[str, tuple[str, ...]]


def freeze_inputs(*, collection: CollectionKey, world: Calculation) -> Run | None:
    """Freeze what counts now and keep it; None when no practice can be calculated.

    The collection, what counts, and what is left out with its reason: the digest of the inputs covers all three. A
    run that was frozen before is frozen now with the same bytes of evidence.
    """
    frozen_at = world.clock()  # before anything is read: what is accepted from here on belongs to a later run
    document = service_document(collection.service)
    rules = service_rules(document=document)
    records = world.submissions.records(collection=collection)
    organisations = world.organisations.on(list_date=document.parameters.practice_list.value)
    listed = world.participation.latest(service=collection.service)
    taking_part = _taking_part(collection, listed, organisations)
    gathered = _gather(collection, document, rules.grid, records, taking_part, world)
    if not gathered.practices:
        return None
    decided = read_decided(collection=collection, document=document, world=world)
    practices = tuple(decided.applied(to=one) for one in gathered.practices)
    frozen = frozen_run(
        collection=collection,
        document=document,
        rules=rules,
        practices=practices,
        problems=(
            *_unlisted(collection, listed),
            *gathered.problems,
            *decided.unfollowed(practices=(one.organisation for one in practices)),
        ),
        incomplete=len(gathered.left_out),
        participation=None if listed is None else listed.file,
        code=world.code_version(),
        frozen_at=frozen_at,
    )
    if world.achievements.published(collection=collection) != frozen.run.id:
        for kept in frozen_objects(frozen=frozen):
            world.evidence.keep(key=kept.key, body=kept.body, media_type=kept.media_type)
        left_out = canonical_json(gathered.left_out)
        key = run_key(run=frozen.run.id, name="left_out.json")
        world.evidence.keep(key=key, body=left_out, media_type="application/json")
        world.achievements.begin(run=frozen.run)
    return frozen.run


def run_to_go_on_with(*, run: str, world: Calculation) -> Run:
    """A run that was frozen before. Raises LookupError where there is none of this id."""
    found = world.achievements.run(run=run)
    if found is None:
        raise LookupError(f"No run {run} was ever frozen.")
    return found


def read_document(*, document: str, world: Calculation) -> ServiceDocument:
    """The service document that a run was frozen with, by its digest, whatever this release holds by now."""
    return ServiceDocument.model_validate_json(b"".join(world.evidence.chunks(key=document_key(document=document))))


def read_national(*, run: str, world: Calculation) -> NationalFigures:
    """The national figures of a run."""
    body = b"".join(world.evidence.chunks(key=run_key(run=run, name="national.json")))
    return national_from_bytes(body=body)


def read_left_out(*, run: str, world: Calculation) -> Mapping[str, tuple[str, ...]]:
    """The practices that a run left out, and who sent something for each."""
    body = b"".join(world.evidence.chunks(key=run_key(run=run, name="left_out.json")))
    return {code: tuple(suppliers) for code, suppliers in json.loads(body).items()}


def _taking_part(
    collection: CollectionKey, listed: ParticipationList | None, known: Mapping[str, Organisation]
) -> Mapping[str, Organisation | None]:
    """Those who take part at the achievement date, by code; None for one that is on the list and not known."""
    found = participants(on=listed, known=known, day=collection.achievement_date)
    return {code: known.get(code) for code in sorted(found)}


def _gather(
    collection: CollectionKey,
    document: ServiceDocument,
    grid: Grid,
    records: tuple[FileRecord, ...],
    organisations: Mapping[str, Organisation | None],
    world: Calculation,
) -> Gathered:
    found = _counted_submissions(collection, grid, records, world)
    refusals = _refusals(records)
    practices, problems, left_out = list[FrozenPractice](), list[Problem](), dict[str, tuple[str, ...]]()
    for code, organisation in organisations.items():
        sent = found.get(code, {})
        senders = sorted({*sent, *refusals.get(code, ())})
        objection = _objection(collection, document, organisation)
        if objection is not None:  # it does not take part, so that it is not missing either
            problems.extend(_contract_problem(code, *objection, file) for file in senders)
            continue
        file = ", ".join(map(_told, senders))
        gathered = _practice(document, grid, organisation, sent, file=file) if organisation else (_unknown(code, file),)
        if isinstance(gathered, FrozenPractice):
            practices.append(gathered)
        else:
            problems.extend(gathered)
            left_out[code] = tuple(sorted({file.supplier for file in senders}))
    return Gathered(practices=tuple(practices), problems=tuple(problems), left_out=left_out)


def _unlisted(collection: CollectionKey, listed: ParticipationList | None) -> Iterator[Problem]:
    """That nobody said who takes part, where nobody did."""
    if listed is None:
        message = (
            f"No participation list was ever received for {collection.service}: every organisation with a list is "
            "taken to participate. Have the list sent, and start the run again."
        )
        yield Problem("", 0, "", "", "", "", Code.WARNING_PARTICIPATION, Severity.WARNING, message)


def _unknown(code: str, file: str) -> Problem:
    message = (
        "The participation list has this organisation, and it is not known on the date that lists are counted. Send "
        "the organisation with that day's list, then its extract."
    )
    return Problem(file, 0, code, "", "", "", Code.PRACTICE_UNKNOWN, Severity.PRACTICE, message)


def _refusals(records: tuple[FileRecord, ...]) -> Mapping[str, list[SourceFile]]:
    """The files that were accepted but for some practices, by each of these."""
    found: dict[str, list[SourceFile]] = {}
    for record in records:
        for code in record.refused_practices:
            found.setdefault(code, []).append(SourceFile(record.id, record.name, record.supplier))
    return found


def _told(file: SourceFile) -> str:
    return f"{file.supplier}/{file.name}"


def _objection(
    collection: CollectionKey, document: ServiceDocument, organisation: Organisation | None
) -> tuple[Code, str] | None:
    if organisation is None:
        return None
    day = collection.achievement_date
    return contract_objection(document=document, organisation=organisation, achievement_date=day)


def _contract_problem(organisation: str, code: Code, message: str, file: SourceFile) -> Problem:
    return Problem(_told(file), 0, organisation, "", "", "", code, Severity.PRACTICE, message)


def _practice(
    document: ServiceDocument, grid: Grid, organisation: Organisation, sent: Sent, *, file: str
) -> FrozenPractice | tuple[Problem, ...]:
    if not sent:
        message = "Nothing was accepted for this practice. Ask its supplier for the extract, or for its report."
        nothing = (file, 0, organisation.code, "", "", "", Code.PRACTICE_INCOMPLETE, Severity.PRACTICE, message)
        return (Problem(*nothing),)
    files = tuple(sorted(sent))  # the places of values count the files in this order, whenever each arrived
    submissions = tuple(sent[file] for file in files)
    values = gather_practice(grid=grid, organisation=organisation.code, submissions=submissions, file=file, line=0)
    if not isinstance(values, Submission):
        return values
    return FrozenPractice(
        organisation=organisation.code,
        commissioner=organisation.sub_icb,
        list_size=organisation.list_size,
        files=files,
        submission=values,
        days_open=days_open(year=document.year, organisation=organisation),
        listed=list_source(organisation=organisation),
    )


def _counted_submissions(
    collection: CollectionKey, grid: Grid, records: tuple[FileRecord, ...], world: Calculation
) -> Mapping[str, Mapping[SourceFile, Submission]]:
    counted = {record.id: SourceFile(record.id, record.name, record.supplier) for record in records}
    packing = Packing(grid=grid)
    found: dict[str, dict[SourceFile, Submission]] = {}
    for stored in world.submissions.submissions(collection=collection):
        if stored.file in counted:
            submission = packing.unpack(layout=stored.layout, packed=stored.packed)
            found.setdefault(stored.organisation, {})[counted[stored.file]] = submission
    return found
