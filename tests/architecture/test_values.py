"""What the core hands from one function to the next are values: nothing can change them once they are made, and a
nation of them takes no more memory than it must.
"""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEEPS_WHAT_IT_WORKED_OUT = {"Grid", "Rules"}
FILLED_AS_ROWS_ARE_READ = {"Submission", "PracticeReading", "Noted", "Found"}


def modules() -> Iterator[ModuleType]:
    """Every module of the core."""
    for path in sorted((ROOT / "functions" / "domain").rglob("*.py")):
        yield import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def values() -> Iterator[type]:
    """The dataclasses of the core."""
    for module in modules():
        for found in vars(module).values():
            if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__:
                yield found


ALL = set(values())
VALUES = sorted((found for found in ALL if found.__name__ not in FILLED_AS_ROWS_ARE_READ), key=repr)


def changes(value: type) -> bool:
    """Whether the first field of an instance can be set a second time."""
    made: object = object.__new__(value)
    try:
        setattr(made, fields(value)[0].name, None)
    except FrozenInstanceError:
        return False
    return True


@pytest.mark.parametrize("value", sorted(ALL, key=repr), ids=lambda value: f"{value.__module__}.{value.__name__}")
def test_a_value_takes_no_more_memory_than_its_fields(value: type) -> None:
    made: object = object.__new__(value)
    assert hasattr(made, "__dict__") == (value.__name__ in KEEPS_WHAT_IT_WORKED_OUT)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{value.__module__}.{value.__name__}")
def test_a_value_cannot_be_changed(value: type) -> None:
    assert not changes(value)


def test_a_value_that_can_be_changed_is_found() -> None:
    @dataclass
    class Open:
        points: int

    assert changes(Open)
