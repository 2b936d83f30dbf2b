"""Reading extracts and organisations: per practice, indicator and field the value that was submitted last."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

Values: TypeAlias = Mapping[tuple[str, str], int]


def lists(path: Path) -> dict[str, int]:
    """The registered list of each practice."""
    return {row["ORG_CODE"]: int(row["LIST_SIZE"]) for row in _rows(path)}


def values(paths: Iterable[Path]) -> dict[str, Values]:
    """By practice, then by indicator and field."""
    latest: dict[tuple[str, str, str], tuple[datetime, int]] = {}
    for path in paths:
        for row in _rows(path):
            key = (row["ORG_CODE"], row["IND_CODE"], row["FIELD_NAME"])
            when = datetime.strptime(row["SUBMIT_DATE"] + row["SUBMIT_TIME"], "%d/%m/%Y%H:%M:%S")  # noqa: DTZ007
            if key not in latest or when > latest[key][0]:
                latest[key] = (when, int(row["VALUE"]))
    found: dict[str, dict[tuple[str, str], int]] = {}
    for (organisation, indicator, field), (_, value) in latest.items():
        found.setdefault(organisation, {})[indicator, field] = value
    return dict(found)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text, newline=""))
