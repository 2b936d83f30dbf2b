"""Which modules are changed, which tests are to notice, and what nobody can notice, with the reason."""

import tomllib
from pathlib import Path
from typing import Final

from schemas.model import Model, Text

ROOT: Final = Path(__file__).resolve().parents[2]
SCOPE: Final = Path(__file__).with_name("scope.toml")


class Argument(Model):
    """Why some mutants may survive: a line of the module, all that it may become unnoticed, and the reason.

    A line that stands in a module more than once is meant wherever it stands. Spaces do not matter.
    """

    line: Text
    becomes: tuple[str, ...]
    because: Text


class Module(Model):
    """A module by its path, the test files that are to notice every mutant of it, and the exceptions."""

    path: Text
    tests: tuple[Text, ...]
    argued: tuple[Argument, ...] = ()

    @property
    def source(self) -> str:
        """The module as it is."""
        return (ROOT / self.path).read_text(encoding="utf-8")


def modules() -> tuple[Module, ...]:
    """The modules in scope."""
    listed = tomllib.loads(SCOPE.read_text(encoding="utf-8"))["module"]
    return tuple(Module.model_validate(one) for one in listed)
