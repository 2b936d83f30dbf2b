"""Reading extracts and organisations: per practice, indicator and field the value that was submitted last."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeAlias

Values: TypeAlias = Mapping[tuple[str, str], int]


def lists(path: Path) -> dict[str, int]:
    """The registered list of each practice."""
    return {row["ORG_CODE"]: int(row["LIST_SIZE"]) for row in _rows(path)}


def values(paths: Iterable[Path]) -> dict[str, Values]:
    """By practice, then by indicator and field."""
    names: dict[tuple[str, str], tuple[str, str]] = {}  # a nation's file says each a few thousand times
    latest: dict[str, dict[tuple[str, str], tuple[datetime, int]]] = {}
    for path in paths:
        for row in _rows(path):
            name = row["IND_CODE"], row["FIELD_NAME"]
            name = names.setdefault(name, name)
            found = latest.setdefault(row["ORG_CODE"], {})
            when = _moment(row["SUBMIT_DATE"] + row["SUBMIT_TIME"])
            if name not in found or when > found[name][0]:
                found[name] = (when, int(row["VALUE"]))
    return {code: {name: value for name, (_, value) in found.items()} for code, found in latest.items()}


@cache
def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y%H:%M:%S")  # noqa: DTZ007


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
