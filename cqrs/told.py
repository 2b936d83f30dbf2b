"""What the person at the terminal is told about a file that was checked, and the exit status."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from cqrs.checked import Checked
from schemas.file import Acknowledgement, Verdict
from schemas.problem import Problem, Severity

CLEAN: Final = 0
WITH_PROBLEMS: Final = 1
NOTHING_READ: Final = 2
NAMED: Final = 10  # problems shown at the terminal; problems.csv has all of them
NAMED_PRACTICES: Final = 5
_GRAVITY: Final = list(Severity)


def exit_status(*, checked: Checked) -> int:
    """0 where everything would be accepted, 1 where something would be refused, 2 where the whole file would be."""
    if any(problem.severity is Severity.FILE for problem in checked.problems):
        return NOTHING_READ
    return CLEAN if checked.told.verdict is Verdict.ACCEPTED else WITH_PROBLEMS


def told(*, checked: Checked, anybody: bool) -> Iterator[str]:
    """The verdict, what stands behind it, the first problems, and what was not checked.

    `anybody`: every organisation whose code looks like one was taken as known.
    """
    record = checked.told
    yield f"{record.name}: {record.verdict}."
    yield f"{_count(record.rows, 'row')} read, {record.rows_accepted:,} accepted, {record.rows_refused:,} refused."
    yield _practices(record)
    yield from _problems(record, checked.problems)
    if anybody:
        yield "Every organisation whose code looks like one was taken as known; --organisations says who is."


def problem_line(problem: Problem) -> str:
    """A problem on one line: where, the offending value, what to do, and the page that says more."""
    place = " ".join(word for word in (problem.organisation, problem.indicator, problem.field) if word)
    value = f'"{problem.value}"' if problem.value else ""
    front = " ".join(word for word in (place, value) if word)
    line = f"{problem.file}:{problem.line}: {front}{': ' if front else ''}{problem.message}"
    return f"{line} [{problem.code}, {problem.code.help}]"


def _practices(record: Acknowledgement) -> str:
    refused = record.refused_practices
    named = ", ".join(code or "(blank)" for code in refused[:NAMED_PRACTICES])
    more = f" and {len(refused) - NAMED_PRACTICES:,} more" if len(refused) > NAMED_PRACTICES else ""
    front = f"{_count(record.practices, 'practice')} accepted, {record.practices_complete:,} of them complete"
    return f"{front}; {len(refused):,} refused{': ' if refused else ''}{named}{more}."


def _problems(record: Acknowledgement, problems: Sequence[Problem]) -> Iterator[str]:
    total = Counter(record.problems).total()
    if not total:
        yield "No problems."
        return
    counted = ", ".join(f"{code} {count:,}" for code, count in record.problems.items())
    yield f"{_count(total, 'problem')}: {counted}."
    gravest = sorted(problems, key=lambda problem: (_GRAVITY.index(problem.severity), problem))
    yield from (f"  {problem_line(problem)}" for problem in gravest[:NAMED])
    if total > NAMED:
        yield f"  ... and {total - NAMED:,} more, in problems.csv."
    if total > len(problems):
        yield f"  problems.csv lists the first {len(problems):,}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
