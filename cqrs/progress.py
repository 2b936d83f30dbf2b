"""A progress bar where a person waits at a terminal, and nothing anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rich.console import Console

Advance: TypeAlias = Callable[[int], None]


@contextmanager
def progress_bar(*, what: str, total: int, console: "Console | None" = None) -> Iterator[Advance]:
    """Show how much of `total` is done, on standard error unless told; yields the function that moves it on."""
    if not (console.is_terminal if console else sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  # rich takes a tenth of a second that nobody may be there to see
    from rich.progress import Progress  # noqa: PLC0415  # as above

    with Progress(console=console or Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda amount: bar.advance(task, amount)
