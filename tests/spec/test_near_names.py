"""A name that is written otherwise than the service has it is answered with the one that is meant, and no other."""

import re
from collections.abc import Callable

import pytest

from functions.domain.check.names import Names
from functions.domain.grid import service_grid
from schemas.catalogue import service_codes, service_document

Change = Callable[[str], str]
CODES: dict[str, Change] = {
    "in small letters": str.lower,
    "with one capital": str.title,
    "with a blank behind it": "{} ".format,
    "with a blank before it": " {}".format,
    "without its zeros": lambda code: re.sub(r"([A-Z])0+", r"\1", code),
    "with a zero too many": lambda code: re.sub(r"([A-Z])(\d)", r"\g<1>0\2", code, count=1),
    "with a hyphen": lambda code: re.sub(r"([A-Z])(\d)", r"\1-\2", code, count=1),
    "with an O for each zero": lambda code: code.replace("0", "O"),
}
FIELDS: dict[str, Change] = {
    "in small letters": str.lower,
    "in capitals": str.upper,
    "with a blank behind it": "{} ".format,
    "with underscores": lambda field: field.replace(" ", "_"),
}


def proposed(name: str, known: tuple[str, ...]) -> str:
    found = re.search(r"Did you mean (.*)\?", Names(seen=set()).hint(name=name, known=known))
    return found.group(1) if found else ""


@pytest.mark.parametrize("service", service_codes())
@pytest.mark.parametrize("change", CODES.values(), ids=CODES)
def test_a_code_of_an_indicator(service: str, change: Change) -> None:
    known = tuple(service_grid(document=service_document(service)).numbers)
    assert [proposed(change(code), known) for code in known if change(code) not in known] == [
        code for code in known if change(code) not in known
    ]


@pytest.mark.parametrize("service", service_codes())
@pytest.mark.parametrize("change", FIELDS.values(), ids=FIELDS)
def test_a_name_of_a_field(service: str, change: Change) -> None:
    for fields in service_grid(document=service_document(service)).numbers.values():
        known = tuple(fields)
        written = [field for field in known if change(field) not in known]
        assert [proposed(change(field), known) for field in written] == written


def test_of_names_as_near_as_each_other_none_is_proposed() -> None:
    assert proposed("AF005", ("AF001", "AF006", "AF008")) == ""
