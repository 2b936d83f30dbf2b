"""The evidence of a run, read back: from a bucket, or from a folder that the command line wrote."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.calculate.inputs import inputs_from_line
from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.digest import digest, run_id
from functions.domain.evidence.batches import batches_from_bytes
from functions.domain.evidence.frozen import inputs_digest
from functions.domain.evidence.keys import document_key, inputs_key, run_key, working_key
from functions.domain.evidence.national import NationalFigures, national_from_bytes
from functions.domain.evidence.working import working_from_line
from functions.domain.explain.explaining import explanation
from functions.ports.objects import Objects
from schemas.batch import Batch
from schemas.explanation import Explanation
from schemas.run import Run
from schemas.service import ServiceDocument

Value = TypeVar("Value")
MALFORMED = (ValueError, LookupError, TypeError, AttributeError)  # what bytes raise that are not what was written


class NotInRun(LookupError):  # noqa: N818  # says what is the matter; the caller decides whether it is an error
    """A practice that was not calculated in a run."""


class NotAsKept(Exception):  # noqa: N818  # as above
    """Evidence that cannot be read, or that is not what the run kept; says which, in a sentence."""


@dataclass(frozen=True)
class RunEvidence:
    """What a run kept, each part read when it is asked for.

    Every part raises ObjectMissing where it is not there, and NotAsKept where it is not what the run kept, as far as
    its digest or its shape can tell.
    """

    id: str
    evidence: Objects

    @cached_property
    def run(self) -> Run:
        """The run itself."""
        run = self.parsed(run_key(run=self.id, name="run.json"), Run.model_validate_json)
        made = run_id(identity=run.identity)
        if not made == run.id == self.id:
            raise NotAsKept(f"The run differs: its three digests make it {made}, and it is kept as {self.id}.")
        return run

    @cached_property
    def document(self) -> ServiceDocument:
        """The service document that it was calculated with, whatever this release holds by now."""
        kept = self.run.identity.document
        key = document_key(document=kept)
        found = digest(self.read(key))
        if found != kept:
            raise NotAsKept(f"The service document differs: its digest is {found}, the run's is {kept}.")
        return self.parsed(key, ServiceDocument.model_validate_json)

    @cached_property
    def rules(self) -> Rules:
        """The document's rules."""
        return service_rules(document=self.document)

    @cached_property
    def national(self) -> NationalFigures:
        """Its national figures."""
        key = run_key(run=self.id, name="national.json")
        figures = self.parsed(key, lambda body: national_from_bytes(body=body))
        adjusted = {rule.code for rule in self.rules.rules if rule.follows_prevalence}
        if any(adjusted != found.keys() for found in (figures.prevalence, figures.raw, figures.registers)):
            raise NotAsKept(f"{key} has not the indicators of the service document; it is not what was kept.")
        return figures

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """Its batches, in order. A run that was held or rejected before it was calculated has none yet."""
        return self.parsed(run_key(run=self.id, name="batches.jsonl"), lambda body: batches_from_bytes(body=body))

    @cached_property
    def frozen(self) -> bytes:
        """The bytes at the key of its frozen inputs, whether or not they are those that it was made from."""
        return self.read(inputs_key(inputs=self.run.identity.inputs))

    @cached_property
    def found_inputs(self) -> str:
        """The digest of its frozen inputs as they are now."""
        problems = self.read(run_key(run=self.id, name="problems.csv"))
        run = self.run
        return inputs_digest(
            collection=run.collection, inputs=self.frozen, problems=problems, incomplete=run.incomplete
        )

    @cached_property
    def inputs(self) -> bytes:
        """Its frozen inputs, a line for each practice."""
        kept = self.run.identity.inputs
        if self.found_inputs != kept:
            raise NotAsKept(
                "The inputs differ: with the collection, the problems and the number left out they have the digest "
                f"{self.found_inputs}, the run's have {kept}."
            )
        return self.frozen

    @cached_property
    def lines(self) -> Mapping[str, bytes]:
        """Every practice's line of the frozen inputs, by its code."""
        return {json.loads(line)["organisation"]: line for line in self.inputs.splitlines(keepends=True)}

    def practice(self, organisation: str) -> PracticeInputs | None:
        """What is calculated with of a practice; None where the run does not have it."""
        line = self.lines.get(organisation)
        return None if line is None else inputs_from_line(grid=self.rules.grid, line=line)

    def read(self, key: str) -> bytes:
        """An object, whole."""
        return b"".join(self.evidence.chunks(key=key))

    def parsed(self, key: str, parse: Callable[[bytes], Value]) -> Value:
        """What an object says."""
        body = self.read(key)
        try:
            return parse(body)
        except MALFORMED as error:
            raise NotAsKept(f"{key} cannot be read; it is not what was kept.") from error

    def working_line(self, *, organisation: str) -> bytes:
        """The working of a practice. Raises NotInRun."""
        batch, number = self._place(organisation)
        key = working_key(run=self.id, number=batch.number)
        lines = self.read(key).splitlines(keepends=True)
        if number >= len(lines):
            raise NotAsKept(f"{key} has {len(lines)} practices, and {organisation} should be number {number + 1}.")
        return lines[number]

    def explained(self, *, line: bytes) -> Explanation:
        """The explanation of a practice, from the line of its working.

        A working from which none can be put together is not what was kept: the run wrote it from the same document.
        """
        run, document, rules, national = self.run, self.document, self.rules, self.national
        try:
            working = working_from_line(rules=rules, line=line)
            return explanation(run=run, document=document, rules=rules, national=national, working=working)
        except MALFORMED as error:
            raise NotAsKept("The working of this practice cannot be read; it is not what was kept.") from error

    def _place(self, organisation: str) -> tuple[Batch, int]:
        for batch in self.batches:
            if organisation in batch.organisations:
                return batch, batch.organisations.index(organisation)
        raise NotInRun(f"{organisation} was not calculated in run {self.id}.")
