"""The national average lists that were ever used: those that the rule asks for, and those taken by mistake."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from schemas.model import Model, Text


class AverageList(Model):
    """A national average list as somebody gave it: registered patients, the day they were counted, who issued it.

    `what` completes the sentence "This figure is ..." for a person who meets it where another one belongs.
    """

    people: int
    date: date
    authority: Text
    what: Text
    source: Text


@cache
def average_lists() -> tuple[AverageList, ...]:
    """Every average list on record, by date."""
    text = files("schemas").joinpath("average_lists.toml").read_text(encoding="utf-8")
    found = (AverageList.model_validate(entry) for entry in tomllib.loads(text)["lists"])
    return tuple(sorted(found, key=lambda one: (one.date, one.people)))
