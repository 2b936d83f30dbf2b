"""Who may send what: read from `suppliers.toml` beside this file."""

import tomllib
from functools import cache
from importlib.resources import files

from schemas.model import Model
from schemas.service import RunKind


class Supplier(Model):
    """A supplier of extracts: the folder it sends to, and the services and run kinds that it may send."""

    name: str
    services: tuple[str, ...]
    run_kinds: tuple[RunKind, ...]


@cache
def suppliers() -> dict[str, Supplier]:
    """Every supplier by the name of its folder under `extracts/`."""
    text = files("schemas").joinpath("suppliers.toml").read_text(encoding="utf-8")
    return {code: Supplier.model_validate(entry) for code, entry in tomllib.loads(text).items()}
