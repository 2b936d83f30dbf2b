"""The inputs of a run, frozen: one line a practice, and the same bytes for the same inputs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from functions.domain.calculate.achievement import PracticeInputs
from functions.domain.digest import canonical_json
from functions.domain.grid import Grid
from functions.domain.submission import Encoded, Submission, decode_submission, decode_values, encode_submission
from schemas.decision import PointsDecision
from schemas.organisation import Organisation, Origin


@dataclass(frozen=True, order=True, slots=True)
class SourceFile:
    """An extract that values came from: its id, the name it was sent under, and who sent it."""

    id: str
    name: str
    supplier: str


@dataclass(frozen=True, slots=True)
class FixedPoints:
    """Points (hundredths) that a decision gives an indicator, and the id of the decision."""

    points: int
    decision: str


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where a practice's list and contract come from: the day on which the list was counted, the first and last day
    of the contract where one is known, and the row (file id, name, line) of the organisations.
    """

    counted: date
    opened: date | None
    closed: date | None
    file: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class FrozenPractice:
    """What a practice brings into a run, and where it came from.

    `files` are those of its values, in the order that the places of its submission count them. `days_open`: how many
    days of the year its contract was open, None for all. `decisions` are those that fix its points.
    """

    organisation: str
    commissioner: str
    list_size: int
    files: tuple[SourceFile, ...]
    submission: Submission
    fixed: Mapping[str, FixedPoints] = field(default_factory=dict)
    days_open: int | None = None
    listed: ListSource | None = None
    decisions: tuple[PointsDecision, ...] = ()

    @property
    def inputs(self) -> PracticeInputs:
        """What is calculated with."""
        return PracticeInputs(
            organisation=self.organisation,
            list_size=self.list_size,
            values=self.submission.values,
            fixed={code: fixed.points for code, fixed in self.fixed.items()},
            days_open=self.days_open,
        )


def practice_line(*, grid: Grid, practice: FrozenPractice) -> bytes:
    """A practice as one line of JSON."""
    encoded = encode_submission(grid=grid, submission=practice.submission)
    return canonical_json(
        {
            "organisation": practice.organisation,
            "commissioner": practice.commissioner,
            "list_size": practice.list_size,
            "files": [[file.id, file.name, file.supplier] for file in practice.files],
            "times": encoded.times,
            "values": encoded.values,
            "places": encoded.places,
            "fixed": {code: [fixed.points, fixed.decision] for code, fixed in practice.fixed.items()},
            "days_open": practice.days_open,
            "decisions": [decision.model_dump(mode="json") for decision in practice.decisions],
            "listed": None if practice.listed is None else _list_words(practice.listed),
        }
    )


def practice_from_line(*, grid: Grid, line: bytes) -> FrozenPractice:
    """The practice that `practice_line` wrote."""
    data = json.loads(line)
    encoded = Encoded(times=tuple(data["times"]), values=data["values"], places=data["places"])
    return FrozenPractice(
        organisation=data["organisation"],
        commissioner=data["commissioner"],
        list_size=data["list_size"],
        files=tuple(SourceFile(*file) for file in data["files"]),
        submission=decode_submission(grid=grid, encoded=encoded),
        fixed={code: FixedPoints(*fixed) for code, fixed in data["fixed"].items()},
        days_open=data["days_open"],
        decisions=tuple(PointsDecision.model_validate(told) for told in data["decisions"]),
        listed=None if data["listed"] is None else _list_source(*data["listed"]),
    )


def list_source(*, organisation: Organisation) -> ListSource:
    """Where the list and the contract of an organisation come from."""
    origin = organisation.origin or Origin(file="", name="", line=0)
    days = organisation.list_size_date, organisation.opened, organisation.closed
    return ListSource(*days, file=origin.file, name=origin.name, line=origin.line)


def _list_words(listed: ListSource) -> list[str | int | None]:
    bounds = (None if day is None else day.isoformat() for day in (listed.opened, listed.closed))
    return [listed.counted.isoformat(), *bounds, listed.file, listed.name, listed.line]


def _list_source(counted: str, opened: str | None, closed: str | None, *row: Any) -> ListSource:  # noqa: ANN401  # as JSON
    first, last = (None if day is None else date.fromisoformat(day) for day in (opened, closed))
    return ListSource(date.fromisoformat(counted), first, last, *row)


def inputs_from_line(*, grid: Grid, line: bytes) -> PracticeInputs:
    """What is calculated with, alone, of the practice that `practice_line` wrote."""
    data = json.loads(line)
    return PracticeInputs(
        organisation=data["organisation"],
        list_size=data["list_size"],
        values=decode_values(grid=grid, encoded=data["values"]),
        fixed={code: points for code, (points, _) in data["fixed"].items()},
        days_open=data["days_open"],
    )
