"""Submissions: whether the counts reach the end of the achievement date, and are not simply the last ones again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from functions.domain.gate.case import Case
from functions.domain.gate.stake import Stake
from functions.domain.gate.words import day, names, number, practices, share, threshold
from functions.domain.submission import ABSENT
from schemas.gates import Threshold
from schemas.inspection import Evidence, Finding, Gate, GateVerdict

A_DAY = 10**6  # a time of submission is a whole number 20240402111950


@dataclass(frozen=True, slots=True)
class Share:
    """A supplier that stayed within its threshold, the practices that count towards it, and of how many they are."""

    supplier: str
    found: tuple[Stake, ...]
    of: int


def early_submissions(case: Case) -> Iterator[Finding]:
    """Of each supplier the practices whose every count was submitted before the achievement date was over."""
    last_day, asked = int(f"{case.achievement_date:%Y%m%d}"), case.gates.early_submissions
    within: list[Share] = []
    for supplier, stakes in case.suppliers().items():
        early = tuple(one for one in stakes if one.latest // A_DAY <= last_day)
        if _too_many(len(early), len(stakes), asked):
            yield _early(case, supplier, early, len(stakes))
        else:
            within.append(Share(supplier, early, len(stakes)))
    date = f"{day(case.achievement_date)}, the achievement date"
    some, none = f"submitted every count on or before {date}", f"were submitted after {date}"
    yield from _passed(Gate.EARLY_SUBMISSIONS, within, asked, some, none, f"after {day(case.achievement_date)}")


def unchanged_values(case: Case) -> Iterator[Finding]:
    """Of each supplier the practices whose every count is the one of the run before."""
    if case.last is None:
        cause = "There is no run before this one to compare counts with."
        yield Finding(gate=Gate.UNCHANGED_VALUES, verdict=GateVerdict.NOT_JUDGED, cause=cause)
        return
    within: list[Share] = []
    for supplier, stakes in case.suppliers().items():
        same = tuple(one for one in stakes if _unchanged(case, one))
        if _too_many(len(same), len(stakes), case.gates.unchanged_values):
            yield _same(case, supplier, same, len(stakes))
        else:
            within.append(Share(supplier, same, sum(_comparable(case, one) for one in stakes)))
    some, none = "sent the very counts of the run before", "have changed since the run before"
    yield from _passed(Gate.UNCHANGED_VALUES, within, case.gates.unchanged_values, some, none, "the same counts")


def _passed(
    gate: Gate, within: Sequence[Share], asked: Threshold, some: str, none: str, reference: str
) -> Iterator[Finding]:
    """How many practices of the suppliers within the threshold did what some may do, and who they are."""
    if not any(one.of for one in within):
        return
    found = tuple(one for share in within for one in share.found)
    codes = tuple(one.organisation for one in found)
    told = ", ".join(f"{one.supplier} {number(len(one.found))} of {number(one.of)}" for one in within if one.found)
    judged = practices(sum(one.of for one in within))
    yield Finding(
        gate=gate,
        verdict=GateVerdict.PASSED,
        cause=(
            f"{number(len(codes))} of {judged} {some}, within the {threshold(asked.value)} % of a supplier's "
            f"practices that may: {told}. They are {names(codes)}."
            if codes
            else f"The counts of {judged}, as many as were looked at, {none}."
        ),
        practices=codes,
        evidence=tuple(_evidence(one, reference) for one in found),
    )


def _early(case: Case, supplier: str, early: tuple[Stake, ...], sent: int) -> Finding:
    codes = tuple(one.organisation for one in early)
    date = day(case.achievement_date)
    return Finding(
        gate=Gate.EARLY_SUBMISSIONS,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"{supplier} submitted every count of {practices(len(early))} on or before {date}, the achievement date, "
            f"so that their counts stop before the day ends: {_told(len(early), sent, case.gates.early_submissions)}. "
            f"They are {names(codes)}."
        ),
        practices=codes,
        evidence=tuple(_evidence(one, f"after {date}") for one in early),
        effect=case.without(codes),
    )


def _same(case: Case, supplier: str, same: tuple[Stake, ...], sent: int) -> Finding:
    codes = tuple(one.organisation for one in same)
    return Finding(
        gate=Gate.UNCHANGED_VALUES,
        verdict=GateVerdict.HELD,
        supplier=supplier,
        cause=(
            f"{supplier} sent the very counts of the run before for {practices(len(same))}: "
            f"{_told(len(same), sent, case.gates.unchanged_values)}. They are {names(codes)}."
        ),
        practices=codes,
        evidence=tuple(_evidence(one, "the same counts") for one in same),
        effect=case.without(codes),
    )


def _evidence(one: Stake, reference: str) -> Evidence:
    return Evidence(subject=one.organisation, what="last submitted", present=_moment(one.latest), reference=reference)


def _comparable(case: Case, one: Stake) -> bool:
    """True where the practice was there, and a register is large enough to have changed."""
    return one.organisation in (case.last or {}) and (
        max(one.counts.values(), default=0) >= case.gates.smallest_register.value
    )


def _unchanged(case: Case, one: Stake) -> bool:
    """True where every count that was sent both times is the same."""
    last = (case.last or {}).get(one.organisation)
    if last is None or not _comparable(case, one):
        return False
    return all(last.values[slot] in (one.values[slot], ABSENT) for slot in case.counted)


def _too_many(some: int, of: int, asked: Threshold) -> bool:
    return 100 * some > Fraction(asked.value) * of


def _told(some: int, of: int, asked: Threshold) -> str:
    return f"{number(some)} of {number(of)}, {share(some, of)}, where {threshold(asked.value)} % may be"


def _moment(stamp: int) -> str:
    text = str(stamp)
    return f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:{text[10:12]}:{text[12:14]}"
