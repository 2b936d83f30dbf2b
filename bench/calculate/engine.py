"""The engine of this repository: whole numbers over one denominator, one division at the end."""

from collections.abc import Callable
from pathlib import Path

from bench.calculate.practices import SERVICE, Result, read_practices
from cqrs.results import calculate_practices
from functions.domain.calculate.rules import service_rules
from schemas.catalogue import service_document


def prepare(inputs: Path) -> Callable[[], list[Result]]:
    """The engine with its rules and practices read."""
    rules, practices = service_rules(document=service_document(SERVICE)), read_practices(path=inputs)

    def work() -> list[Result]:
        calculated = calculate_practices(rules=rules, achievement_date="", practices=practices)
        return [(points, available, payment) for _, points, available, payment in calculated.achievements.totals]

    return work
