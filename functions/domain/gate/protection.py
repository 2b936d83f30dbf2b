"""Protection: where a document fixes points at earlier ones, the earlier points must be there."""

from collections.abc import Iterator
from decimal import Decimal

from functions.domain.gate.case import Case
from functions.domain.gate.words import names, number, practices, share, threshold
from schemas.inspection import Finding, Gate, GateVerdict


def protection(case: Case) -> Iterator[Finding]:
    """Held where fewer practices than coverage asks for have every protected indicator's points fixed.

    Those that have not are named anyway: a practice may be new. A decision about some of the indicators is no
    protection of all of them.
    """
    protected = case.document.protection
    if protected is None:
        cause = "The document protects no points."
        yield Finding(gate=Gate.PROTECTION, verdict=GateVerdict.PASSED, cause=cause)
        return
    asked = frozenset(protected.indicators)
    lacking = tuple(code for code in sorted(case.practices) if not asked <= case.practices[code].fixed)
    count = f"{number(len(asked))} indicators are protected at the points of {protected.points_of}"
    here, everybody, limit = len(case.practices) - len(lacking), len(case.practices), case.gates.coverage.value
    short = 100 * here < limit * everybody
    yield Finding(
        gate=Gate.PROTECTION,
        verdict=GateVerdict.HELD if short else GateVerdict.PASSED,
        cause=_short(count, lacking, here, everybody, limit)
        if short
        else f"{count}. {practices(len(lacking))} have no earlier points: {names(lacking) or 'none'}.",
        practices=lacking,
    )


def _short(count: str, lacking: tuple[str, ...], here: int, everybody: int, limit: Decimal) -> str:
    if not here:
        return f"{count}, but no practice has earlier points: was that service published here?"
    told = (
        f"{number(here)} of {number(everybody)} practices have earlier points for all of them, {share(here, everybody)}"
    )
    return f"{count}. {told}; coverage asks for {threshold(limit)} %. Without: {names(lacking)}."
