"""What is said about every problem code: read from `problems.toml` beside this file, and written to `docs/errors`."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from schemas.model import Model, Text, Verbatim
from schemas.problem import Code, Severity


class Layout(StrEnum):
    """What an example is a piece of. A deed is told in words, because no row can show it."""

    EXTRACT = "extract"
    FILE = "file"
    ORGANISATIONS = "organisations"
    PARTICIPATION = "participation"
    DECISIONS = "decisions"
    KEY = "key"
    DEED = "deed"


class Example(Model):
    """Something that is refused with the code at `line`, the header being line 1, and the same put right.

    Line 0 is the file as a whole; a deed has no line. Extracts, organisations, participation lists and decisions are
    given as the rows below their header, a file with it. `cut`: the line break at the end of what is wrong was not
    sent. `encoding` is how both are written, by its name in Python.
    """

    layout: Layout
    line: int = 0
    wrong: Verbatim
    right: Verbatim
    cut: bool = False
    encoding: str = "utf-8"


class ProblemPage(Model):
    """A code's severity and title, what is wrong, how to mend it, and an example."""

    severity: Severity
    title: Text
    wrong: Text
    mend: Text
    example: Example


@cache
def problem_pages() -> dict[Code, ProblemPage]:
    """What is said about each code, in the order of the index: files first, warnings last.

    Raises ValueError where the data have a code that nobody raises.
    """
    text = files("schemas").joinpath("problems.toml").read_text(encoding="utf-8")
    return {Code(code): ProblemPage.model_validate(page) for code, page in tomllib.loads(text).items()}
