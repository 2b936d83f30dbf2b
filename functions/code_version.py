"""Which code calculates: a digest of the sources that a result depends on."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from functions.domain.digest import digest


@cache
def code_version() -> str:
    """The digest of the core, of what freezes and calculates with it, and of the language that they speak.

    It is the same wherever this code runs.
    """
    functions = files("functions")
    sources = [
        *_sources(functions.joinpath("domain"), "domain"),
        *_sources(functions.joinpath("calculate"), "calculate"),
        *_sources(files("schemas"), "schemas"),
    ]
    return digest(*(part for name, source in sorted(sources) for part in (name, source)))


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found.extend(_sources(entry, name))
        elif entry.name.endswith(".py"):
            found.append((name, entry.read_bytes()))
    return found
