"""Writing a table as a CSV file that is either there as a whole or not at all."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

_FASTEST = 1  # gzip levels above it cost more seconds than they save bytes in rows this alike


def write_table(*, path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a header and rows as UTF-8 CSV; gzip where the name ends with `.gz`. The same rows give the same bytes."""
    with whole_file(path=path) as file:
        if path.suffix == ".gz":
            # No name and no time in the gzip header: they would make every file another one.
            with gzip.GzipFile(filename="", mode="wb", compresslevel=_FASTEST, fileobj=file, mtime=0) as packed:
                _write(packed, columns, rows)
        else:
            _write(file, columns, rows)


@contextmanager
def whole_file(*, path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes its name only when it is complete. A reader never sees half of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(file: "IO[bytes] | gzip.GzipFile", columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    text.flush()
    text.detach()
