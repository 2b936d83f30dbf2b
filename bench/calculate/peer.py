"""A peer made ready: its figures and its practices read."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bench.calculate.figures import Number, document_figures
from bench.calculate.practices import SERVICE, Result, read_practices
from bench.calculate.procedure import Arithmetic, results
from schemas.catalogue import service_document


def prepared(
    *, inputs: Path, number: Callable[[Decimal], Number], arithmetic: Arithmetic[Number]
) -> Callable[[], list[Result]]:
    """The work of a peer that counts in `number`."""
    figures = document_figures(document=service_document(SERVICE), number=number)
    practices = read_practices(path=inputs)
    return lambda: results(figures=figures, arithmetic=arithmetic, practices=practices)
