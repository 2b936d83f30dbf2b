"""Differences between two runs as plain text."""

from collections.abc import Iterator, Sequence

from functions.domain.explain.columns import grouped, heading, named, paragraph, table
from schemas.difference import NationalDifference, Part, PracticeDifference


def difference_page(*, difference: PracticeDifference) -> str:
    """One practice's difference: the sentence first, then every part."""
    return _text(
        [
            *paragraph(difference.sentence),
            "",
            *_runs(difference.before_run, difference.after_run),
            "",
            *_parts(difference.before or "0.00", difference.parts, difference.after or "0.00"),
        ]
    )


def nation_page(*, difference: NationalDifference) -> str:
    """A nation's difference: the parts of all practices summed, and who moved most."""
    told = difference
    lines = [
        *_runs(told.before_run, told.after_run),
        "",
        *_parts(told.before, told.parts, told.after),
        "",
        f"{told.up:,} practices are paid more, {told.down:,} less, {told.same:,} the same.",
        f"{told.only_before:,} practices are in the earlier run only, {told.only_after:,} in the later one only.",
    ]
    if told.movers:
        movers = (line for mover in told.movers for line in paragraph(mover.sentence, hang=2))
        lines += [*heading("Who moved most"), *movers]
    return _text(lines)


def _runs(before: str, after: str) -> Iterator[str]:
    yield from named("From run", before)
    yield from named("To run", after)


def _parts(before: str, parts: Sequence[Part], after: str) -> Iterator[str]:
    """The way from the one payment to the other; the parts add up to the penny."""
    between = ((str(part.cause), _signed(part.pounds)) for part in parts)
    yield from table(heads=("", "Pounds"), rows=[("before", grouped(before)), *between, ("after", grouped(after))])


def _signed(pounds: str) -> str:
    """An amount with its sign; nothing has none."""
    return grouped(pounds) if pounds == "0.00" or pounds.startswith("-") else f"+{grouped(pounds)}"


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
