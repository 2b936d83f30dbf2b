"""A pydantic model a row: the checks of one row, declared. It keeps no values and gathers no practice."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, Self, cast

from pydantic import BaseModel, StringConstraints, ValidationError, ValidationInfo, field_validator, model_validator

from bench.check.expectation import expectation
from bench.check.extract import EXTRACT, Reading
from functions.domain.check.reading import Expectation
from functions.domain.check.row import COLUMNS, submission_stamp


class ExtractRow(BaseModel):
    """One row, by the names of its columns. The context of a validation is the `Expectation`."""

    QUALITY_SERVICE: Literal["QOF2324"]
    NAME: str
    ORG_CODE: str
    ACH_DATE: str
    IND_CODE: str
    FIELD_NAME: str
    VALUE: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,8})$")]
    DEFAULT_VALUES_USED: str
    SUBMIT_USER_ID: str
    SUBMIT_DATE: str
    SUBMIT_TIME: str
    LAST_SUBMISSION: str

    @field_validator("ORG_CODE")
    @classmethod
    def _known(cls, code: str, info: ValidationInfo) -> str:
        if code not in _expected(info).organisations:
            raise ValueError("The organisation is not known.")
        return code

    @field_validator("ACH_DATE")
    @classmethod
    def _dated(cls, day: str, info: ValidationInfo) -> str:
        if day not in _expected(info).dates:
            raise ValueError("The service has no such achievement date.")
        return day

    @model_validator(mode="after")
    def _placed(self, info: ValidationInfo) -> Self:
        grid = _expected(info).grid
        slot = grid.numbers.get(self.IND_CODE, {}).get(self.FIELD_NAME)
        if slot is None:
            raise ValueError("The service has no such indicator or field.")
        if grid.slots[slot].flag and self.VALUE not in ("0", "1"):
            raise ValueError("A yes/no flag is 1 or 0.")
        if submission_stamp(self.SUBMIT_DATE, self.SUBMIT_TIME) is None:
            raise ValueError("The time of submission is no date and time.")
        return self


def prepare(folder: Path) -> Callable[[], Reading]:
    """The model with its expectation."""
    expected, path = expectation(folder=folder), folder / EXTRACT

    def work() -> Reading:
        refused, line = dict[int, str](), 1
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for line, row in enumerate(rows, start=2):  # the last line tells how many there were
                try:
                    ExtractRow.model_validate(dict(zip(COLUMNS, row, strict=True)), context=expected)
                except ValidationError as error:
                    refused[line] = error.errors()[0]["type"]
                except ValueError:  # of zip: a column is missing
                    refused[line] = "columns"
        return Reading(rows=line - 1, refused=refused, values={})

    return work


def _expected(info: ValidationInfo) -> Expectation:
    return cast("Expectation", info.context)
