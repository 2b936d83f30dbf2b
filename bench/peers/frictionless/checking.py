"""Checking by frictionless: a table schema, two checks of our own where it has none, its report as JSON.

The schema holds types, patterns, the primary key of a value, and foreign keys for the organisations and for the
allowed pairs of indicator and field. A formula for `row_constraint` would be parsed anew for every row, so what a flag
and a numerator may be are checks in Python. Its usual limit of a thousand errors is lifted.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import attrs
from frictionless import Check, Checklist, Package, Resource, Schema, errors

NUMBER = "(0|[1-9][0-9]{0,8})"
SUBMISSION = ("ORG_CODE", "IND_CODE", "SUBMIT_DATE", "SUBMIT_TIME")
NO_LIMIT = 10**9
REPORT = "report.json"
Rules: TypeAlias = dict[str, Any]


@attrs.define(kw_only=True, repr=False)
class FlagCheck(Check):  # type: ignore[misc]  # mypy cannot see frictionless
    """A flag is 0 or 1."""

    type = "flag"
    Errors = [errors.RowConstraintError]  # noqa: RUF012  # as frictionless has it
    flags: list[str] = attrs.field(factory=list)

    def validate_row(self, row: dict[str, Any]) -> Iterable[Any]:  # noqa: D102  # frictionless asks for it
        if row["FIELD_NAME"] in self.flags and row["VALUE"] not in ("0", "1"):
            yield errors.RowConstraintError.from_row(row, note="a flag is 0 or 1")


@attrs.define(kw_only=True, repr=False)
class NumeratorCheck(Check):  # type: ignore[misc]  # as above
    """A numerator is at most the denominator that was sent with it, and stands before it."""

    type = "numerator"
    Errors = [errors.RowConstraintError]  # noqa: RUF012  # as frictionless has it
    numerators: dict[tuple[str, ...], Any] = attrs.field(factory=dict)

    def validate_row(self, row: dict[str, Any]) -> Iterable[Any]:  # noqa: D102  # frictionless asks for it
        field, value = row["FIELD_NAME"], row["VALUE"] or ""
        if field not in ("Numerator", "Denominator") or not (value.isascii() and value.isdecimal()):
            return
        key = tuple(row[name] for name in SUBMISSION)
        if field == "Numerator":
            self.numerators[key] = row
        elif key in self.numerators:
            numerator = self.numerators.pop(key)
            if int(numerator["VALUE"]) > int(value):
                yield errors.RowConstraintError.from_row(numerator, note="the numerator is above its denominator")


def prepare(folder: Path, out: Path) -> Callable[[], None]:
    """The package with its schema and its lists."""
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    lists = [
        Resource(name="organisations", data=[["ORG_CODE"], *([code] for code in rules["organisations"])]),
        Resource(name="fields", data=[["IND_CODE", "FIELD_NAME"], *rules["fields"]]),
    ]
    extract = Resource(name="extract", path="extract.csv", schema=Schema.from_descriptor(_schema(rules)))
    Package(resources=[extract, *lists], basepath=str(folder))  # where a resource finds those that its keys refer to
    checklist = Checklist(checks=[FlagCheck(flags=rules["flags"]), NumeratorCheck()])

    def check() -> None:
        extract.validate(checklist=checklist, limit_errors=NO_LIMIT).to_json(str(out / REPORT))

    return check


def reported(out: Path) -> Iterable[int]:
    """The rows of the report; frictionless counts the header too."""
    report = json.loads((out / REPORT).read_text(encoding="utf-8"))
    return (error["rowNumber"] for task in report["tasks"] for error in task["errors"] if "rowNumber" in error)


def _schema(rules: Rules) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "QUALITY_SERVICE": {"constraints": {"required": True, "enum": [rules["service"]]}},
        "ACH_DATE": {"constraints": {"required": True, "enum": rules["dates"]}},
        "VALUE": {"constraints": {"required": True, "pattern": NUMBER}},
        "SUBMIT_DATE": {"type": "date", "format": "%d/%m/%Y", "constraints": {"required": True}},
        "SUBMIT_TIME": {"type": "time", "format": "%H:%M:%S", "constraints": {"required": True}},
        "LAST_SUBMISSION": {"constraints": {"required": True, "enum": ["Y", "N"]}},
    }
    usual: dict[str, Any] = {"type": "string", "constraints": {"required": True}}
    return {
        "fields": [{"name": name, **usual, **own.get(name, {})} for name in rules["columns"]],
        "primaryKey": [*SUBMISSION, "FIELD_NAME"],
        "foreignKeys": [
            _foreign_key("organisations", ["ORG_CODE"]),
            _foreign_key("fields", ["IND_CODE", "FIELD_NAME"]),
        ],
    }


def _foreign_key(resource: str, fields: list[str]) -> dict[str, Any]:
    return {"fields": fields, "reference": {"resource": resource, "fields": fields}}
