"""Extracts with problems planted on purpose, each known by its seed, and just what their reports must say."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.row import COLUMNS
from functions.domain.grid import Grid
from schemas.problem import Code
from schemas.service import ServiceDocument
from tests.inputs.drafts import Draft, Line, Planted, number_lines, said
from tests.inputs.file_plants import FILE_PLANTS
from tests.inputs.practice_plants import PLANTS

KEY = "extracts/tpp/QOF2324/PAYMENT/april.csv"
MOST_PRACTICES = 7
MOST_PLANTS = 4  # tried on each practice that is spoilt
WHOLE = 6  # one file in so many is spoilt as a whole
UNLISTED = 5  # one in so many comes before any participation list
MINGLED = 4  # of one in so many the practices' rows stand in any order among each other
PACKED = 3  # one in so many is gzip


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file, where it is put, who is known and who takes part (nobody said where None), and what its report says."""

    key: str
    content: bytes
    known: tuple[str, ...]
    listed: tuple[str, ...] | None
    planted: tuple[Planted, ...]


def bad_file(*, seed: int, document: ServiceDocument) -> BadFile:
    """The file of a seed."""
    chance = Random(seed)  # noqa: S311  # a file to repeat, not a secret
    drafts = _drafts(document, chance, seed)
    codes = tuple(draft.organisation for draft in drafts)
    if seed % WHOLE == 0:
        spoil = FILE_PLANTS[seed // WHOLE % len(FILE_PLANTS)]
        content, planted, key = spoil(_text(chain.from_iterable(draft.lines for draft in drafts)), chance)
        return BadFile(key or KEY, content, codes, codes, tuple(sorted(planted)))
    away = _spoil(drafts, chance)
    lines = _in_order(drafts, chance)
    number_lines(lines)
    listed = None if away is None and chance.randrange(UNLISTED) == 0 else tuple({*codes} - {away})
    unlisted = [] if listed is not None else [Planted(0, "", "", "", "", Code.WARNING_PARTICIPATION)]
    content = _text(lines).encode()
    packed = gzip.compress(content, mtime=0) if chance.randrange(PACKED) == 0 else content
    return BadFile(KEY, packed, codes, listed, tuple(sorted([*said(drafts), *unlisted])))


def _drafts(document: ServiceDocument, chance: Random, seed: int) -> list[Draft]:
    made = nation(document=document, practices=chance.randrange(2, MOST_PRACTICES + 1), seed=seed)
    return [_draft(made.grid, extract_rows(made=made, practices=[practice], advance=lambda _: None), practice.code)
            for practice in made.practices]  # fmt: skip


def _draft(grid: Grid, rows: Iterable[Sequence[str]], organisation: str) -> Draft:
    return Draft(organisation=organisation, grid=grid, lines=[Line(list(row)) for row in rows])


def _spoil(drafts: Sequence[Draft], chance: Random) -> str | None:
    """Plant problems into all practices but the first, and name one that is to be absent, if any."""
    for draft in drafts[1:]:
        for _ in range(chance.randrange(MOST_PLANTS + 1)):
            chance.choice(PLANTS)(draft, chance)
    last = drafts[-1]
    if last.expected or chance.randrange(2):
        return None
    day = last.lines[0].cells[COLUMNS.index("ACH_DATE")]
    place = (last.organisation, "", "", day, Code.PRACTICE_NOT_PARTICIPATING)
    last.expected.append(lambda: [Planted(last.lines[0].line, *place)])
    return last.organisation


def _in_order(drafts: Sequence[Draft], chance: Random) -> list[Line]:
    """The rows as they are sent: practice by practice, or mingled; those of one practice keep their order."""
    if chance.randrange(MINGLED):
        return [line for draft in drafts for line in draft.lines]
    whose = [draft for draft in drafts for _ in draft.lines]
    chance.shuffle(whose)
    rows = {draft.organisation: iter(draft.lines) for draft in drafts}
    return [next(rows[draft.organisation]) for draft in whose]


def _text(lines: Iterable[Line]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(line.cells for line in lines)
    return text.getvalue()
