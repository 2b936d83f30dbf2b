"""The service documents that this release knows, read from the data beside this file."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files

from schemas.service import ServiceDocument


class UnknownService(LookupError):  # noqa: N818  # says what is the matter; the caller decides whether it is an error
    """Nobody wrote a document for this service code."""


def service_codes() -> tuple[str, ...]:
    """The codes of every service document, sorted: `("QOF1819", "QOF2324")`."""
    names = (entry.name for entry in files("schemas").joinpath("services").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def service_document(code: str) -> ServiceDocument:
    """The document of one service.

    Raises UnknownService when there is none, and pydantic.ValidationError when the document is malformed.
    """
    if code not in service_codes():
        raise UnknownService(f"There is no service {code}; known are {', '.join(service_codes())}.")
    return parse_document(files("schemas").joinpath("services", f"{code}.toml").read_text(encoding="utf-8"))


def parse_document(text: str) -> ServiceDocument:
    """A service document from its TOML text, every number exact."""
    return ServiceDocument.model_validate(tomllib.loads(text, parse_float=Decimal))
