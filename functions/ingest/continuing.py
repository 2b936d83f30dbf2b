"""Reading an extract a part at a time, each part by another run of a function, without writing anything twice.

What was found so far is kept under a key that follows from the upload, what it is read with, and the number of the part
to come. The first that is kept stays: parts that are read twice say the same in the end, wherever each of them stopped.
Nothing of a file counts before all of it was read; then it is settled as any other file.
"""

from collections.abc import Callable, Iterable

from functions.check.extracts import CheckedExtract, HeldAgainst, checked_extract
from functions.domain.check.counted import Counted
from functions.domain.check.extract import Paused, read_on
from functions.domain.check.paused import paused_bytes, paused_from_bytes
from functions.domain.digest import digest, document_digest
from functions.domain.packed import Packing
from functions.ingest.upload import Ingestion, Upload
from functions.ports.objects import ObjectMissing
from schemas.continuation import Continuation

PACKED = "application/zlib"


def read_part(
    *, upload: Upload, held: HeldAgainst, part: int, go_on: Callable[[], bool], world: Ingestion
) -> CheckedExtract | Continuation:
    """Read a part of an extract, the last one to its end. Part 0 is the first.

    Where what was found before it is not there, because another release of the code had begun, it is read from the
    start. Raises ObjectMissing where the upload is gone.
    """
    packing = Packing(grid=held.grid)
    paused = _kept(upload, held, part, packing, world) if part else None
    whole = Counted(_chunks(upload, world, 0))
    reading = read_on(
        file=held.claim.name,
        chunks=(lambda _: whole) if paused is None else (lambda start: _chunks(upload, world, start)),
        expectation=held.expected,
        paused=paused,
        go_on=go_on,
    )
    if isinstance(reading, Paused):
        key = _key(upload, held, part + 1, world)
        world.reading.keep(key=key, body=paused_bytes(paused=reading, packing=packing), media_type=PACKED)
        return continuation(upload=upload, part=part + 1)
    return checked_extract(held=held, reading=reading, sha256=whole.digest(), code_version=world.code_version())


def continuation(*, upload: Upload, part: int) -> Continuation:
    """What is to be read next of an upload."""
    return Continuation(
        key=upload.key, version=upload.version, received_at=upload.received_at, sequencer=upload.sequencer, part=part
    )


def continued_upload(*, continuation: Continuation) -> Upload:
    """The upload that a continuation is of."""
    return Upload(**continuation.model_dump(exclude={"part"}))


def forget(*, upload: Upload, world: Ingestion) -> None:
    """Remove for good what was found in the parts of an upload, whatever they were read with."""
    world.reading.remove(prefix=_folder(upload))


def _kept(upload: Upload, held: HeldAgainst, part: int, packing: Packing, world: Ingestion) -> Paused | None:
    try:
        body = b"".join(world.reading.chunks(key=_key(upload, held, part, world)))
    except ObjectMissing:
        return None
    return paused_from_bytes(body=body, packing=packing)


def _key(upload: Upload, held: HeldAgainst, part: int, world: Ingestion) -> str:
    read_with = digest(world.code_version(), document_digest(document=held.document))
    return f"{_folder(upload)}{read_with}/{part:04d}"


def _folder(upload: Upload) -> str:
    return f"parts/{digest(upload.key, upload.version or '', upload.order)}/"


def _chunks(upload: Upload, world: Ingestion, start: int) -> Iterable[bytes]:
    return world.exchange.chunks(key=upload.key, version=upload.version, start=start)
