"""What holds for every test: examples are drawn the same way every time, so that a failure can be repeated; and the
files that take longest come first, so that no process is left alone with one in the end.
"""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, max_examples=100, deadline=None)
settings.load_profile("repeatable")

HERE = Path(__file__).parent
FIRST = ("spec/test_oracle.py", "integration/test_at_once.py", "spec/test_planted_problems.py", "spec", "infra")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, the tests of a file one after another."""
    items.sort(key=lambda item: _turn(item.path.relative_to(HERE)))


def _turn(path: Path) -> int:
    places = {path.as_posix(), path.parts[0]}
    return next((number for number, name in enumerate(FIRST) if name in places), len(FIRST))
