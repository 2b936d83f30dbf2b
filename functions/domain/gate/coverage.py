"""Coverage: are those who take part there, in all and of each supplier? In 2015 one supplier's extract was not."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from functions.domain.gate.case import Case
from functions.domain.gate.words import names, number, practices, share, threshold
from schemas.inspection import Evidence, Finding, Gate, GateVerdict


def coverage(case: Case) -> Iterator[Finding]:
    """A finding on all participants together, and one on every supplier that fell short."""
    yield _in_all(case)
    for supplier, codes in _expected(case).items():
        missing = tuple(code for code in codes if code not in case.practices)
        if not _enough(len(codes) - len(missing), len(codes), Fraction(case.gates.supplier_coverage.value)):
            yield _short(case, supplier, len(codes), missing)


def _in_all(case: Case) -> Finding:
    here, missing = len(case.practices), tuple(sorted(case.left_out))
    asked, taking_part = case.gates.coverage.value, here + len(missing)
    told = f"{number(here)} of {number(taking_part)} participants have complete data, {share(here, taking_part)}"
    if _enough(here, taking_part, Fraction(asked)):
        return Finding(gate=Gate.COVERAGE, verdict=GateVerdict.PASSED, cause=f"{told}.", practices=missing)
    known = tuple(code for code in missing if code in (case.last or {}))
    return Finding(
        gate=Gate.COVERAGE,
        verdict=GateVerdict.HELD,
        cause=f"{told}; the document asks for {threshold(asked)} %. Missing: {names(missing)}.",
        practices=missing,
        evidence=_evidence(case, missing),
        effect=case.with_missing(known) if known else None,
    )


def _short(case: Case, supplier: str, expected: int, missing: tuple[str, ...]) -> Finding:
    here, asked = expected - len(missing), threshold(case.gates.supplier_coverage.value)
    known = tuple(code for code in missing if code in (case.last or {}))
    return Finding(
        gate=Gate.COVERAGE,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"{supplier} is short of {practices(len(missing))}: {number(here)} of {number(expected)} are complete, "
            f"{share(here, expected)}; the document asks for {asked} %. Missing: {names(missing)}."
        ),
        practices=missing,
        evidence=_evidence(case, missing),
        effect=case.with_missing(known) if known else None,
    )


def _expected(case: Case) -> Mapping[str, tuple[str, ...]]:
    """The practices of each supplier: those it sent the last time that still take part, and those it sent now."""
    found: dict[str, set[str]] = {}
    for code, one in case.practices.items():
        found.setdefault(_last_supplier(case, code) or one.supplier, set()).add(code)
    for code, senders in case.left_out.items():
        last = _last_supplier(case, code)
        for sender in senders or ((last,) if last else ()):
            found.setdefault(sender, set()).add(code)
    return {supplier: tuple(sorted(found[supplier])) for supplier in sorted(found)}


def _last_supplier(case: Case, code: str) -> str | None:
    last = (case.last or {}).get(code)
    return last.supplier if last else None


def _evidence(case: Case, missing: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            subject=code,
            what="what counts",
            present=f"sent by {' and '.join(case.left_out[code])}, not complete" if case.left_out[code] else "nothing",
            reference=f"a list of {number(case.last[code].list_size)}" if case.last and code in case.last else "",
        )
        for code in missing
    )


def _enough(here: int, of: int, asked: Fraction) -> bool:
    return 100 * here >= asked * of
