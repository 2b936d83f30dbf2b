"""The organisations that take part, as reference data counted on a date."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.model import Model

ODS_CODE = r"^[A-Z0-9]{1,10}$"
OdsCode = Annotated[str, Field(pattern=ODS_CODE)]
NHS_ENGLAND = "X24"  # its ODS code: what is decided for the whole nation is decided in roles held for it


class Origin(Model):
    """The row of a file of organisations that an organisation was read from: the file's id and name, and the line."""

    file: str
    name: str
    line: int


class Organisation(Model):
    """A service provider: a practice with its registered list (people, on `list_size_date`) and where it belongs.

    The sub-ICB is the commissioner. A practice need not belong to a network. `opened` and `closed` are the first and
    the last day of its contract; None where the contract began before any year that matters, or has no end yet.
    `supplier` is the folder of the one whose system it uses; None where that is not known, and any may send for it.
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
    opened: date | None = None
    closed: date | None = None
    supplier: str | None = None
    origin: Origin | None = None

    def open_on(self, day: date) -> bool:
        """Whether the contract was open on a day."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or day <= self.closed)
