"""A progress bar where a person waits at a terminal, and nothing anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import Progress

Advance: TypeAlias = Callable[[int], None]


@contextmanager
def progress_bar(*, what: str, total: int, console: Console | None = None) -> Iterator[Advance]:
    """Show how much of `total` is done, on standard error unless told; yields the function that moves it on."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda amount: bar.advance(task, amount)
