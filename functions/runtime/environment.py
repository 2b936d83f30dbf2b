"""The environment, read once into a typed model. What a function was not given, it cannot use."""

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Environment(BaseModel):
    """The names of what a function may use; the stack gives each function only those that it needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    SUBMISSIONS_TABLE: str = ""
    ORGANISATIONS_TABLE: str = ""
    PARTICIPATION_TABLE: str = ""
    ACHIEVEMENTS_TABLE: str = ""
    DECLARATIONS_TABLE: str = ""
    HOLDS_TABLE: str = ""
    GRANTS_TABLE: str = ""
    EXCHANGE_BUCKET: str = ""
    EVIDENCE_BUCKET: str = ""
    QUARANTINE_BUCKET: str = ""
    EVENT_BUS: str = ""
    READING_BUCKET: str = ""
    READING_MACHINE_ARN: str = ""
    READING_SECONDS: int = 0
    CALCULATION_MACHINE_ARN: str = ""
    DECLARATION_MACHINE_ARN: str = ""


def environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The environment of this function."""
    return Environment.model_validate(dict(variables))
