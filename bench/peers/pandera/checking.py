"""Checking by pandera on polars, lazily, so that every failure is reported: its failure cases as a CSV file.

A column's own rules are checks of the column. Those that need other columns or rows are checks of the frame: the
allowed pairs of indicator and field, 0 or 1 for a flag, a numerator above its denominator, a value sent twice.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

NUMBER = r"^(0|[1-9][0-9]{0,8})$"
SUBMISSION = ["ORG_CODE", "IND_CODE", "SUBMIT_DATE", "SUBMIT_TIME"]
FIRST = 2  # the line of the first row
REPORT = "failure_cases.csv"
Rules: TypeAlias = dict[str, Any]


def prepare(folder: Path, out: Path) -> Callable[[], None]:
    """The schema, built."""
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    schema, types = _schema(rules), dict.fromkeys(rules["columns"], pl.String)

    def check() -> None:
        rows = pl.read_csv(folder / "extract.csv", schema=types)
        try:
            schema.validate(rows, lazy=True)
        except SchemaErrors as errors:
            errors.failure_cases.write_csv(out / REPORT)

    return check


def reported(out: Path) -> Iterable[int]:
    """The lines of the failure cases."""
    cases = pl.read_csv(out / REPORT, infer_schema=False)
    return (int(index) + FIRST for index in cases["index"].drop_nulls())


def _schema(rules: Rules) -> pa.DataFrameSchema:
    checks = {
        "QUALITY_SERVICE": pa.Check.equal_to(rules["service"]),
        "ORG_CODE": pa.Check.isin(rules["organisations"]),
        "ACH_DATE": pa.Check.isin(rules["dates"]),
        "VALUE": pa.Check.str_matches(NUMBER),
        "SUBMIT_DATE": pa.Check(_parsed("SUBMIT_DATE", pl.Date, "%d/%m/%Y"), name="date"),
        "SUBMIT_TIME": pa.Check(_parsed("SUBMIT_TIME", pl.Time, "%H:%M:%S"), name="time"),
        "LAST_SUBMISSION": pa.Check.isin(["Y", "N"]),
    }
    allowed = pl.Series([f"{indicator}|{field}" for indicator, field in rules["fields"]])
    return pa.DataFrameSchema(
        {name: pa.Column(pl.String, checks.get(name), nullable=False) for name in rules["columns"]},
        checks=[
            pa.Check(
                _whole(pl.concat_str("IND_CODE", "FIELD_NAME", separator="|").is_in(allowed.implode())), name="field"
            ),
            pa.Check(
                _whole(~pl.col("FIELD_NAME").is_in(rules["flags"]) | pl.col("VALUE").is_in(["0", "1"])), name="flag"
            ),
            pa.Check(_whole(_at_most_its_denominator()), name="numerator"),
            pa.Check(_whole(pl.struct(*SUBMISSION, "FIELD_NAME").is_first_distinct()), name="twice"),
        ],
        strict=True,
    )


def _at_most_its_denominator() -> pl.Expr:
    value, field = pl.col("VALUE").cast(pl.Int64, strict=False), pl.col("FIELD_NAME")
    denominator = value.filter((field == "Denominator") & (value >= 0)).max().over(SUBMISSION)
    return ((field != "Numerator") | (value <= denominator)).fill_null(value=True)


def _parsed(column: str, kind: type[pl.DataType], form: str) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(pl.col(column).str.strptime(kind, form, strict=False).is_not_null())


def _whole(expression: pl.Expr) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(expression.fill_null(value=False))
