"""A practice is calculated when every value that it must send is there and none contradicts another."""

from collections.abc import Mapping

from functions.domain.check.gathering import gather_practice
from functions.domain.submission import Submission, empty_submission
from schemas.problem import Code, Severity
from tests.inputs.service import small_grid

GRID = small_grid("AF001", "AF006")
REGISTER, NUMERATOR, DENOMINATOR = "Atrial Fibrillation Register", "Numerator", "Denominator"
COMPLETE = {("AF001", REGISTER): 9, ("AF006", REGISTER): 9, ("AF006", NUMERATOR): 3, ("AF006", DENOMINATOR): 4}


def submission(values: Mapping[tuple[str, str], int], *, stamp: int = 20240402111950) -> Submission:
    held = empty_submission(size=len(GRID.slots))
    for (indicator, field), value in values.items():
        slot = GRID.numbers[indicator][field]
        held.values[slot], held.stamps[slot] = value, stamp
    return held


def objections(*submissions: Submission) -> list[tuple[str, str, str, Code, Severity]]:
    gathered = gather_practice(grid=GRID, organisation="A81001", submissions=submissions, file="f", line=2)
    assert not isinstance(gathered, Submission)
    return [(p.indicator, p.field, p.value, p.code, p.severity) for p in gathered]


def test_exclusion_counts_may_be_missing() -> None:
    gathered = gather_practice(grid=GRID, organisation="A81001", submissions=[submission(COMPLETE)], file="", line=0)
    assert gathered == submission(COMPLETE)


def test_two_files_may_each_hold_a_part() -> None:
    one = submission({key: value for key, value in COMPLETE.items() if key[0] == "AF001"})
    two = submission({key: value for key, value in COMPLETE.items() if key[0] == "AF006"})
    gathered = gather_practice(grid=GRID, organisation="A81001", submissions=[one, two], file="", line=0)
    assert gathered == submission(COMPLETE)


def test_a_missing_value_is_named_as_submitted_n_of_m() -> None:
    lacking = submission({key: value for key, value in COMPLETE.items() if key[1] != DENOMINATOR})
    assert objections(lacking) == [("AF006", DENOMINATOR, "", Code.PRACTICE_INCOMPLETE, Severity.PRACTICE)]
    gathered = gather_practice(grid=GRID, organisation="A81001", submissions=[lacking], file="f", line=2)
    assert not isinstance(gathered, Submission)
    assert gathered[0].message.startswith("Submitted 2 of 3")
    assert DENOMINATOR in gathered[0].message


def test_an_indicator_that_is_missing_altogether_is_one_problem() -> None:
    lacking = submission({key: value for key, value in COMPLETE.items() if key[0] != "AF006"})
    assert objections(lacking) == [("AF006", "", "", Code.PRACTICE_INCOMPLETE, Severity.PRACTICE)]


def test_two_files_that_contradict_each_other_keep_the_practice_out() -> None:
    other = submission({("AF001", REGISTER): 8})
    assert objections(submission(COMPLETE), other) == [
        ("AF001", REGISTER, "9", Code.PRACTICE_CONFLICT, Severity.PRACTICE)
    ]


def test_a_numerator_of_one_file_above_the_denominator_of_another_keeps_the_practice_out() -> None:
    later = submission({("AF006", NUMERATOR): 5}, stamp=20240403000000)
    assert objections(submission(COMPLETE), later) == [
        ("AF006", NUMERATOR, "5", Code.PRACTICE_NUMERATOR, Severity.PRACTICE)
    ]


def test_a_later_file_puts_both_right() -> None:
    wrong = submission({("AF006", NUMERATOR): 5}, stamp=20240403000000)
    right = submission({("AF006", NUMERATOR): 4}, stamp=20240404000000)
    gathered = gather_practice(
        grid=GRID, organisation="A81001", submissions=[wrong, submission(COMPLETE), right], file="", line=0
    )
    assert isinstance(gathered, Submission)
    assert list(gathered.values[: len(COMPLETE)]) == [9, 9, 4, 4]
