"""The ports in memory: as small as they can be, and held to the same contract as the real ones."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from functions.domain.calculate.contract import list_at
from functions.domain.decide.hold import HoldTransition
from functions.domain.decide.lifecycle import Transition, awaited
from functions.ports.declarations import StaleDeclaration, Waiting
from functions.ports.holds import StaleHold
from functions.ports.objects import ObjectMissing
from functions.ports.submissions import StoredSubmission
from schemas.collection import CollectionKey
from schemas.decision import PointsDecision
from schemas.declaration import AuditEntry, Declaration, DeclarationKey, PaymentInstruction, State
from schemas.file import FileRecord
from schemas.grant import Grant, Role
from schemas.hold import Hold, HoldEntry, HoldState
from schemas.organisation import Organisation
from schemas.participation import ParticipationList
from schemas.run import Result, Run, RunState

PIECE = 2**14  # bytes: so that even a small file comes in several


class MemoryObjects:
    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def chunks(self, *, key: str, version: str | None = None, start: int = 0) -> Iterator[bytes]:
        del version  # one version is all that this keeps
        body = self._body(key)
        yield from (body[at : at + PIECE] for at in range(start, len(body), PIECE))

    def part(self, *, key: str, offset: int, length: int) -> bytes:
        return self._body(key)[offset : offset + length]

    def write(self, *, key: str, body: bytes, media_type: str) -> None:
        del media_type
        self.held[key] = body

    def keep(self, *, key: str, body: bytes, media_type: str) -> None:
        del media_type
        self.held.setdefault(key, body)

    def remove(self, *, prefix: str) -> None:
        for key in [key for key in self.held if key.startswith(prefix)]:
            del self.held[key]

    def _body(self, key: str) -> bytes:
        if key not in self.held:
            raise ObjectMissing(key)
        return self.held[key]


class MemoryQuarantine:
    def __init__(self, *, uploads: MemoryObjects) -> None:
        self._uploads = uploads
        self.held: dict[str, tuple[bytes, Mapping[str, str]]] = {}

    def take(self, *, key: str, version: str | None, file: str, notes: Mapping[str, str]) -> None:
        self.held[file] = b"".join(self._uploads.chunks(key=key, version=version)), notes

    def clear(self, *, key: str, version: str | None) -> None:
        del version  # one version is all that is kept
        self._uploads.held.pop(key, None)


class MemorySubmissions:
    def __init__(self) -> None:
        self.values: dict[tuple[str, str, str], StoredSubmission] = {}
        self.accepted: dict[tuple[str, str], FileRecord] = {}
        self.refused: dict[str, FileRecord] = {}

    def record(self, *, collection: CollectionKey, file: str) -> FileRecord | None:
        return self.accepted.get((str(collection), file))

    def records(self, *, collection: CollectionKey) -> tuple[FileRecord, ...]:
        return tuple(self.accepted[key] for key in sorted(self.accepted) if key[0] == str(collection))

    def add(self, *, collection: CollectionKey, submissions: Iterable[StoredSubmission]) -> None:
        for found in submissions:
            self.values[str(collection), found.organisation, found.file] = found

    def submissions(self, *, collection: CollectionKey, organisation: str | None = None) -> Iterator[StoredSubmission]:
        every = (key for key in sorted(self.values) if key[0] == str(collection))
        return (self.values[key] for key in every if organisation in (None, key[1]))

    def file(self, *, file: str) -> FileRecord | None:
        return next((one for one in self._every() if one.id == file), None)

    def sent(self, *, supplier: str, limit: int, before: FileRecord | None = None) -> tuple[FileRecord, ...]:
        mark = None if before is None else (before.received_at, before.id)
        own = {(one.received_at, one.id): one for one in self._every() if one.supplier == supplier}
        found = [own[key] for key in sorted(own, reverse=True) if mark is None or key < mark]
        return tuple(one.model_copy(update={"refused_practices": ()}) for one in found[:limit])

    def _every(self) -> Iterator[FileRecord]:
        yield from self.accepted.values()
        yield from self.refused.values()

    def accept(self, *, collection: CollectionKey, record: FileRecord) -> bool:
        return self.accepted.setdefault((str(collection), record.id), record) is record

    def refuse(self, *, record: FileRecord) -> FileRecord:
        return self.refused.setdefault(record.id, record)


class MemoryOrganisations:
    def __init__(self) -> None:
        self.held: dict[tuple[str, date, str, str], Organisation] = {}

    def add(self, *, organisations: Iterable[Organisation], file: str, order: str) -> None:
        for one in organisations:
            self.held[one.code, one.list_size_date, order, file] = one

    def on(self, *, list_date: date) -> Mapping[str, Organisation]:
        lists: dict[str, dict[date, Organisation]] = {}
        for key in sorted(self.held):
            lists.setdefault(key[0], {})[key[1]] = self.held[key]
        found = {code: list_at(day=list_date, lists=counted.values()) for code, counted in lists.items()}
        return {code: one for code, one in found.items() if one is not None}

    def one(self, *, code: str, list_date: date) -> Organisation | None:
        return self.on(list_date=list_date).get(code)


class MemoryParticipation:
    def __init__(self) -> None:
        self.held: dict[tuple[str, str, str], ParticipationList] = {}

    def add(self, *, participation: ParticipationList, order: str) -> None:
        self.held.setdefault((participation.service, order, participation.file), participation)

    def latest(self, *, service: str) -> ParticipationList | None:
        received = [key for key in sorted(self.held) if key[0] == service]
        return self.held[received[-1]] if received else None


class MemoryDecisions:
    def __init__(self) -> None:
        self.held: dict[tuple[str, str], tuple[PointsDecision, ...]] = {}

    def add(self, *, decisions: Iterable[PointsDecision], file: str, order: str) -> None:
        self.held[order, file] = tuple(sorted(decisions, key=lambda one: one.line))

    def of(self, *, service: str, achievement_date: date) -> tuple[PointsDecision, ...]:
        kept = (one for key in sorted(self.held) for one in self.held[key])
        return tuple(one for one in kept if (one.service, one.achievement_date) == (service, achievement_date))


class MemoryAchievements:
    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.results: dict[tuple[str, str, str], Result] = {}
        self.pointers: dict[str, Run] = {}

    def run(self, *, run: str) -> Run | None:
        return self.runs.get(run)

    def begin(self, *, run: Run) -> None:
        self.runs.setdefault(run.id, run)

    def add_results(self, *, collection: CollectionKey, results: Iterable[Result]) -> None:
        for result in results:
            self.results[str(collection), result.organisation, result.run] = result

    def publish(self, *, run: Run) -> bool:
        before = self.pointers.get(str(run.collection))
        if before is not None and before.frozen_at > run.frozen_at:
            return False
        self.runs[run.id] = self.pointers[str(run.collection)] = run.model_copy(update={"state": RunState.PUBLISHED})
        return True

    def published(self, *, collection: CollectionKey) -> str | None:
        pointer = self.pointers.get(str(collection))
        return None if pointer is None else pointer.id

    def result(self, *, collection: CollectionKey, organisation: str, run: str) -> Result | None:
        return self.results.get((str(collection), organisation, run))


class MemoryDeclarations:
    def __init__(self) -> None:
        self.held: dict[str, Declaration] = {}
        self.entries: dict[str, list[AuditEntry]] = {}
        self.waits: dict[str, Waiting] = {}
        self.instructions: dict[str, PaymentInstruction] = {}

    def declaration(self, *, key: DeclarationKey) -> Declaration | None:
        return self.held.get(key.model_dump_json())

    def history(self, *, key: DeclarationKey) -> tuple[AuditEntry, ...]:
        return tuple(self.entries.get(key.model_dump_json(), ()))

    def commit(self, *, transition: Transition) -> None:
        name = transition.declaration.key.model_dump_json()
        before = self.held.get(name)
        if (before.version if before else 0) != transition.declaration.version - 1:
            raise StaleDeclaration(name)
        self.held[name] = transition.declaration
        self.entries.setdefault(name, []).append(transition.entry)

    def awaiting(self, *, organisation: str, role: Role) -> tuple[Declaration, ...]:
        found = (self.held[name] for name in sorted(self.held))
        return tuple(one for one in found if awaited(declaration=one) == (organisation, role))

    def hold(self, *, key: DeclarationKey, waiting: Waiting) -> None:
        self.waits[key.model_dump_json()] = waiting

    def waiting(self, *, key: DeclarationKey) -> Waiting | None:
        return self.waits.get(key.model_dump_json())

    def instruct(self, *, instruction: PaymentInstruction) -> bool:
        return self.instructions.setdefault(instruction.key.model_dump_json(), instruction) is instruction

    def instruction(self, *, key: DeclarationKey) -> PaymentInstruction | None:
        return self.instructions.get(key.model_dump_json())

    def uninstructed(self) -> tuple[Declaration, ...]:
        approved = (name for name in sorted(self.held) if self.held[name].state is State.APPROVED)
        return tuple(self.held[name] for name in approved if name not in self.instructions)


class MemoryHolds:
    def __init__(self) -> None:
        self.kept: dict[str, Hold] = {}
        self.entries: dict[str, list[HoldEntry]] = {}
        self.waits: dict[str, Waiting] = {}

    def hold(self, *, run: str) -> Hold | None:
        return self.kept.get(run)

    def history(self, *, run: str) -> tuple[HoldEntry, ...]:
        return tuple(self.entries.get(run, ()))

    def commit(self, *, transition: HoldTransition) -> None:
        run = transition.hold.run
        before = self.kept.get(run)
        if (before.version if before else 0) != transition.hold.version - 1:
            raise StaleHold(run)
        self.kept[run] = transition.hold
        self.entries.setdefault(run, []).append(transition.entry)

    def held(self) -> tuple[Hold, ...]:
        return self._of(HoldState.HELD)

    def released(self) -> tuple[Hold, ...]:
        return self._of(HoldState.RELEASED)

    def waiting(self, *, run: str) -> Waiting | None:
        return self.waits.get(run)

    def _of(self, state: HoldState) -> tuple[Hold, ...]:
        return tuple(self.kept[run] for run in sorted(self.kept) if self.kept[run].state is state)


class MemoryGrants:
    def __init__(self) -> None:
        self.held: list[Grant] = []

    def grants(self, *, person: str) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.held if grant.person == person)

    def give(self, *, grant: Grant) -> None:
        if grant not in self.held:
            self.held.append(grant)
