"""A function that dies before one of its writes."""

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any


class Crash(Exception):  # noqa: N818  # the function's end, in this story
    pass


class Crashing:
    """Counts the writes to every store that it stands before, and dies just before the given one."""

    def __init__(self, last: int) -> None:
        self._left = count(last, -1)

    def before(self, inner: Any, *names: str) -> Any:
        """The store, with its writes counted."""

        def counted(write: Callable[..., Any]) -> Callable[..., Any]:
            def call(**arguments: Any) -> Any:
                if next(self._left) <= 0:
                    raise Crash
                return write(**arguments)

            return call

        methods = {name: getattr(inner, name) for name in dir(inner) if not name.startswith("_")}
        return SimpleNamespace(**{**methods, **{name: counted(methods[name]) for name in names}})
