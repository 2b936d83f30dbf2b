"""What the figures were measured on."""

import os
import platform
from importlib.metadata import version


def machine() -> str:
    """The machine and the versions, in a line: `2 cores x86_64, CPython 3.11.7, pydantic 2.14.1`."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores {platform.machine()}, {python}, pydantic {version('pydantic')}"
