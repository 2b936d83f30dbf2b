"""Differences as people read them: a practice's with its main cause in a sentence, a nation's with who moved most."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from functions.domain.calculate.text import decimal_text
from functions.domain.explain.columns import grouped
from functions.domain.explain.difference import Split
from schemas.difference import Cause, Mover, NationalDifference, Part, PracticeDifference

LARGEST = 20  # movers listed
UNMOVED = "nothing that changed moved the pounds"
COLUMNS = ("ORG_CODE", "BEFORE", "AFTER", "DIFFERENCE", *(cause.upper().replace(" ", "_") for cause in Cause))


def practice_difference(*, split: Split, before_run: str, after_run: str) -> PracticeDifference:
    """One practice's difference, in pounds."""
    return PracticeDifference(
        organisation=split.organisation,
        before_run=before_run,
        after_run=after_run,
        before=_pounds(split.before),
        after=_pounds(split.after),
        difference=decimal_text(split.difference, places=2),
        parts=_parts(split.parts),
        sentence=_sentence(split),
    )


def national_difference(*, splits: Sequence[Split], before_run: str, after_run: str) -> NationalDifference:
    """The differences of all practices together; the movers by how far they moved, then by code."""
    both = [split.difference for split in splits if split.before is not None and split.after is not None]
    before, after = sum(split.before or 0 for split in splits), sum(split.after or 0 for split in splits)
    moved = sorted(
        (split for split in splits if split.difference), key=lambda one: (-abs(one.difference), one.organisation)
    )
    return NationalDifference(
        before_run=before_run,
        after_run=after_run,
        before=decimal_text(before, places=2),
        after=decimal_text(after, places=2),
        difference=decimal_text(after - before, places=2),
        parts=_parts({cause: sum(split.parts[cause] for split in splits) for cause in Cause}),
        up=sum(difference > 0 for difference in both),
        down=sum(difference < 0 for difference in both),
        same=both.count(0),
        only_before=sum(split.after is None for split in splits),
        only_after=sum(split.before is None for split in splits),
        movers=tuple(map(_mover, moved[:LARGEST])),
    )


def main_cause(*, split: Split) -> Cause:
    """The cause that moved a payment furthest in the direction in which it went; the first of them where two did."""
    sign = -1 if split.difference < 0 else 1
    return max(Cause, key=lambda cause: sign * split.parts[cause])


def difference_csv(*, splits: Iterable[Split]) -> bytes:
    """A row for each practice under COLUMNS, in pounds; blank where it is not in a run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for split in splits:
        parts = (decimal_text(split.parts[cause], places=2) for cause in Cause)
        difference = decimal_text(split.difference, places=2)
        writer.writerow((split.organisation, _pounds(split.before), _pounds(split.after), difference, *parts))
    return text.getvalue().encode()


def _mover(split: Split) -> Mover:
    return Mover(
        organisation=split.organisation,
        difference=decimal_text(split.difference, places=2),
        cause=main_cause(split=split),
        sentence=_sentence(split),
    )


def _sentence(split: Split) -> str:
    code, pounds = split.organisation, f"£{grouped(decimal_text(abs(split.difference), places=2))}"
    if split.before is None or split.after is None:
        return f"{code} is in the {'later' if split.before is None else 'earlier'} run only, with {pounds}."
    if split.difference == 0:
        moved = any(split.parts.values())
        return f"{code} is paid the same: {'what changed cancels out' if moved else UNMOVED}."
    cause = main_cause(split=split)
    worth = split.parts[cause]
    more = "more" if split.difference > 0 else "less"
    if worth == split.difference:
        return f"{code} is paid {pounds} {more}, all of it by {cause}."
    rest = _signed(split.difference - worth)
    return f"{code} is paid {pounds} {more}: {_signed(worth)} by {cause}, {rest} by everything else."


def _signed(pence: int) -> str:
    return f"{'-' if pence < 0 else '+'}£{grouped(decimal_text(abs(pence), places=2))}"


def _parts(parts: Mapping[Cause, int]) -> tuple[Part, ...]:
    return tuple(Part(cause=cause, pounds=decimal_text(parts[cause], places=2)) for cause in Cause)


def _pounds(pence: int | None) -> str | None:
    return None if pence is None else decimal_text(pence, places=2)
