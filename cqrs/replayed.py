"""The tables that `cqrs calculate` wrote beside its evidence, made again from the evidence and compared row by row."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, zip_longest
from pathlib import Path

from cqrs.results import (
    LATEST,
    PAYMENT_COLUMNS,
    POINT_COLUMNS,
    WORKING_COLUMNS,
    Calculated,
    calculate_practices,
    payment_rows,
    point_rows,
    working_rows,
)
from functions.domain.calculate.inputs import inputs_from_line
from functions.domain.evidence.keys import run_key
from functions.domain.explain.deviation import Deviation, listed
from functions.explain.reading import RunEvidence
from functions.explain.verifying import named
from schemas.run import Run

Rows = Iterator[tuple[str, ...]]
PRACTICE = 1  # the column of a practice's code
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Calculated], Rows]]] = {
    "payments.csv": (PAYMENT_COLUMNS, lambda calculated: payment_rows(calculated=calculated)),
    "points.csv": (POINT_COLUMNS, lambda calculated: point_rows(calculated=calculated)),
    "working.csv": (WORKING_COLUMNS, lambda calculated: working_rows(calculated=calculated, advance=lambda _: None)),
}


def differing_beside(*, folder: Path, held: RunEvidence) -> Iterator[str]:
    """What differs in the files of a folder beside its evidence, in sentences; a file that is not there is passed over.

    The evidence must hold the inputs that the run was made from.
    """
    yield from _latest(folder, held.run)
    yield from _problems(folder, held)
    calculated = _calculated(held)
    for name, (columns, rows) in TABLES.items():
        if (folder / name).is_file():
            yield from named(_table(folder / name, columns, rows(calculated)))


def _latest(folder: Path, run: Run) -> Iterator[str]:
    """Who the run is, as the folder says it: a later calculation of the same inputs is the same run."""
    latest = Run.model_validate_json((folder / LATEST).read_bytes())
    if latest.model_copy(update={"frozen_at": run.frozen_at}) != run:
        yield f"{LATEST} beside the evidence does not say what the run's own says."


def _problems(folder: Path, held: RunEvidence) -> Iterator[str]:
    """The problems, which name the files by their whole paths here and by their names in the evidence."""
    path = folder / "problems.csv"
    if path.is_file():
        kept = held.read(run_key(run=held.id, name=path.name)).decode()
        if _by_name(kept) != _by_name(path.read_text(encoding="utf-8", errors="replace")):
            yield f"{path.name} beside the evidence does not list the problems that the evidence does."


def _by_name(table: str) -> list[tuple[str, ...]]:
    return sorted((Path(file).name, *rest) for file, *rest in _read(table))


def _calculated(held: RunEvidence) -> Calculated:
    rules, day = held.rules, f"{held.run.collection.achievement_date:%Y%m%d}"
    practices = [inputs_from_line(grid=rules.grid, line=line) for line in held.inputs.splitlines()]
    return calculate_practices(rules=rules, achievement_date=day, practices=practices)


def _table(path: Path, columns: tuple[str, ...], rows: Rows) -> Iterator[str]:
    """Every row that is not what comes out now."""
    with path.open("rb") as file:
        for number, (kept, now) in enumerate(zip_longest(file, map(_written, chain([columns], rows))), 1):
            if kept != now:
                yield f"{path.name}, line {number:,}: {_said(columns, kept, now)}."


def _written(row: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    return text.getvalue().encode()


def _said(columns: tuple[str, ...], kept: bytes | None, now: bytes | None) -> str:
    """What differs in a row, by the names of its columns."""
    if kept is None or now is None:
        return "the row is missing" if kept is None else "there is a row too many"
    was, here = _cells(kept), _cells(now)
    pairs = zip_longest(columns, was, here, fillvalue="")
    found = [
        Deviation(name, first or "nothing", second or "nothing") for name, first, second in pairs if first != second
    ]
    return f"{here[PRACTICE]} differs: {listed(found)}" if found else "the row is written in another way"


def _cells(line: bytes) -> list[str]:
    return next(_read(line.decode(errors="replace").rstrip("\n")), [])


def _read(table: str) -> Iterator[list[str]]:
    """The rows of a table, as far as it is one; a line that is blank is a row of one blank cell."""
    with suppress(csv.Error):
        yield from (row or [""] for row in csv.reader(io.StringIO(table, newline="")))
