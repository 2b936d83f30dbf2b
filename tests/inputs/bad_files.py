"""Extracts with problems planted on purpose, each known by its seed, and just what their reports must say."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from random import Random

from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.row import COLUMNS, DATE
from functions.domain.grid import Grid
from schemas.organisation import Organisation
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
BELATED = 6  # one in so many is received when its collection is over
IN_TIME, TOO_LATE = datetime(2024, 4, 3, 12, tzinfo=UTC), datetime(2024, 7, 5, 12, tzinfo=UTC)
LONG_AGO = date(2022, 5, 31)
PACKED = 3  # one in so many is gzip


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file, where it is put and when, who is known and who takes part (nobody said where None), and its report."""

    key: str
    received: datetime
    content: bytes
    known: tuple[Organisation, ...]
    listed: tuple[str, ...] | None
    planted: tuple[Planted, ...]


def bad_file(*, seed: int, document: ServiceDocument) -> BadFile:
    """The file of a seed."""
    chance = Random(seed)  # noqa: S311  # a file to repeat, not a secret
    drafts = _drafts(document, chance, seed)
    known = {draft.organisation: _organisation(draft.organisation, document) for draft in drafts}
    if seed % WHOLE == 0:
        spoil = FILE_PLANTS[seed // WHOLE % len(FILE_PLANTS)]
        spoilt = spoil(_text(chain.from_iterable(draft.lines for draft in drafts)), chance)
        everybody = tuple(known.values())
        return BadFile(
            spoilt.key or KEY, spoilt.received or IN_TIME, spoilt.content, everybody, tuple(known),
            tuple(sorted(spoilt.planted)),
        )  # fmt: skip
    for draft in drafts[1:]:
        for _ in range(chance.randrange(MOST_PLANTS + 1)):
            chance.choice(PLANTS)(draft, chance)
    about_all = []
    listed: list[str] | None = list(known)
    if chance.randrange(UNLISTED) == 0:
        listed = None
        about_all.append(Planted(0, "", "", "", "", Code.WARNING_PARTICIPATION))
    if chance.randrange(BELATED) == 0:
        about_all.append(Planted(0, "", "", "", "", Code.WARNING_LATE))
    _turn_away(drafts[-1], chance, known, listed)
    lines = _in_order(drafts, chance)
    number_lines(lines)
    content = _text(lines).encode()
    return BadFile(
        KEY,
        TOO_LATE if any(one.code is Code.WARNING_LATE for one in about_all) else IN_TIME,
        gzip.compress(content, mtime=0) if chance.randrange(PACKED) == 0 else content,
        tuple(known.values()),
        None if listed is None else tuple(listed),
        tuple(sorted([*said(drafts), *about_all])),
    )


def _organisation(code: str, document: ServiceDocument) -> Organisation:
    return Organisation(
        code=code, name=code, list_size=8000, list_size_date=document.parameters.practice_list.value, network=None,
        sub_icb="16C", icb="QHM", region="Y63",
    )  # fmt: skip


def _turn_away(draft: Draft, chance: Random, known: dict[str, Organisation], listed: list[str] | None) -> None:
    """Have a practice that nothing else is said of refused for what is known of it: every second time."""
    if draft.expected or chance.randrange(2):
        return
    code = chance.choice([Code.PRACTICE_NOT_PARTICIPATING, Code.PRACTICE_CLOSED, Code.PRACTICE_SUPPLIER])
    change: dict[str, object] = {}
    if code is Code.PRACTICE_CLOSED:
        change = {"closed": LONG_AGO}
    elif code is Code.PRACTICE_SUPPLIER:
        change = {"supplier": "vision"}
    elif listed is None:
        return
    else:
        listed.remove(draft.organisation)
    known[draft.organisation] = known[draft.organisation].model_copy(update=change)
    day = draft.lines[0].cells[DATE]
    draft.expected.append(lambda: [Planted(draft.lines[0].line, draft.organisation, "", "", day, code)])


def _drafts(document: ServiceDocument, chance: Random, seed: int) -> list[Draft]:
    made = nation(document=document, practices=chance.randrange(2, MOST_PRACTICES + 1), seed=seed)
    return [_draft(made.grid, extract_rows(made=made, practices=[practice], advance=lambda _: None), practice.code)
            for practice in made.practices]  # fmt: skip


def _draft(grid: Grid, rows: Iterable[Sequence[str]], organisation: str) -> Draft:
    return Draft(organisation=organisation, grid=grid, lines=[Line(list(row)) for row in rows])


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
