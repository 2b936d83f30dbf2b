"""Making a run again from its frozen inputs, and comparing it with what was kept, byte for byte."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.domain.calculate.inputs import FrozenPractice, practice_from_line
from functions.domain.calculate.text import decimal_text
from functions.domain.evidence.batches import PRACTICES_IN_A_BATCH, batches_object, run_batches
from functions.domain.evidence.keys import run_key, working_key
from functions.domain.evidence.national import NationalFigures, national_bytes, national_figures
from functions.domain.evidence.working import Engine, Worked, run_engine, worked_practices
from functions.domain.explain.columns import grouped
from functions.domain.explain.deviation import national_deviating, working_deviating
from functions.explain.reading import MALFORMED, NotAsKept, RunEvidence
from functions.explain.verifying import damaged_inputs, damaged_record, named
from functions.ports.objects import ObjectMissing
from schemas.batch import Batch

UNCOVERED = (
    "Not covered, for the inputs do not say it: when the run was frozen, which list participation.json names, who "
    "sent something for a practice that was left out, and what the gates found."
)


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of replaying a run: whether every byte came out the same, and what is to be said, in sentences.

    `missing`: nothing differs, but there is no working to compare. `practices` and `payment` (pence) are those
    calculated anew; both 0 where the inputs are not those of the run.
    """

    reproduced: bool
    missing: bool
    practices: int
    payment: int
    sentences: tuple[str, ...]


def replay_run(*, held: RunEvidence, code: str, beside: Iterable[str] = ()) -> Replay:
    """Replay a run with the code of this installation, whose version is `code`.

    `beside` says what differs in files that were written beside the evidence; it is asked when the inputs are sound.
    Raises ObjectMissing where a part of the evidence is not there at all.
    """
    damaged = tuple(damaged_inputs(held=held))
    said = tuple(_code(held, code)) if "run" in vars(held) else ()
    if damaged:
        return Replay(reproduced=False, missing=False, practices=0, payment=0, sentences=(*said, *damaged))
    replayed = _Replayed(held)
    differing = (*damaged_record(held=held), *replayed.differing(), *beside)
    if differing:
        sentences = (*said, *differing)
    elif replayed.planned:
        sentences = (*said, f"reproduced: {replayed.told}", UNCOVERED)
    else:
        sentences = (*said, _unplanned(held), f"Its inputs, document and national figures are sound: {replayed.told}.")
    missing = not differing and not replayed.planned
    return Replay(not differing and not missing, missing, replayed.practices, replayed.payment, sentences)


def _code(held: RunEvidence, code: str) -> Iterator[str]:
    if held.run.identity.code != code:
        yield f"The code differs: this installation is {code}, the run was calculated by {held.run.identity.code}."


def _unplanned(held: RunEvidence) -> str:
    return (
        f"There is no {run_key(run=held.id, name='batches.jsonl')} and no working to compare: the run was held or "
        "rejected before it was calculated, or has lost them."
    )


class _Replayed:
    """A run calculated anew. `differing` must be read to its end before `practices` and `payment` are whole.

    `planned`: the run was divided into batches, so that it has a working.
    """

    def __init__(self, held: RunEvidence) -> None:
        self._held = held
        self.practices = self.payment = 0
        self.planned = True

    @property
    def told(self) -> str:
        """What it came to."""
        return f"{self.practices:,} practices, £{grouped(decimal_text(self.payment, places=2))}"

    def differing(self) -> Iterator[str]:
        held = self._held
        figures = national_figures(rules=held.rules, practices=self._frozen())
        yield from _national(held, figures)
        try:
            batches, differing = held.batches, tuple(self._batches())
        except ObjectMissing:
            batches, differing, self.planned = tuple(run_batches(run=held.run, inputs=held.inputs)), (), False
        except NotAsKept as found:
            batches, differing = (), (str(found),)
        if differing:
            yield from differing
            return
        engine = run_engine(document=held.document, national=figures.prevalence)
        yield from named([one for batch in batches for one in self._batch(engine, batch)])

    def _frozen(self) -> Iterator[FrozenPractice]:
        return (practice_from_line(grid=self._held.rules.grid, line=line) for line in self._held.inputs.splitlines())

    def _batches(self) -> Iterator[str]:
        held = self._held
        size = max((len(batch.organisations) for batch in held.batches), default=PRACTICES_IN_A_BATCH)
        divided = batches_object(run=held.run, inputs=held.inputs, size=size or PRACTICES_IN_A_BATCH)
        if divided.body != held.read(divided.key):
            yield "The batches differ: they do not divide the frozen inputs."

    def _batch(self, engine: Engine, batch: Batch) -> Iterator[str]:
        worked = worked_practices(
            engine=engine, inputs=self._held.inputs[batch.offset : batch.offset + batch.length].splitlines()
        )
        self.practices += len(worked)
        self.payment += sum(practice.achievement.payment for practice in worked)
        if self.planned:
            yield from self._compared(engine, batch, worked)

    def _compared(self, engine: Engine, batch: Batch, worked: tuple[Worked, ...]) -> Iterator[str]:
        try:
            kept = self._held.read(working_key(run=self._held.id, number=batch.number)).splitlines(keepends=True)
        except ObjectMissing as missing:
            yield f"The working of batch {batch.number} is not there: {missing}."
            return
        if len(kept) == len(worked):
            pairs = zip(worked, kept, strict=True)
            yield from (_practice(engine, one, line) for one, line in pairs if one.line != line)
        else:
            yield f"The working of batch {batch.number} has {len(kept)} practices, not {len(worked)}."
            lost = (one.practice.organisation for one in worked if one.line not in kept)
            yield from (f"The working of {code} is not among them." for code in lost)


def _national(held: RunEvidence, figures: NationalFigures) -> Iterator[str]:
    """What differs in the national figures; the bytes where no figure does."""
    key = run_key(run=held.id, name="national.json")
    if held.read(key) == national_bytes(figures=figures):
        return
    try:
        found = [f"The national figures differ: {one}." for one in national_deviating(kept=held.national, now=figures)]
    except NotAsKept as unread:
        found = [str(unread)]
    yield from named(found or [f"{key} says the same and is not the bytes that were kept."])


def _practice(engine: Engine, worked: Worked, kept: bytes) -> str:
    try:
        what = working_deviating(grid=engine.rules.grid, kept=kept, now=worked.line)
    except MALFORMED:
        return f"The working of {worked.practice.organisation} differs: what was kept cannot be read."
    return f"The working of {worked.practice.organisation} differs: {what}."
