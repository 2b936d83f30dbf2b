"""Reading the files that decide points: decisions with their reasons, and the points of an earlier year."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final

import typer

from cqrs.results import POINT_COLUMNS
from cqrs.verdict import NOTHING_CALCULATED
from functions.domain.calculate.deciding import Decided, EarlierPoints
from functions.domain.calculate.rules import hundredths
from functions.domain.calculate.text import plain_text
from functions.domain.check.decisions import POINTS, read_decisions
from functions.domain.check.problems import shown
from functions.domain.check.stream import text_lines
from schemas.decision import PointsDecision
from schemas.service import ServiceDocument

NAMED: Final = 5


class UndecidedError(Exception):
    """A file that decides points and cannot be followed as a whole: nothing may be calculated by a part of it."""


def read_decided(
    *, document: ServiceDocument, achievement_date: date | None, decisions: Path | None, earlier: Path | None
) -> Decided:
    """What the files decide of an achievement date; ends the command where one has a problem, naming the first."""
    try:
        return Decided(
            document=document,
            achievement_date=achievement_date,
            decisions=() if decisions is None else _decisions(document, decisions),
            earlier=None if earlier is None else _earlier(document, earlier),
        )
    except UndecidedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_CALCULATED) from error


def _decisions(document: ServiceDocument, path: Path) -> tuple[PointsDecision, ...]:
    chunks = iter([path.read_bytes()])
    reading = read_decisions(file=path.name, lines=text_lines(chunks=chunks), services={document.code: document})
    if reading.problems.total:
        named = (f"{one.file}:{one.line}: {one.message} [{one.code}]" for one in reading.problems.listed[:NAMED])
        count = f"{path.name}: {reading.problems.total:,} problems; nothing is calculated by a part of the decisions."
        raise UndecidedError("\n".join((*named, count)))
    return reading.decisions


def _earlier(document: ServiceDocument, path: Path) -> EarlierPoints:
    protection = document.protection
    if protection is None:
        raise UndecidedError(f"{document.code} protects no points; leave out --earlier.")
    body, offered = path.read_bytes(), {one.code: hundredths(one.points) for one in document.scored}
    found: dict[str, dict[str, int]] = {}
    try:
        for line, row in _rows(path, body):
            if row["QUALITY_SERVICE"] != protection.points_of:
                told = f"the points are of {shown(row['QUALITY_SERVICE'])}; give those of {protection.points_of}."
                raise UndecidedError(f"{path.name}:{line}: {told}")
            if row["IND_CODE"] in protection.indicators:
                own = found.setdefault(row["ORG_CODE"], {})
                points = _points(path, line, row, offered[row["IND_CODE"]])
                if own.setdefault(row["IND_CODE"], points) != points:
                    raise UndecidedError(f"{path.name}:{line}: the points stand here a second time, and differ.")
    except (UnicodeDecodeError, csv.Error) as error:
        raise UndecidedError(f"{path.name}: it cannot be read as CSV: {error}.") from error
    return EarlierPoints(id=sha256(body).hexdigest()[:32], points=found)


def _rows(path: Path, body: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    rows = csv.DictReader(body.decode("utf-8-sig").splitlines(), restval="", strict=True)
    if tuple(rows.fieldnames or ()) != POINT_COLUMNS:
        raise UndecidedError(f"{path.name}: give a points.csv with {', '.join(POINT_COLUMNS)}.")
    for row in rows:
        yield rows.line_num, row


def _points(path: Path, line: int, row: Mapping[str, str], offered: int) -> int:
    if POINTS.fullmatch(row["POINTS"]) is None:
        raise UndecidedError(f"{path.name}:{line}: {shown(row['POINTS'])} is not a number of points such as 2.75.")
    points = hundredths(Decimal(row["POINTS"]))
    if points > offered:
        most = f"more than the {plain_text(offered, places=2)} points that the indicator offers"
        raise UndecidedError(f"{path.name}:{line}: {plain_text(points, places=2)} points are {most}.")
    return points
