"""Payments by pandas, as an analyst writes them: the last duplicate kept, a pivot, a merge, floats, and rounding.

The texts are read as categories, which costs pandas least here in time and in memory. It checks nothing.
Usage: payments.py FOLDER OUT
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

TEXTS = ("ORG_CODE", "IND_CODE", "FIELD_NAME", "SUBMIT_DATE", "SUBMIT_TIME")
ROLES = ["register", "numerator", "denominator", "flag"]


def main(folder: Path, out: Path) -> None:
    """Read the files of `folder` and write payments.csv."""
    parameters = json.loads((folder / "parameters.json").read_text(encoding="ascii"))
    rules = pd.read_csv(folder / "rules.csv")
    lists = pd.read_csv(folder / "organisations.csv", usecols=["ORG_CODE", "LIST_SIZE"])
    counts = latest(folder / "extract.csv", rules)
    figures = rules.drop(columns=ROLES)
    joined = counts.merge(figures, left_on="IND_CODE", right_on="indicator").merge(lists, on="ORG_CODE")
    payments(joined, parameters).to_csv(out, index=False, float_format="%.2f")


def latest(extract: Path, rules: pd.DataFrame) -> pd.DataFrame:
    """The values that count, a row a practice and indicator: of each field the value that was submitted last."""
    rows = pd.read_csv(extract, usecols=[*TEXTS, "VALUE"], dtype=dict.fromkeys(TEXTS, "category"))
    wanted = rules.melt(id_vars="indicator", value_vars=ROLES, var_name="role", value_name="FIELD_NAME").dropna()
    rows = rows.merge(wanted.rename(columns={"indicator": "IND_CODE"}), on=["IND_CODE", "FIELD_NAME"])
    moment = rows["SUBMIT_DATE"].astype(str) + " " + rows["SUBMIT_TIME"].astype(str)
    rows["moment"] = pd.to_datetime(moment, format="%d/%m/%Y %H:%M:%S")
    rows = rows.sort_values("moment").drop_duplicates(["ORG_CODE", "IND_CODE", "role"], keep="last")
    table = rows.pivot(index=["ORG_CODE", "IND_CODE"], columns="role", values="VALUE")  # noqa: PD010  # one value each
    return table.reset_index()


def payments(joined: pd.DataFrame, parameters: dict[str, str]) -> pd.DataFrame:
    """A row a practice, from its values, the rules and its list."""
    joined["earned"] = earned(joined)
    prevalence = half_up((joined["register"] / joined["LIST_SIZE"]).where(joined["LIST_SIZE"] > 0), 12)
    national = half_up(prevalence.groupby(joined["indicator"]).transform("mean"), 12)
    factor = (prevalence / national).where(joined["adjusted"], 1).fillna(0)
    list_factor = joined["LIST_SIZE"] / parameters["national_average_list"]
    joined["amount"] = joined["earned"] * float(parameters["value_of_point"]) * factor * list_factor
    empty = joined.loc[joined["register"] == 0, ["ORG_CODE", "indicator"]].rename(columns={"indicator": "decided_by"})
    joined = joined.merge(empty.assign(empty=True), on=["ORG_CODE", "decided_by"], how="left")
    joined["available"] = joined["points"].where(joined["empty"].isna(), joined["earned"]).astype(float)
    found = joined.groupby("ORG_CODE")[["earned", "available", "amount"]].sum().reset_index()
    found["amount"] = half_up(found["amount"], 2)
    found.columns = ["ORG_CODE", "POINTS", "MAX_POINTS", "AMOUNT"]
    found.insert(0, "QUALITY_SERVICE", parameters["service"])
    found.insert(2, "ACH_DATE", parameters["achievement_date"])
    return found


def earned(joined: pd.DataFrame) -> pd.Series:
    """The points of each indicator."""
    percent = 100 * joined["numerator"] / joined["denominator"]
    share = ((percent - joined["lower"]) / (joined["upper"] - joined["lower"])).clip(0, 1).fillna(0)
    reached = np.where(joined["kind"] == "register", joined["register"] >= 1, joined["flag"] == 1).astype(float)
    return half_up(joined["points"] * share.where(joined["kind"] == "fraction", reached), 2)


def half_up(figures: pd.Series, places: int) -> pd.Series:
    """As it is usually written: half a unit up, and the rest cut off."""
    return np.floor(figures * 10**places + 0.5) / 10**places


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
