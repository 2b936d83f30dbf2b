"""What `cqrs calculate` keeps of a run: the same evidence, under the same keys, as the deployed service."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cqrs.folder_objects import FolderObjects
from cqrs.input_files import Inputs
from cqrs.practices import Gathered
from cqrs.progress import progress_bar
from cqrs.results import FOLDER, LATEST
from functions.code_version import code_version
from functions.domain.calculate.deciding import Decided
from functions.domain.calculate.inputs import FrozenPractice, SourceFile, list_source
from functions.domain.calculate.rules import Rules
from functions.domain.evidence.batches import batches_object, run_batches
from functions.domain.evidence.frozen import JSON_LINES, FrozenRun, frozen_objects, frozen_run
from functions.domain.evidence.keys import Kept, working_key
from functions.domain.evidence.national import national_figures
from functions.domain.evidence.working import run_engine, worked_practices
from functions.domain.submission import Submission, merge_submissions
from schemas.collection import CollectionKey
from schemas.organisation import Organisation, Origin
from schemas.run import Run
from schemas.service import RunKind, ServiceDocument

Sent = Mapping[SourceFile, Submission]


def keep_evidence(
    *,
    out: Path,
    document: ServiceDocument,
    rules: Rules,
    inputs: Inputs,
    gathered: Gathered,
    extracts: Sequence[Path],
    decided: Decided,
    frozen_at: datetime,
) -> Run | None:
    """Keep a run under `out/evidence`, and who it is in `out/run.json`; None, and neither, where nothing is calculated.

    It is a TEST run: what an analyst calculates is never paid.
    """
    (out / LATEST).unlink(missing_ok=True)  # no older run stays the one of this folder
    if not gathered.practices:
        return None
    listed = inputs.listed(service=document.code)
    practices = tuple(decided.applied(to=one) for one in _practices(document, inputs, gathered, extracts))
    day = datetime.strptime(gathered.achievement_date, "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone
    frozen = frozen_run(
        collection=CollectionKey(service=document.code, achievement_date=day, run_kind=RunKind.TEST),
        document=document,
        rules=rules,
        practices=practices,
        problems=(problem._replace(file=Path(problem.file).name) for problem in gathered.problems),
        incomplete=len(gathered.left_out),
        participation=None if listed is None else _digest(Path(listed.file)),
        code=code_version(),
        frozen_at=frozen_at,
    )
    objects = FolderObjects(folder=out / FOLDER)
    for kept in run_objects(frozen=frozen):
        objects.keep(key=kept.key, body=kept.body, media_type=kept.media_type)
    FolderObjects(folder=out).write(key=LATEST, body=frozen.run.model_dump_json().encode(), media_type="")
    return frozen.run


def run_objects(*, frozen: FrozenRun) -> Iterator[Kept]:
    """Everything that a run keeps: its frozen inputs, its batches, and the working of each batch."""
    yield from frozen_objects(frozen=frozen)
    yield batches_object(run=frozen.run, inputs=frozen.inputs)
    national = national_figures(rules=frozen.rules, practices=frozen.practices)
    engine = run_engine(document=frozen.document, national=national.prevalence)
    with progress_bar(what="Writing the evidence", total=len(frozen.practices)) as advance:
        for batch in run_batches(run=frozen.run, inputs=frozen.inputs):
            lines = frozen.inputs[batch.offset : batch.offset + batch.length].splitlines()
            body = b"".join(worked.line for worked in worked_practices(engine=engine, inputs=lines))
            yield Kept(working_key(run=frozen.run.id, number=batch.number), body, JSON_LINES)
            advance(len(lines))


def _practices(
    document: ServiceDocument, inputs: Inputs, gathered: Gathered, extracts: Sequence[Path]
) -> Iterator[FrozenPractice]:
    """The practices with where their values stood. Their files are in the order of the files' own digests."""
    files = [SourceFile(_digest(path), path.name, "") for path in extracts]
    known, path = inputs.organisations, Path(inputs.organisations.file)
    listed = known.at(day=document.parameters.practice_list.value)
    origin = Origin(file=_digest(path), name=path.name, line=0)
    for practice in gathered.practices:
        code = practice.organisation
        sent = {
            file: read.practices[code].submission
            for file, read in sorted(zip(files, inputs.extracts, strict=True), key=lambda pair: pair[0])
            if code in read.practices
        }
        line = known.lines[code, listed[code].list_size_date]
        placed = listed[code].model_copy(update={"origin": origin.model_copy(update={"line": line})})
        yield _practice(placed, sent, days_open=practice.days_open)


def _practice(organisation: Organisation, sent: Sent, *, days_open: int | None) -> FrozenPractice:
    submission, _ = merge_submissions(submissions=tuple(sent.values()))
    return FrozenPractice(
        organisation=organisation.code,
        commissioner=organisation.sub_icb,
        list_size=organisation.list_size,
        files=tuple(sent),
        submission=submission,
        days_open=days_open,
        listed=list_source(organisation=organisation),
    )


def _digest(path: Path) -> str:
    """What a file is known by here: 32 hexadecimal digits of the SHA-256 of its content."""
    total = sha256()
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            total.update(chunk)
    return total.hexdigest()[:32]
