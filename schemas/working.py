"""The working: how a practice's payment came about, a line an indicator and a line for the rounding."""

from typing import NamedTuple


class WorkingLine(NamedTuple):
    """One line: every input and factor of an amount, and the sentence that says why the points are what they are.

    Figures are text so that they read the same everywhere; blank where a line has no such figure. `percent`,
    `lower` and `upper` in percent; `offered`, `extracted_points` (what the counts earn) and `points` (what is paid,
    which a decision may have fixed) in points; `value_of_point` and `amount` in pounds, the amount to four decimals.
    prevalence factor = (register / practice list) / national prevalence; list factor = practice list / national
    average list; `part_of_year` the days that the contract was open of those in the year, such as 200/366.
    """

    indicator: str
    kind: str
    register: str
    numerator: str
    denominator: str
    flag: str
    percent: str
    lower: str
    upper: str
    offered: str
    extracted_points: str
    points: str
    value_of_point: str
    practice_list: str
    national_prevalence: str
    prevalence_factor: str
    national_average_list: str
    list_factor: str
    part_of_year: str
    amount: str
    reason: str


ROUNDING = "rounding"  # the name of the last line, which makes the lines add up to the payment
EVERYTHING = "everything"  # the name of the last gain


class Gain(NamedTuple):
    """What more would earn on one indicator, at the practice's own list and prevalence.

    `next_points` and `next_pounds`: what one more patient in the numerator earns (one fewer where lower is better);
    blank where none can, and `next_reason` says why. `left_points` and `left_pounds`: what the indicator offers and the
    practice did not earn; blank where it cannot be earned. The last gain, `EVERYTHING`, is all that is left together:
    its pounds are worked out as one payment, so that they may differ by pennies from the sum of the others.
    """

    indicator: str
    next_points: str
    next_pounds: str
    next_reason: str
    left_points: str
    left_pounds: str
