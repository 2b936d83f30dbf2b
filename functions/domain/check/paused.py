"""A paused reading as bytes, so that another process can read on, on another day if need be.

The bytes are packed lines of JSON: where the reading stood and what it counted, then a line for each practice, then one
for each problem. No line is long, so that neither writing nor reading them takes much more memory than the bytes.
"""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from functions.domain.check.extract import Paused
from functions.domain.check.found import Found
from functions.domain.check.problems import ProblemList
from functions.domain.check.rows import Bookmark
from functions.domain.check.stored import Noted, PracticeReading
from functions.domain.packed import Packing
from functions.domain.submission import PLACES
from schemas.problem import Code, Problem, Severity

PIECE = 2**16  # bytes unpacked at a time


def paused_bytes(*, paused: Paused, packing: Packing) -> bytes:
    """What `paused_from_bytes` makes the paused reading of; `packing` is that of the reading's grid."""
    packer = zlib.compressobj(level=1)  # most of it is packed already
    pieces = [packer.compress(json.dumps(line).encode() + b"\n") for line in _lines(paused, packing)]
    return b"".join((*pieces, packer.flush()))


def paused_from_bytes(*, body: bytes, packing: Packing) -> Paused:
    """The paused reading that `paused_bytes` told of."""
    lines = map(json.loads, _unpacked_lines(body))
    head = next(lines)
    found = _counted(head)
    for _, (day, organisation, *told) in zip(range(head["practices"]), lines, strict=False):
        found.days.setdefault(day, {})[organisation] = _practice(told, packing)
    found.problems.listed.extend(map(_problem, lines))
    return Paused(found, Bookmark(*head["bookmark"]))


def _lines(paused: Paused, packing: Packing) -> Iterator[object]:
    found, mark = paused.found, paused.bookmark
    yield {
        "bookmark": [mark.offset, mark.lines, mark.plain, mark.within_a_row],
        "practices": sum(map(len, found.days.values())),
        "unknown": [[code, rows, found.first_unknown[code]] for code, rows in found.unknown.items()],
        "absent": [[*place, rows, found.first_absent[place]] for place, rows in found.absent.items()],
        "strays": [[code, *place] for code, place in found.strays.items()],
        "by_code": found.problems.by_code,
        "by_severity": found.problems.by_severity,
        "personal": [found.personal_rows, *found.personal],
        "broken": found.broken,
        "beside": [found.beside, found.astray, found.orphans],
        "names": sorted(found.names),
        "rows": [found.rows, found.misshapen, found.misshapen_rows],
    }
    for day, practices in found.days.items():
        for organisation, practice in practices.items():
            yield [day, organisation, *_practice_words(practice, packing)]
    yield from map(list, found.problems.listed)


def _counted(head: dict[str, Any]) -> Found:
    """What is told of a file beside its practices and the problems that are listed."""
    problems = ProblemList()
    problems.by_code.update({Code(code): count for code, count in head["by_code"].items()})
    problems.by_severity.update({Severity(severity): count for severity, count in head["by_severity"].items()})
    rows, misshapen, misshapen_rows = head["rows"]
    beside, astray, orphans = head["beside"]
    return Found(
        unknown=Counter({code: rows for code, rows, _ in head["unknown"]}),
        first_unknown={code: line for code, _, line in head["unknown"]},
        absent=Counter({(code, day): rows for code, day, rows, _ in head["absent"]}),
        first_absent={(code, day): line for code, day, _, line in head["absent"]},
        strays={code: (line, day) for code, line, day in head["strays"]},
        problems=problems,
        personal_rows=head["personal"][0],
        personal=head["personal"][1:],
        broken=head["broken"],
        beside=beside,
        astray=astray,
        orphans=orphans,
        names=set(head["names"]),
        rows=rows,
        misshapen=misshapen,
        misshapen_rows=misshapen_rows,
    )


def _practice_words(practice: PracticeReading, packing: Packing) -> Iterator[object]:
    yield b64encode(packing.pack(submission=practice.submission)).decode()
    yield b64encode(zlib.compress(practice.lasts)).decode()
    yield [practice.first_line, practice.rows, practice.refused_at, practice.overtaken, *practice.first_overtaken]
    yield list(practice.conflicts.lines)
    yield list(practice.duplicates.lines)


def _practice(told: list[Any], packing: Packing) -> PracticeReading:
    packed, lasts, (first_line, rows, refused_at, overtaken, *first_overtaken), conflicts, duplicates = told
    return PracticeReading(
        submission=packing.unpack(layout=packing.layout, packed=b64decode(packed)),
        lasts=bytearray(zlib.decompress(b64decode(lasts))),
        first_line=first_line,
        rows=rows,
        refused_at=refused_at,
        conflicts=Noted(array(PLACES, conflicts)),
        duplicates=Noted(array(PLACES, duplicates)),
        overtaken=overtaken,
        first_overtaken=(first_overtaken[0], first_overtaken[1]),
    )


def _problem(told: list[Any]) -> Problem:
    *place, code, severity, message = told
    file, line, organisation, indicator, field, value = place
    return Problem(file, line, organisation, indicator, field, value, Code(code), Severity(severity), message)


def _unpacked_lines(body: bytes) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(), b""
    for piece in _pieces(body):
        *lines, rest = (rest + unpacker.decompress(piece)).split(b"\n")
        yield from lines


def _pieces(body: bytes) -> Iterable[bytes]:
    return (body[start : start + PIECE] for start in range(0, len(body), PIECE))
