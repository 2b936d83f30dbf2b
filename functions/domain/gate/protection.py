"""Protection: where a document fixes points at earlier ones, the earlier points must be there."""

from collections.abc import Iterator

from functions.domain.gate.case import Case
from functions.domain.gate.words import names, number, practices
from schemas.inspection import Finding, Gate, GateVerdict


def protection(case: Case) -> Iterator[Finding]:
    """Held where no practice has a protected indicator's points fixed; those that have none are named anyway."""
    protected = case.document.protection
    if protected is None:
        cause = "The document protects no points."
        yield Finding(gate=Gate.PROTECTION, verdict=GateVerdict.PASSED, cause=cause)
        return
    asked = frozenset(protected.indicators)
    lacking = tuple(code for code in sorted(case.practices) if not asked & case.practices[code].fixed)
    count = f"{number(len(asked))} indicators are protected at the points of {protected.points_of}"
    nobody = len(lacking) == len(case.practices)
    yield Finding(
        gate=Gate.PROTECTION,
        verdict=GateVerdict.HELD if nobody else GateVerdict.PASSED,
        cause=f"{count}, but no practice has earlier points: was that service published here?"
        if nobody
        else f"{count}. {practices(len(lacking))} have no earlier points: {names(lacking) or 'none'}.",
        practices=lacking,
    )
