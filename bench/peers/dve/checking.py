"""Checking by the NHS Data Validation Engine, its duckdb pipeline from the submitted file to the error report.

The contract declares the rules of single fields, the business rules those that need others: the lists of organisations
and of allowed pairs as reference data, 0 or 1 for a flag, a numerator above its denominator, a value sent twice. Its
duckdb reader refuses the whole file where a row lacks a column; the one by polars goes on. What needs the other rows
of a submission is worked out in an entity apart, so that the other rules do not wait for it.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeAlias

import duckdb
import openpyxl
import polars as pl
from dve.core_engine.backends.implementations.duckdb.auditing import DDBAuditingManager
from dve.pipeline.duckdb_pipeline import DDBDVEPipeline
from dve.pipeline.utils import load_config

NUMBER = "^(0|[1-9][0-9]{0,8})$"
SUBMISSION = "ORG_CODE, IND_CODE, SUBMIT_DATE, SUBMIT_TIME"
FIRST = 1  # the line before the first record
DATASET = "extract"
Rules: TypeAlias = dict[str, Any]


def prepare(folder: Path, out: Path) -> Callable[[], None]:
    """The pipeline, its rules written and loaded."""
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    for name in ("rules", "submitted", "processed"):
        (out / name).mkdir()
    organisations, fields = pl.DataFrame({"code": rules["organisations"]}), rules["fields"]
    organisations.write_parquet(out / "rules" / "organisations.parquet")
    pairs = pl.DataFrame(fields, schema=["indicator", "field"], orient="row")
    pairs.write_parquet(out / "rules" / "fields.parquet")
    dischema = out / "rules" / "extract.dischema.json"
    dischema.write_text(json.dumps({"contract": _contract(rules), "transformations": _transformations(rules)}))
    copyfile(folder / "extract.csv", out / "submitted" / "extract.csv")  # from where the pipeline moves it
    metadata = {"dataset_id": DATASET, "file_name": "extract", "file_extension": "csv"}
    (out / "submitted" / "extract.metadata.json").write_text(json.dumps(metadata))
    load_config(DATASET, dischema.as_posix())
    connection = duckdb.connect(":memory:", config={"threads": 2})
    pipeline = DDBDVEPipeline(
        processed_files_path=(out / "processed").as_posix(),
        audit_tables=DDBAuditingManager(":memory:", connection=connection),
        connection=connection,
        rules_path=dischema.as_posix(),
        submitted_files_path=(out / "submitted").as_posix(),
    )

    def check() -> None:
        for _ in pipeline.cluster_pipeline_run(max_workers=2):
            pass  # it works as far as its results are asked for

    return check


def reported(out: Path) -> Iterable[int]:
    """The records of the error report."""
    (report,) = out.glob("processed/*/error_reports/*.xlsx")
    rows = openpyxl.load_workbook(report, read_only=True)["Error Data"].iter_rows(values_only=True)
    index = next(rows).index("Record Index")
    return (int(row[index]) + FIRST for row in rows if row[index])


def _contract(rules: Rules) -> dict[str, Any]:
    text = {"callable": "constr", "constraints": {"min_length": 1}}
    own = {
        "QUALITY_SERVICE": _matching(f"^{rules['service']}$"),
        "ACH_DATE": _matching(f"^({'|'.join(rules['dates'])})$"),
        "VALUE": _matching(NUMBER),
        "SUBMIT_DATE": {"callable": "conformatteddate", "constraints": {"date_format": "%d/%m/%Y", "strict": True}},
        "SUBMIT_TIME": {"callable": "formattedtime", "constraints": {"time_format": "%H:%M:%S"}},
        "LAST_SUBMISSION": _matching("^[YN]$"),
    }
    extract = {
        "fields": {name: own.get(name, text) for name in rules["columns"]},
        "mandatory_fields": rules["columns"],
        "reader_config": {".csv": {"reader": "PolarsToDuckDBCSVReader"}},
    }
    return {"datasets": {DATASET: extract}}


def _matching(pattern: str) -> dict[str, Any]:
    return {"callable": "constr", "constraints": {"regex": pattern}}


def _transformations(rules: Rules) -> dict[str, Any]:
    flags = ", ".join(f"'{name}'" for name in rules["flags"])
    denominator = (
        f"max(TRY_CAST(VALUE AS BIGINT)) FILTER (FIELD_NAME = 'Denominator' AND regexp_matches(VALUE, '{NUMBER}')) "
        f"OVER (PARTITION BY {SUBMISSION})"
    )
    number = f"row_number() OVER (PARTITION BY {SUBMISSION}, FIELD_NAME ORDER BY __record_index__)"
    return {
        "parameters": {"entity": DATASET},
        "reference_data": {
            "organisations": {"type": "filename", "filename": "organisations.parquet"},
            "fields": {"type": "filename", "filename": "fields.parquet"},
        },
        "rules": [
            _match("organisations", "extract.ORG_CODE = refdata_organisations.code", "known"),
            _match(
                "fields",
                "extract.IND_CODE = refdata_fields.indicator AND extract.FIELD_NAME = refdata_fields.field",
                "allowed",
            ),
            {
                "operation": "add",
                "entity": DATASET,
                "new_entity_name": "sent",
                "column_name": "denominator",
                "expression": denominator,
            },
            {"operation": "add", "entity": "sent", "column_name": "times", "expression": number},
        ],
        "filters": [
            _filter("ORGANISATION", "known", "ORG_CODE"),
            _filter("FIELD", "allowed", "FIELD_NAME"),
            _filter("FLAG", f"FIELD_NAME NOT IN ({flags}) OR VALUE IN ('0', '1')", "VALUE"),
            _filter(
                "NUMERATOR",
                "FIELD_NAME <> 'Numerator' OR COALESCE(TRY_CAST(VALUE AS BIGINT) <= denominator, TRUE)",
                "VALUE",
            ),
            _filter("TWICE", "times = 1", "VALUE"),
        ],
        "post_filter_rules": [{"operation": "remove_entity", "entity": "sent"}],
    }


def _match(reference: str, condition: str, column: str) -> dict[str, Any]:
    target = f"refdata_{reference}"
    names = {"entity": DATASET, "target": target, "join_condition": condition, "column_name": column}
    return {"operation": "has_match", **names}


def _filter(code: str, expression: str, field: str) -> dict[str, Any]:
    words = {"name": code.lower(), "error_code": code, "failure_message": f"{field} does not hold: {code}"}
    return {
        "entity": "sent" if code in ("TWICE", "NUMERATOR") else DATASET,
        "reporting_entity": DATASET,
        "expression": expression,
        "failure_type": "record",
        "reporting_field": field,
        **words,
    }
