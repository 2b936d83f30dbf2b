"""The published schema of the acknowledgement of a file."""

import json

from schemas.file import Acknowledgement


def acknowledgement_schema() -> str:
    """The JSON schema (2020-12) of `report.json`."""
    schema = Acknowledgement.model_json_schema(mode="serialization")
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(told, indent=2, ensure_ascii=False)
