"""Problems that are planted into one practice's rows: each plant spoils something, and says what the report must say.

A plant answers False where the practice has nothing left that it could spoil. To plant another problem, write a
function of a draft and of chance, and name it in `PLANTS`.
"""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TypeAlias

from bench.check.blemishes import BLEMISHES
from functions.domain.check.names import Names
from functions.domain.check.problems import WITHHELD, shown
from functions.domain.check.row import (
    DATE,
    FIELD,
    INDICATOR,
    ORGANISATION,
    SERVICE,
    SUBMIT_DATE,
    SUBMIT_TIME,
    VALUE,
)
from schemas.problem import Code
from tests.inputs.drafts import LAST_SUBMISSION, Draft, Planted

Plant: TypeAlias = Callable[[Draft, Random], bool]
STEPS = 9  # how far behind its first row a second one of a slot may stand
COLUMN = {Code.ROW_NUMBER: VALUE, Code.ROW_INDICATOR: INDICATOR, Code.ROW_FIELD: FIELD, Code.ROW_SERVICE: SERVICE}


def singles(draft: Draft, chance: Random, among: Iterable[int] | None = None) -> list[int]:
    """Slots with one row that nobody touched, in any order."""
    found = sorted(draft.singles() if among is None else draft.singles() & set(among))
    chance.shuffle(found)
    return found


def a_blemish(draft: Draft, chance: Random) -> bool:
    """A row spoilt as the rows of the benchmark are."""
    found = singles(draft, chance)
    if not found:
        return False
    slot = found[0]
    (line,) = draft.of(slot)
    code, spoil = chance.choice(BLEMISHES)
    line.cells = list(spoil(tuple(line.cells)))
    draft.touched.add(slot)
    draft.refused = True
    place = (draft.organisation, line.cells[INDICATOR], _field(draft, line.cells))
    value = _offending(draft, code, line.cells)
    draft.expected.append(lambda: [Planted(line.line, *place, value, code)])
    return True


def _field(draft: Draft, cells: Sequence[str]) -> str:
    """A field as a report names it: whole where the service nearly knows it, else as far as it identifies nobody."""
    every = tuple({slot.field for slot in draft.grid.slots})
    return Names(seen=set()).shown(name=cells[FIELD], known=tuple(draft.grid.numbers.get(cells[INDICATOR], every)))


def _offending(draft: Draft, code: Code, cells: Sequence[str]) -> str:
    if code is Code.ROW_COLUMNS:
        return str(len(cells))
    if code is Code.ROW_SUBMITTED:
        return WITHHELD  # it looks like a date of birth
    return _field(draft, cells) if code is Code.ROW_FIELD else shown(cells[COLUMN[code]])


def a_flag(draft: Draft, chance: Random) -> bool:
    found = singles(draft, chance, (n for n, slot in enumerate(draft.grid.slots) if slot.flag))
    if not found:
        return False
    (line,) = draft.of(found[0])
    line.cells[VALUE] = str(chance.randrange(2, 10**9))
    draft.touched.add(found[0])
    draft.refused = True
    draft.say(found[0], line, line.cells[VALUE], Code.ROW_FLAG)
    return True


def a_time_to_come(draft: Draft, chance: Random) -> bool:
    found = singles(draft, chance)
    if not found:
        return False
    (line,) = draft.of(found[0])
    line.cells[SUBMIT_DATE] = "03/04/2099"
    draft.touched.add(found[0])
    draft.refused = True
    draft.say(found[0], line, f"03/04/2099 {line.cells[SUBMIT_TIME]}", Code.ROW_FUTURE)
    return True


def a_numerator(draft: Draft, chance: Random) -> bool:
    free = draft.singles()
    for numerator, denominator in chance.sample(draft.grid.fractions, len(draft.grid.fractions)):
        if {numerator, denominator} <= free:
            (line,) = draft.of(numerator)
            line.cells[VALUE] = str(draft.count(denominator) + chance.randrange(1, 50))
            draft.touched |= {numerator, denominator}
            draft.refused = True
            draft.say(numerator, line, line.cells[VALUE], Code.PRACTICE_NUMERATOR)
            return True
    return False


def a_conflict(draft: Draft, chance: Random) -> bool:
    found = singles(draft, chance)
    if not found:
        return False
    (line,) = draft.of(found[0])
    value = line.cells[VALUE]
    other = str(1 - int(value)) if draft.grid.slots[found[0]].flag else str(int(value) + chance.randrange(1, 50))
    second = draft.behind(line, [*line.cells[:VALUE], other, *line.cells[VALUE + 1 :]], chance.randrange(STEPS))
    draft.touched.add(found[0])
    draft.refused = True
    draft.say(found[0], second, value, Code.PRACTICE_CONFLICT)
    return True


def a_duplicate(draft: Draft, chance: Random) -> bool:
    found = singles(draft, chance)
    if not found:
        return False
    (line,) = draft.of(found[0])
    second = draft.behind(line, line.cells, chance.randrange(STEPS))
    draft.touched.add(found[0])
    draft.say(found[0], second, line.cells[VALUE], Code.WARNING_DUPLICATE)
    return True


def something_missing(draft: Draft, chance: Random) -> bool:
    """Some required rows of one indicator: a warning, unless the practice is refused for something else."""
    indicator = chance.choice(list(draft.grid.numbers))
    slots = draft.grid.numbers[indicator].values()
    needed = [slot for slot in slots if draft.grid.slots[slot].required]
    if not needed or draft.touched & {*slots, *_of_one_register(draft, slots)}:
        return False
    lost = chance.sample(needed, chance.randrange(1, len(needed) + 1))
    gone = {id(line) for slot in lost for line in draft.of(slot)}
    draft.lines = [line for line in draft.lines if id(line) not in gone]
    draft.touched |= {*slots, *_of_one_register(draft, slots)}
    field = draft.grid.slots[lost[0]].field if len(lost) == 1 else ""

    def say() -> Iterable[Planted]:
        if not draft.refused:
            rest = [line.line for slot in slots for line in draft.of(slot) if line.counts]
            first = min(rest, default=min(line.line for line in draft.lines))
            yield Planted(first, draft.organisation, indicator, field, "", Code.WARNING_INCOMPLETE)

    draft.expected.append(say)
    return True


def _of_one_register(draft: Draft, slots: Iterable[int]) -> set[int]:
    """Every slot that should have the same register as one of these."""
    wanted = set(slots)
    return {slot for same in draft.grid.registers if wanted & set(same) for slot in same}


def another_register(draft: Draft, chance: Random) -> bool:
    free = draft.singles()
    for same in chance.sample(draft.grid.registers, len(draft.grid.registers)):
        if set(same) <= free:
            slot = chance.choice(same[1:])
            (line,) = draft.of(slot)
            line.cells[VALUE] = str(draft.count(slot) + chance.randrange(1, 50))  # more: no cohort outgrows it
            draft.touched |= set(same)
            draft.say(slot, line, line.cells[VALUE], Code.WARNING_REGISTERS)
            return True
    return False


def a_cohort(draft: Draft, chance: Random) -> bool:
    free = draft.singles()
    for cohort in chance.sample(draft.grid.cohorts, len(draft.grid.cohorts)):
        slots = {cohort.register, cohort.denominator, *cohort.adjustments}
        if cohort.adjustments and slots <= free:
            slot = chance.choice(cohort.adjustments)
            (line,) = draft.of(slot)
            people = draft.count(cohort.denominator) + sum(map(draft.count, cohort.adjustments))
            more = draft.count(cohort.register) - people + chance.randrange(1, 50)
            line.cells[VALUE] = str(int(line.cells[VALUE]) + more)
            draft.touched |= slots
            (told,) = draft.of(cohort.denominator)
            draft.say(cohort.denominator, told, told.cells[VALUE], Code.WARNING_COHORT)
            return True
    return False


def a_last_that_says_no(draft: Draft, chance: Random) -> bool:
    """At most once for a practice: its report names the first such row."""
    found = singles(draft, chance)
    if not found or any(_said(draft, Code.WARNING_LAST)):
        return False
    (line,) = draft.of(found[0])
    line.cells[LAST_SUBMISSION] = "N"
    draft.touched.add(found[0])
    draft.say(found[0], line, line.cells[VALUE], Code.WARNING_LAST)
    return True


def an_overtaken_that_says_yes(draft: Draft, chance: Random) -> bool:
    """A value sent earlier that says it is the last, before or behind the later one; once, as above."""
    found = singles(draft, chance)
    if not found or any(_said(draft, Code.WARNING_LAST)):
        return False
    (line,) = draft.of(found[0])
    early = list(line.cells)
    early[SUBMIT_DATE], early[SUBMIT_TIME] = "30/03/2024", "23:59:59"
    second = draft.behind(line, early, chance.randrange(STEPS))
    if chance.randrange(2):
        line.cells, second.cells = second.cells, line.cells
        told = line
    else:
        told = second
    draft.touched.add(found[0])
    draft.say(found[0], told, line.cells[VALUE], Code.WARNING_LAST)
    return True


def _said(draft: Draft, code: Code) -> Iterable[bool]:
    return (planted.code is code for expected in draft.expected for planted in expected())


def a_stranger(draft: Draft, chance: Random) -> bool:
    """Every row under a code that nobody knows: what else is wrong with them nobody asks."""
    if draft.expected:
        return False
    draft.organisation = f"Z{chance.randrange(10**5):05d}"
    return _whole(draft, ORGANISATION, draft.organisation, "", Code.PRACTICE_UNKNOWN)


def another_day(draft: Draft, chance: Random) -> bool:
    if draft.expected:
        return False
    day = chance.choice(["20240330", "20230331", "2024-03-31", ""])
    return _whole(draft, DATE, day, shown(day), Code.PRACTICE_DATE)


def _whole(draft: Draft, column: int, text: str, value: str, code: Code) -> bool:
    for line in draft.lines:
        line.cells[column] = text
    organisation = draft.organisation
    draft.expected.append(lambda: [Planted(draft.lines[0].line, organisation, "", "", value, code)])
    draft.touched |= set(range(len(draft.grid.slots)))
    draft.refused = True
    return True


PLANTS: Sequence[Plant] = (
    a_blemish, a_blemish, a_blemish, a_blemish, a_flag, a_time_to_come, a_numerator, a_conflict, a_duplicate,
    something_missing, another_register, a_cohort, a_last_that_says_no, an_overtaken_that_says_yes, a_stranger,
    another_day,
)  # fmt: skip
