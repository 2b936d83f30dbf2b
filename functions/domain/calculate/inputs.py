"""The inputs of a run, frozen: one line a practice, and the same bytes for the same inputs."""

import json
from dataclasses import dataclass

from functions.domain.digest import canonical_json
from functions.domain.grid import Grid
from functions.domain.submission import Submission, decode_submission, encode_submission


@dataclass(frozen=True, slots=True)
class FrozenPractice:
    """What a practice brings into a run, and where it came from: its commissioner and the files of its values."""

    organisation: str
    commissioner: str
    list_size: int
    files: tuple[str, ...]
    submission: Submission


def practice_line(*, grid: Grid, practice: FrozenPractice) -> bytes:
    """A practice as one line of JSON."""
    times, values = encode_submission(grid=grid, submission=practice.submission)
    return canonical_json(
        {
            "organisation": practice.organisation,
            "commissioner": practice.commissioner,
            "list_size": practice.list_size,
            "files": sorted(practice.files),
            "times": times,
            "values": values,
        }
    )


def practice_from_line(*, grid: Grid, line: bytes) -> FrozenPractice:
    """The practice that `practice_line` wrote."""
    data = json.loads(line)
    return FrozenPractice(
        organisation=data["organisation"],
        commissioner=data["commissioner"],
        list_size=data["list_size"],
        files=tuple(data["files"]),
        submission=decode_submission(grid=grid, times=data["times"], encoded=data["values"]),
    )
