"""Parameters: the dates, the issuers and the values that the rule asks for. In 2014 a list of the wrong January made
every payment wrong by 1.9 percent, and then one of the right January came from the wrong source.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from functions.domain.calculate.rounding import half_up
from functions.domain.gate.case import Case
from functions.domain.gate.nation import national_figures, paid, pence
from functions.domain.gate.words import day, number
from schemas.average_list import AverageList
from schemas.inspection import Effect, Evidence, Finding, Gate, GateVerdict
from schemas.lint.parameters import (
    BASE_LIST,
    BASE_VALUE,
    authority_problems,
    date_problems,
    list_date,
    unit_problems,
    uplifted_value,
    value_problems,
)


def parameters(case: Case) -> Iterator[Finding]:
    """The average list where it is not the one asked for, then every other parameter that is not."""
    held = (*_average_list(case), *_others(case))
    yield from held
    if not held:
        cause = "Every parameter is of the date, the issuer and the value that the rule asks for."
        yield Finding(gate=Gate.PARAMETERS, verdict=GateVerdict.PASSED, cause=cause)


def _average_list(case: Case) -> Iterator[Finding]:
    given, asked = case.document.parameters.national_average_list, list_date(case.document)
    right = _asked(case, asked)
    about = [line for line in _problems(case) if line.startswith("national_average_list")]
    if right and right.people != given.value:
        about.insert(0, f"It gives {number(given.value)}, but {right.what} is {number(right.people)}.")
    elif not about:
        return
    people = right.people if right else _list_of_value(case)
    effect = _with_list(case, people)
    cause = f"national_average_list is not what the rule asks for: {_kind(case, asked)} {' '.join(about)}"
    yield Finding(
        gate=Gate.PARAMETERS,
        verdict=GateVerdict.HELD,
        cause=cause,
        evidence=(
            Evidence(
                subject="national_average_list",
                what="people, day counted, issuer",
                present=f"{number(given.value)}, {given.date}, {given.authority}",
                reference=f"{number(people)}, {asked}, {_authority(case)}",
                pence=effect.everybody,
            ),
        ),
        effect=effect,
    )


def _kind(case: Case, asked: date) -> str:
    """What the figure given is: of the wrong January, of the right one from the wrong source, or unknown."""
    given = case.document.parameters.national_average_list
    known = next((one for one in case.average_lists if one.people == given.value), None)
    day_given = known.date if known else given.date
    if day_given != asked:
        what = known.what if known else f"the average list of {day(given.date)}"
        return f"the wrong January. {number(given.value)} is {what}; the rule asks for that of {day(asked)}."
    authority = known.authority if known and known.authority != _authority(case) else given.authority
    if authority != _authority(case):
        what = known.what if known else f"the average list of {day(given.date)}"
        return f"the right January from the wrong source. {number(given.value)} is {what}, issued by: {authority}."
    return f"{number(given.value)} is on no record."


def _others(case: Case) -> Iterator[Finding]:
    """Every other problem; a value that belongs to the right list is not wrong because the list given is."""
    right = _asked(case, list_date(case.document))
    value = case.document.parameters.value_of_point.value
    for problem in _problems(case):
        if problem.startswith("value_of_point:"):
            if right is None or uplifted_value(people=right.people) != value:
                effect = _with_list(case, _list_of_value(case))
                yield Finding(gate=Gate.PARAMETERS, verdict=GateVerdict.HELD, cause=problem, effect=effect)
        elif not problem.startswith("national_average_list"):
            yield Finding(gate=Gate.PARAMETERS, verdict=GateVerdict.HELD, cause=problem)


def _problems(case: Case) -> Iterator[str]:
    for check in (date_problems, authority_problems, unit_problems, value_problems):
        yield from check(case.document)


def _asked(case: Case, asked: date) -> AverageList | None:
    """The list on record of the day and by the issuer that the rule asks for."""
    found = (one for one in case.average_lists if (one.date, one.authority) == (asked, _authority(case)))
    return next(found, None)


def _authority(case: Case) -> str:
    return case.gates.authorities.national_average_list


def _list_of_value(case: Case) -> int:
    """The list that the value of a point belongs to: value x 7087 / 156.92."""
    return half_up(numerator=case.rules.value_of_point * BASE_LIST, denominator=BASE_VALUE)


def _with_list(case: Case, people: int) -> Effect:
    """Every amount is over the average list, so that the nation's pay with another is in their proportion."""
    now = _nation_paid(case)
    worth = pence(now - now * Fraction(case.rules.national_average_list, people))
    return Effect(others=worth, everybody=worth, against=f"the same run with an average list of {number(people)}")


def _nation_paid(case: Case) -> Fraction:
    return paid(rules=case.rules, to=case.nation, by=national_figures(rules=case.rules, of=case.nation))
