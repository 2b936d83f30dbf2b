"""One file delivered five times at once, out of order and killed between any two writes, read whole or in parts."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from functions.domain.check.rows import always
from functions.ingest.continuing import continued_upload
from functions.ingest.taking import take_in
from functions.ingest.upload import Ingestion, Upload
from functions.ports.submissions import StoredSubmission
from schemas.collection import CollectionKey
from schemas.continuation import Continuation
from schemas.file import FileRecord
from tests.integration.crashes import Crash
from tests.integration.worlds import YEAR_END, World, extract, practice_rows

CODES = ("A81001", "A81002", "A81003")
CONTENT = extract(*(practice_rows(code) for code in CODES))
DELIVERIES = 5
GoOn = Callable[[], bool]


def never() -> bool:
    """A part is as short as can be."""
    return False


class Interrupted:
    """Writes of one delivery. Before the one at a place something else happens; then it is done, or the end comes."""

    def __init__(self, *, place: int, by: Callable[[], None], killed: bool) -> None:
        self._left, self._by, self._killed = count(place, -1), by, killed

    def world(self, world: World) -> Ingestion:
        """The world, with its writes watched: of submissions each by itself."""
        return replace(
            world.ingestion,
            submissions=SimpleNamespace(
                **{name: getattr(world.submissions, name) for name in ("record", "file")},
                add=partial(self._add, world),
                accept=self._watched(world.submissions.accept),
                refuse=self._watched(world.submissions.refuse),
            ),
            exchange=SimpleNamespace(chunks=world.exchange.chunks, write=self._watched(world.exchange.write)),
            reading=SimpleNamespace(
                chunks=world.reading.chunks,
                keep=self._watched(world.reading.keep),
                remove=self._watched(world.reading.remove),
            ),
            quarantine=SimpleNamespace(
                take=self._watched(world.quarantine.take), clear=self._watched(world.quarantine.clear)
            ),
            continuing=SimpleNamespace(start=self._watched(world.continuing.start)),
            bus=SimpleNamespace(announce=self._watched(world.bus.announce)),
        )

    @property
    def happened(self) -> bool:
        """Whether the delivery came as far as the place."""
        return next(self._left) < 0

    def _add(self, world: World, *, collection: CollectionKey, submissions: Iterable[StoredSubmission]) -> None:
        for one in submissions:
            self._watched(world.submissions.add)(collection=collection, submissions=[one])

    def _watched(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            if next(self._left) == 0:
                self._by()
                if self._killed:
                    raise Crash
            return write(**arguments)

        return call


def arrive(upload: Upload, world: Ingestion, go_on: GoOn) -> None:
    """What Ingest does with a message."""
    found = take_in(upload=upload, world=world, part=0, go_on=go_on)
    if isinstance(found, Continuation):
        world.continuing.start(continuation=found)


def work_off(world: World, through: Ingestion, go_on: GoOn) -> list[FileRecord]:
    """What the machine does with each upload that was started, from its first step on; the records of the files."""
    return [_worked_off(first, through, go_on) for first in tuple(world.continuing.started.values())]


def _worked_off(first: Continuation, through: Ingestion, go_on: GoOn) -> FileRecord:
    found: FileRecord | Continuation = first
    while isinstance(found, Continuation):
        upload = continued_upload(continuation=found)
        found = take_in(upload=upload, world=through, part=found.part, go_on=go_on)
    return found


def delivered_once(go_on: GoOn) -> World:
    world = known()
    arrive(world.send(CONTENT), world.ingestion, go_on)
    work_off(world, world.ingestion, go_on)
    return world


def known() -> World:
    world = World()
    world.know(*CODES)
    world.offer(*CODES)
    return world


def deliver(world: World, upload: Upload, go_on: GoOn, *, places: list[int], killed: bool) -> bool:
    """Deliver once for each place, each delivery within the one before it. Whether each came as far as its place."""
    if not places:
        return True
    came: list[bool] = []
    first, *others = places
    by = partial(_note, came, lambda: deliver(world, upload, go_on, places=others, killed=not killed))
    through = Interrupted(place=first, by=by, killed=killed).world(world)
    try:
        arrive(upload, through, go_on)
        work_off(world, through, go_on)
    except Crash:
        pass
    return bool(came and came[0])


def _note(came: list[bool], deliver_others: Callable[[], bool]) -> None:
    came.append(deliver_others())


def kept(world: World) -> Iterator[object]:
    """What is there in the end, but for what was found on the way."""
    yield world.submissions.values
    yield world.submissions.accepted
    yield world.exchange.held
    yield set(map(str, world.bus.announced))


@pytest.mark.parametrize("go_on", [always, never], ids=["read whole", "read in parts"])
@pytest.mark.parametrize("killed", [True, False])
def test_delivered_five_times_at_once_and_killed_at_any_write_the_state_is_that_of_one_clean_delivery(
    go_on: GoOn, *, killed: bool
) -> None:
    clean, reached = list(kept(delivered_once(go_on))), 0
    for place in range(40):
        world = known()
        upload = world.send(CONTENT)
        places = [max(0, place - 2 * number) for number in range(DELIVERIES)]
        reached += deliver(world, upload, go_on, places=places, killed=killed)
        arrive(upload, world.ingestion, go_on)  # whoever was killed comes again
        work_off(world, world.ingestion, go_on)
        assert list(kept(world)) == clean, f"write {place}"
        assert len([key for key in world.exchange.held if "/received/" in key]) == 1
    assert reached > 3


def test_read_in_parts_it_comes_to_the_same_as_read_whole() -> None:
    whole, parts = delivered_once(always), delivered_once(never)
    assert list(kept(parts)) == list(kept(whole))
    assert (len(whole.reading.held), len(parts.reading.held) > 5) == (0, True)
    assert parts.submissions.records(collection=YEAR_END)[0].practices_complete == len(CODES)


def test_a_part_that_another_release_of_the_code_has_kept_is_not_read_on_from() -> None:
    world = known()
    upload = world.send(CONTENT)
    arrive(upload, world.ingestion, never)
    newer = replace(world.ingestion, code_version=lambda: "newer code")
    (record,) = work_off(world, newer, always)
    assert record.rows == CONTENT.count(b"\n") - 1


NUMBER = b"9434765919"  # an NHS number by its check digit, given to nobody


def identifying() -> bytes:
    """The same extract, in the middle of which a person's number stands."""
    rows = CONTENT.split(b"\n")
    rows[len(rows) // 2] = rows[len(rows) // 2].replace(b"AUTOMATED", NUMBER)
    return b"\n".join(rows)


def test_what_is_found_in_the_parts_of_a_file_that_may_identify_people_has_no_trace_of_them() -> None:
    world, found = known(), dict[str, bytes]()

    def keep(*, key: str, body: bytes, media_type: str) -> None:
        found[key] = body
        world.reading.keep(key=key, body=body, media_type=media_type)

    reading = SimpleNamespace(chunks=world.reading.chunks, keep=keep, remove=world.reading.remove)
    through = replace(world.ingestion, reading=reading)
    arrive(world.send(identifying()), through, never)
    work_off(world, through, never)
    assert len(found) > 5
    assert not [key for key, body in found.items() if NUMBER in zlib.decompress(body)]


@pytest.mark.parametrize("killed", [True, False])
def test_delivered_five_times_at_once_and_killed_at_any_write_nothing_is_left_of_its_parts(*, killed: bool) -> None:
    reached = 0
    for place in range(40):
        world = known()
        upload = world.send(identifying())
        places = [max(0, place - 2 * number) for number in range(DELIVERIES)]
        reached += deliver(world, upload, never, places=places, killed=killed)
        arrive(upload, world.ingestion, never)  # whoever was killed comes again
        work_off(world, world.ingestion, never)
        assert (world.reading.held, len(world.quarantine.held)) == ({}, 1), f"write {place}"
        assert upload.key not in world.exchange.held
    assert reached > 3
