"""What holds for every test: examples are drawn the same way every time, so that a failure can be repeated; and tests
that share something dear to make, such as a deployed stack, are run by one process.
"""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, max_examples=100, deadline=None)
settings.load_profile("repeatable")

HERE = Path(__file__).parent
TOGETHER = {"journey", "infra"}  # folders whose tests share one stack, one assembly
FIRST = ("spec",)  # what takes longest, so that no process is left alone with it in the end


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a file, or of a folder whose tests share more, go to one process; and the longest go first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item.path)))
    items.sort(key=lambda item: next((n for n, name in enumerate(FIRST) if name == _folder(item.path)), len(FIRST)))


def _folder(path: Path) -> str:
    return path.relative_to(HERE).parts[0]


def _group(path: Path) -> str:
    return _folder(path) if _folder(path) in TOGETHER else path.relative_to(HERE).as_posix()
