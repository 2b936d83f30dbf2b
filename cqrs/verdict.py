"""What the person at the terminal is told about a calculation, and its exit status."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cqrs.input_files import Inputs
from cqrs.practices import Gathered
from cqrs.results import Calculated
from functions.domain.calculate.text import decimal_text
from functions.domain.check.problems import shown
from schemas.problem import Code, Problem, Severity

ALL_CALCULATED: Final = 0
SOME_LEFT_OUT: Final = 1
NOTHING_CALCULATED: Final = 2
NAMED: Final = 5  # practices and problems named at the terminal; problems.csv holds all of them


def exit_status(*, inputs: Inputs, gathered: Gathered) -> int:
    """0 when every practice was calculated, 1 when a practice or a file was left out, 2 when nothing is calculated."""
    if not gathered.practices:
        return NOTHING_CALCULATED
    readable = all(read.readable for read in inputs.extracts) and inputs.organisations.readable
    return SOME_LEFT_OUT if gathered.left_out or not readable else ALL_CALCULATED


def objections(*, inputs: Inputs, gathered: Gathered) -> Iterator[str]:
    """Every file that was refused, how many practices were left out with the first of them, and the first problems."""
    whole = [problem for problem in gathered.problems if problem.severity is Severity.FILE]
    yield from map(_line, whole)
    if gathered.left_out:
        count = len(gathered.left_out)
        named = _some([shown(code) or "(blank)" for code in gathered.left_out])
        yield f"{count} {'practice was' if count == 1 else 'practices were'} left out: {named}."
    yield from _first([problem for problem in gathered.problems if _told(problem)])
    for file, problems in inputs.problems():
        if problems.cut:
            yield f"{file}: {problems.total:,} problems, of which the first {len(problems.listed):,} are listed."


def summary(*, gathered: Gathered, calculated: Calculated, written: Sequence[Path]) -> str:
    """What was calculated, what it comes to, and where it was written."""
    done, pounds = len(gathered.practices), decimal_text(calculated.payment, places=2)
    date = f" at {gathered.achievement_date}" if gathered.achievement_date else ""
    result = f"{calculated.rules.service}{date}: {done:,} of {done + len(gathered.left_out):,} practices calculated"
    return f"{result}, payments of {pounds} pounds in all.\nWrote {', '.join(map(str, written))}."


def _told(problem: Problem) -> bool:
    """Whether a problem is told at the terminal: what keeps somebody out, and a decision that is not followed."""
    return problem.severity in {Severity.PRACTICE, Severity.ROW} or problem.code is Code.WARNING_DECISION


def _first(problems: Sequence[Problem]) -> Iterator[str]:
    yield from map(_line, problems[:NAMED])
    if len(problems) > NAMED:
        yield f"... and {len(problems) - NAMED:,} problems more."


def _line(problem: Problem) -> str:
    place = " ".join(word for word in (problem.organisation, problem.indicator, problem.field) if word)
    file = f"{problem.file}:{problem.line}: " if problem.file else ""
    return f"{file}{place}{': ' if place else ''}{problem.message} [{problem.code}]"


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
