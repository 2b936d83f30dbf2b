"""The evidence of a run, read back: from a bucket, or from a folder that the command line wrote."""

from dataclasses import dataclass
from functools import cached_property

from functions.domain.calculate.rules import Rules, service_rules
from functions.domain.evidence.batches import batches_from_bytes
from functions.domain.evidence.keys import document_key, inputs_key, run_key, working_key
from functions.domain.evidence.national import NationalFigures, national_from_bytes
from functions.domain.evidence.working import working_from_line
from functions.domain.explain.explaining import explanation
from functions.ports.objects import Objects
from schemas.batch import Batch
from schemas.explanation import Explanation
from schemas.run import Run
from schemas.service import ServiceDocument


class NotInRun(LookupError):  # noqa: N818  # says what is the matter; the caller decides whether it is an error
    """A practice that was not calculated in a run."""


@dataclass(frozen=True)
class RunEvidence:
    """What a run kept, each part read when it is asked for. Every part raises ObjectMissing where it is not there."""

    id: str
    evidence: Objects

    @cached_property
    def run(self) -> Run:
        """The run itself."""
        return Run.model_validate_json(self.read(run_key(run=self.id, name="run.json")))

    @cached_property
    def document(self) -> ServiceDocument:
        """The service document that it was calculated with, whatever this release holds by now."""
        return ServiceDocument.model_validate_json(self.read(document_key(document=self.run.identity.document)))

    @cached_property
    def rules(self) -> Rules:
        """The document's rules."""
        return service_rules(document=self.document)

    @cached_property
    def national(self) -> NationalFigures:
        """Its national figures."""
        return national_from_bytes(body=self.read(run_key(run=self.id, name="national.json")))

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """Its batches, in order."""
        return batches_from_bytes(body=self.read(run_key(run=self.id, name="batches.jsonl")))

    def read(self, key: str) -> bytes:
        """An object, whole."""
        return b"".join(self.evidence.chunks(key=key))

    def inputs_line(self, *, organisation: str) -> bytes:
        """What a practice brought into the run. Raises NotInRun."""
        batch, number = self._place(organisation)
        key = inputs_key(inputs=batch.inputs)
        return self.evidence.part(key=key, offset=batch.offset, length=batch.length).splitlines(keepends=True)[number]

    def working_line(self, *, organisation: str) -> bytes:
        """The working of a practice. Raises NotInRun."""
        batch, number = self._place(organisation)
        return self.read(working_key(run=self.id, number=batch.number)).splitlines(keepends=True)[number]

    def explained(self, *, line: bytes) -> Explanation:
        """The explanation of a practice, from the line of its working."""
        return explanation(
            run=self.run,
            document=self.document,
            rules=self.rules,
            national=self.national,
            working=working_from_line(rules=self.rules, line=line),
        )

    def _place(self, organisation: str) -> tuple[Batch, int]:
        for batch in self.batches:
            if organisation in batch.organisations:
                return batch, batch.organisations.index(organisation)
        raise NotInRun(f"{organisation} was not calculated in run {self.id}.")
