"""Same counts: two practices that report the very same are one practice counted twice, as after a split in 2017."""

from collections.abc import Iterator, Mapping, Sequence

from functions.domain.gate.case import Case
from functions.domain.gate.stake import Stake
from functions.domain.gate.words import names, number
from schemas.inspection import Evidence, Finding, Gate, GateVerdict


def same_counts(case: Case) -> Iterator[Finding]:
    """A finding on each set of practices whose every count is the same."""
    found = [codes for codes in _sets(case).values() if len(codes) > 1]
    for codes in sorted(found):
        yield _twice(case, codes)
    if not found:
        cause = "No two practices report the same counts."
        yield Finding(gate=Gate.SAME_COUNTS, verdict=GateVerdict.PASSED, cause=cause)


def _sets(case: Case) -> Mapping[bytes, list[str]]:
    """The practices by their counts, as far as these are too many to be alike by chance."""
    found: dict[bytes, list[str]] = {}
    for code in sorted(case.practices):
        one = case.practices[code]
        counts = [one.values[slot] for slot in case.counted]
        if sum(count > 0 for count in counts) >= case.gates.same_counts.value:
            found.setdefault(b" ".join(b"%d" % count for count in counts), []).append(code)
    return found


def _twice(case: Case, codes: Sequence[str]) -> Finding:
    kept, again = _kept(case, codes)
    suppliers = sorted({case.practices[code].supplier for code in codes})
    return Finding(
        gate=Gate.SAME_COUNTS,
        verdict=GateVerdict.HELD,
        supplier=suppliers[0] if len(suppliers) == 1 else None,
        cause=(
            f"{names(codes)} ({', '.join(suppliers)}) report the very same counts: one practice is counted "
            f"{'twice' if len(codes) == 2 else f'{number(len(codes))} times'}. "  # noqa: PLR2004  # twice is of two
            f"What it is worth is worked out with {kept} and without {names(again)}."
        ),
        practices=tuple(codes),
        evidence=tuple(_evidence(case, case.practices[code]) for code in codes),
        effect=case.without(again),
    )


def _kept(case: Case, codes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The practice that was there the last time, or the first by code, and the others."""
    known = [code for code in codes if code in (case.last or {})]
    kept = (known or list(codes))[0]
    return kept, tuple(code for code in codes if code != kept)


def _evidence(case: Case, one: Stake) -> Evidence:
    last = (case.last or {}).get(one.organisation)
    counted = sum(count for count in one.counts.values() if count > 0)
    return Evidence(
        subject=one.organisation,
        what=f"{number(sum(value > 0 for value in one.values))} counts above 0",
        present=f"list {number(one.list_size)}, {number(counted)} on registers",
        reference=f"list {number(last.list_size)}" if last else "not there the last time" if case.last else "",
    )
