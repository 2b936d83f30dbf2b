"""The organisations that take part, as reference data counted on a date."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.model import Model

ODS_CODE = r"^[A-Z0-9]{1,10}$"
OdsCode = Annotated[str, Field(pattern=ODS_CODE)]
NHS_ENGLAND = "X24"  # its ODS code: what is decided for the whole nation is decided in roles held for it


class Organisation(Model):
    """A service provider: a practice with its registered list (people, on `list_size_date`) and where it belongs.

    The sub-ICB is the commissioner. A practice need not belong to a network.
    """

    code: OdsCode
    name: str
    list_size: Annotated[int, Field(ge=0)]
    list_size_date: date
    network: OdsCode | None
    sub_icb: OdsCode
    icb: OdsCode
    region: OdsCode
    contract_type: str | None = None
