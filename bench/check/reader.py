"""The reader of this repository: every row checked, every problem named, every value in its place."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.check.expectation import expectation
from bench.check.extract import EXTRACT, Reading
from functions.domain.check.extract import read_extract
from schemas.problem import Severity

CHUNK = 2**20  # bytes at a time, as the command line reads


def prepare(folder: Path) -> Callable[[], Reading]:
    """The reader with its expectation."""
    expected, path = expectation(folder=folder), folder / EXTRACT

    def work() -> Reading:
        found = read_extract(file=EXTRACT, chunks=file_chunks(path), expectation=expected)
        return Reading(
            rows=found.rows,
            refused={
                problem.line: problem.code
                for problem in found.problems.listed
                if problem.severity is not Severity.WARNING  # of what is left of a practice that has bad rows
            },
            values={code: list(practice.submission.values) for code, practice in found.practices.items()},
        )

    return work


def file_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, in pieces of a mebibyte."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
