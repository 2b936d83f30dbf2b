"""Payments by polars: a lazy scan of the columns that count, on the streaming engine.

Exact where the rules round: points, prevalences and the national mean are whole numbers, divided once. Amounts are
doubles until the penny. It checks nothing.
Usage: payments.py FOLDER OUT
"""

import json
import sys
from pathlib import Path

import polars as pl

COLUMNS = (
    *("QUALITY_SERVICE", "NAME", "ORG_CODE", "ACH_DATE", "IND_CODE", "FIELD_NAME", "VALUE"),
    *("DEFAULT_VALUES_USED", "SUBMIT_USER_ID", "SUBMIT_DATE", "SUBMIT_TIME", "LAST_SUBMISSION"),
)
ROLES = ("register", "numerator", "denominator", "flag")
FIGURES = ("points", "lower", "upper")
PRACTICE, INDICATOR = "practice", "indicator"


def main(folder: Path, out: Path) -> None:
    """Read the files of `folder` and write payments.csv."""
    parameters = json.loads((folder / "parameters.json").read_text(encoding="ascii"))
    rules = pl.read_csv(folder / "rules.csv", schema_overrides=dict.fromkeys(FIGURES, pl.Float64))
    lists = pl.read_csv(folder / "organisations.csv").select(practice="ORG_CODE", size=pl.col("LIST_SIZE"))
    counts = latest(folder / "extract.csv", rules)
    figures = rules.drop(ROLES).with_columns((pl.col(FIGURES) * 100).round().cast(pl.Int64))
    joined = counts.join(figures, on=INDICATOR).join(lists, on=PRACTICE)
    payments(joined.lazy(), parameters).collect().write_csv(out, float_precision=2)


def latest(extract: Path, rules: pl.DataFrame) -> pl.DataFrame:
    """The values that count, a row a practice and indicator: of each field the value that was submitted last."""
    wanted = rules.select(INDICATOR, *ROLES).unpivot(index=INDICATOR, variable_name="role", value_name="field")
    schema = {name: pl.Int64 if name == "VALUE" else pl.String for name in COLUMNS}
    moment = (pl.col("SUBMIT_DATE") + pl.col("SUBMIT_TIME")).str.to_datetime("%d/%m/%Y%H:%M:%S")
    rows = (
        pl.scan_csv(extract, schema=schema)
        .join(wanted.drop_nulls().lazy(), left_on=["IND_CODE", "FIELD_NAME"], right_on=[INDICATOR, "field"])
        .select("role", practice="ORG_CODE", indicator="IND_CODE", value="VALUE", moment=moment)
    )
    last = rows.group_by(PRACTICE, INDICATOR, "role").agg(pl.col("value").sort_by("moment").last())
    value_of = {role: pl.col("value").filter(pl.col("role") == role).first() for role in ROLES}
    return last.group_by(PRACTICE, INDICATOR).agg(**value_of).collect(engine="streaming")


def payments(joined: pl.LazyFrame, parameters: dict[str, str]) -> pl.LazyFrame:
    """A row a practice, from its values, the rules and its list."""
    register, size, points = pl.col("register"), pl.col("size"), pl.col("points")
    empty = joined.filter(register == 0).select(PRACTICE, decided_by=INDICATOR, empty=True)
    raw = half_up(register * 10**12, size).sum()
    counted = joined.filter(pl.col("adjusted") & (size > 0))
    national = counted.group_by(INDICATOR).agg(national=half_up(raw, pl.len().cast(pl.Int64)))
    pence, average = round(100 * float(parameters["value_of_point"])), float(parameters["national_average_list"])
    adjusted = (pl.col("earned") * register * pence) * 1e12 / (average * pl.col("national"))
    flat = (pl.col("earned") * size * pence) / average
    amount = pl.when(size == 0).then(0.0).when(~pl.col("adjusted")).then(flat).otherwise(adjusted.fill_nan(0.0))
    return (
        joined.with_columns(earned=earned())
        .join(national, on=INDICATOR, how="left")
        .join(empty, on=[PRACTICE, "decided_by"], how="left")
        .group_by(PRACTICE)
        .agg(
            POINTS=pl.col("earned").sum() / 100,
            MAX_POINTS=pl.when(pl.col("empty").is_null()).then(points).otherwise(pl.col("earned")).sum() / 100,
            AMOUNT=(amount.sum() / 100 + 0.5).floor() / 100,
        )
        .sort(PRACTICE)
        .select(
            pl.lit(parameters["service"]).alias("QUALITY_SERVICE"),
            pl.col(PRACTICE).alias("ORG_CODE"),
            pl.lit(parameters["achievement_date"]).alias("ACH_DATE"),
            *("POINTS", "MAX_POINTS", "AMOUNT"),
        )
    )


def earned() -> pl.Expr:
    """The points of an indicator, in hundredths."""
    points, lower, upper, whole = (pl.col(name) for name in (*FIGURES, "denominator"))
    share = 10_000 * pl.col("numerator")
    between = half_up(points * (share - lower * whole), (upper - lower) * whole)
    fraction = pl.when((whole == 0) | (share <= lower * whole)).then(0).when(share >= upper * whole).then(points)
    all_or_nothing = pl.when(pl.col("kind") == "register").then(pl.col("register") >= 1).otherwise(pl.col("flag") == 1)
    return pl.when(pl.col("kind") == "fraction").then(fraction.otherwise(between)).otherwise(points * all_or_nothing)


def half_up(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """A quotient of whole numbers as a whole number, halves rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
