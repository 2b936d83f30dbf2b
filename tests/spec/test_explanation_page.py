"""What a practice manager reads: one small practice, explained from the total to the line of the file."""

import csv
import io
from decimal import Decimal

import pytest

from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.evidence.national import national_figures
from functions.domain.evidence.working import run_engine, worked_practice, working_from_line
from functions.domain.explain.explaining import explanation
from functions.domain.explain.hiding import without_pounds
from functions.domain.explain.page import page
from functions.domain.explain.rows import COLUMNS, explanation_csv
from schemas.decision import PointsDecision
from schemas.explanation import Explanation
from schemas.service import Adjustment, AdjustmentKind, ServiceDocument
from tests.inputs.frozen import frozen_practice, run_of
from tests.inputs.service import small_service

REGISTER = "Atrial Fibrillation Register"
SAID = "Patient chose not to receive atrial fibrillation quality indicator care."
DOCUMENT = small_service("AF001", "AF006", "PC001", "QI013").model_copy(
    update={
        "adjustments": {
            "AFIBPCADEC": Adjustment(
                kind=AdjustmentKind.PERSONALISED_CARE, text=SAID, source=small_service("AF001").totals.source
            )
        }
    }
)
COUNTS = {
    ("AF001", REGISTER): 210,
    ("AF006", REGISTER): 210,
    ("AF006", "Numerator"): 2,
    ("AF006", "Denominator"): 3,
    ("AF006", "AFIBPCADEC"): 200,
    ("AF006", "DIAG1_DAT"): 4,
    ("PC001", "Palliative Care Register"): 0,
    ("QI013", "Yes/No Flag"): 1,
}
DECISION = PointsDecision(
    id="D-7", service="QOF2324", achievement_date=DOCUMENT.year.ends, organisation="*", indicator="QI013", points=2700,
    author="NHS England", reason="Data faults kept practices from showing what they did.",
    source="Letter of 3 May 2024.",
)  # fmt: skip


def explained(**more: object) -> Explanation:
    """The practice of these counts beside one of the same list with a register of 630, in a run of the two."""
    one = frozen_practice(DOCUMENT, COUNTS, size=10_000, **more)  # type: ignore[arg-type]  # as the story gives them
    other = frozen_practice(DOCUMENT, {("AF001", REGISTER): 630, ("AF006", REGISTER): 630}, code="A81002", size=10_000)
    return run_explained(one, other)


def run_explained(one: FrozenPractice, other: FrozenPractice, *, document: ServiceDocument = DOCUMENT) -> Explanation:
    frozen = run_of(document, (one, other))
    figures = national_figures(rules=frozen.rules, practices=frozen.practices)
    engine = run_engine(document=document, national=figures.prevalence)
    worked = worked_practice(engine=engine, line=frozen.inputs.splitlines()[0])
    working = working_from_line(rules=frozen.rules, line=worked.line)
    return explanation(
        run=frozen.run, document=document, rules=frozen.rules, national=figures, working=working,
    )  # fmt: skip


TOP = """\
How the payment of practice A81001 came about
=============================================

Payment        £7,240.54
Points         38.40 of 47.00 that were available to this practice
Still to gain  8.60 points, worth £1,284.26 here
Service        Quality and Outcomes Framework 2023/24 (QOF2324)
Achieved at    31 March 2024, in a PAYMENT run
List           10,000 people registered on 1 January 2024
Contract       open all year

Every indicator: points and pounds
==================================

Pounds are points x £213.43 x the prevalence factor x the list factor. Counted is the numerator, the
register or the flag; From-to are the thresholds, in per cent. The amounts are shown to four
decimals and add up to the payment; what was rounded on the way is a line of its own.

Indicator  Counted  Of        %  From-to  Points  Offered  Prevalence      List      Pounds
---------  -------  --  -------  -------  ------  -------  ----------  --------  ----------
AF001          210                          5.00        5    0.500000  1.037452    553.5585
AF006            2   3  66.6667    40-90    6.40       12    0.500000  1.037452    708.5548
PC001            0                          0.00        3           1  1.037452      0.0000
QI013            1                         27.00       27           1  1.037452  5,978.4314
rounding                                                                            -0.0047
Payment                                    38.40                                 7,240.5400
"""

LEFT = """\
Indicator  Points left   Worth  Next: points  Pounds
---------  -----------  ------  ------------  ------
AF006             5.60  619.99          5.60  619.99
PC001             3.00  664.27             -       -
"""

AF006 = """\
  Why: 12 x (100 x 2 / 3 - 40) / (90 - 40) = 6.40 points, half up.
  One more patient in the numerator earns 5.60 points, £619.99.
  Points: see source 1, thresholds 40 % and 90 %: see source 2 (third party, needs a citation).
     Count   File: line  Submitted            What
       210         1: 3  02/04/2024 11:19:50  on the register: Atrial Fibrillation Register
  not sent                                    AFIBINV1, taken out, of a kind that is not known
      -200         1: 7  02/04/2024 11:19:50  AFIBPCADEC, personalised care adjustment: Patient
                                              chose not to receive atrial fibrillation quality
                                              indicator care.
  not sent                                    AFIBPCAPU, taken out, of a kind that is not known
  not sent                                    CHAD_VAL2, taken out, of a kind that is not known
        -4        1: 10  02/04/2024 11:19:50  DIAG1_DAT, taken out, of a kind that is not known
  not sent                                    REG1_DAT3, taken out, of a kind that is not known
        -3                                    not explained: No count says why these people on the
                                              register are not in the denominator.
         3         1: 5  02/04/2024 11:19:50  in the denominator
         2         1: 4  02/04/2024 11:19:50  Numerator
"""

END = """\
Which calculation this is
=========================

Run            {run}
Inputs         {inputs}
Definition     QOF2324, {document}
Code           this code
Frozen at      02/04/2024 12:00:00 UTC
Practices      2 calculated, 0 left out with their reason
"""


def test_the_total_comes_first_and_the_amounts_add_up_to_it() -> None:
    assert page(explanation=explained()).startswith(TOP)


def test_what_more_would_earn_is_told_for_each_indicator_with_points_left() -> None:
    assert LEFT in page(explanation=explained())


def test_every_count_stands_beside_its_line_and_what_no_count_explains_is_said() -> None:
    assert AF006 in page(explanation=explained())


def test_the_page_ends_with_what_the_run_was_made_from() -> None:
    told = explained()
    run = told.run
    end = END.format(run=run.id, inputs=run.inputs, document=run.document)
    assert end in page(explanation=told)


def test_counts_that_overlap_are_never_made_to_fit() -> None:
    counts = {**COUNTS, ("AF006", "DIAG1_DAT"): 100}
    other = frozen_practice(DOCUMENT, {}, code="A81002")
    told = run_explained(frozen_practice(DOCUMENT, counts), other)
    assert "       +93                                    not explained: The counts above take out more" in page(
        explanation=told
    )


def test_every_clinical_area_whose_points_are_not_available_is_named_with_the_register_that_decides() -> None:
    """Of the small document only atrial fibrillation has an indicator that decides."""
    empty = {("AF001", REGISTER): 0, ("AF006", REGISTER): 0, ("QI013", "Yes/No Flag"): 1}
    other = frozen_practice(DOCUMENT, COUNTS, code="A81002")
    told = run_explained(frozen_practice(DOCUMENT, empty), other)
    (group,) = told.unavailable
    assert (group.code, group.decided_by, group.register_name, group.points) == ("AF", "AF001", REGISTER, "17.00")
    assert Decimal(told.offered) - Decimal(group.points) == Decimal(told.available)
    assert (
        "Points         27.00 of 30.00 that were available to this practice\n"
        "Not available  17.00 of 47.00: Atrial fibrillation (AF), for nobody is on its register (Atrial\n"
        "               Fibrillation Register of AF001)\n"
    ) in page(explanation=told)
    rows = list(csv.reader(io.StringIO(explanation_csv(explanation=told).decode())))
    assert ["not available", "AF001", "AF: Atrial fibrillation", "17.00", "points"] in [row[:5] for row in rows]
    assert explained().unavailable == ()


def test_points_that_a_decision_gives_in_such_an_area_were_available() -> None:
    empty = {("AF001", REGISTER): 0, ("AF006", REGISTER): 0}
    one = frozen_practice(DOCUMENT, empty, fixed={"AF006": FixedPoints(300, "D-7")})
    told = run_explained(one, frozen_practice(DOCUMENT, COUNTS, code="A81002"))
    assert [group.points for group in told.unavailable] == ["14.00"]
    assert Decimal(told.offered) - 14 == Decimal(told.available)


def test_a_practice_without_a_list_is_told_why_it_is_paid_nothing() -> None:
    other = frozen_practice(DOCUMENT, COUNTS, code="A81002")
    told = run_explained(frozen_practice(DOCUMENT, COUNTS, size=0), other)
    assert told.payment == "0.00"
    assert "Note           The list is 0, so nothing is paid, whatever the points.\n" in page(explanation=told)
    assert 'summary,,note,"The list is 0, so nothing is paid' in explanation_csv(explanation=told).decode()


def test_a_run_of_national_figures_ends_where_an_indicator_has_none_or_another_area_begins() -> None:
    document = small_service("AF001", "AF006", "SMOK002", "SMOK004", "SMOK005", "STIA001")
    empty = frozen_practice(document, {})
    told = page(explanation=run_explained(empty, frozen_practice(document, {}, code="A81002"), document=document))
    national = told[told.index("National prevalence\n") :].split("\n\n")[2].splitlines()
    assert [line.split("  ")[0] for line in national[2:]] == ["AF001 to AF006", "SMOK002", "SMOK005", "STIA001"]


def test_the_figures_of_the_year_are_dated_in_words_and_name_their_authority() -> None:
    told = page(explanation=explained())
    assert "practice list: 1 January 2024, day on which each list is counted\n" in told
    assert "  As at 1 April 2023. Authority: Statement of Financial Entitlements.\n" in told


def test_a_count_that_takes_nobody_out_is_nought_without_a_sign() -> None:
    counts = {**COUNTS, ("AF006", "DIAG1_DAT"): 0}
    told = page(explanation=run_explained(frozen_practice(DOCUMENT, counts), frozen_practice(DOCUMENT, {}, code="B")))
    assert "         0        1: 10  02/04/2024 11:19:50  DIAG1_DAT, taken out" in told


def test_a_reason_without_a_full_stop_is_given_one() -> None:
    decision = DECISION.model_copy(update={"reason": "Data faults", "author": "NHS England"})
    told = page(explanation=explained(fixed={"QI013": FixedPoints(2700, "D-7")}, decisions=(decision,)))
    assert "D-7: Data faults. Decided by NHS England. Letter of 3 May 2024." in told


def test_points_fixed_by_a_decision_stand_beside_those_of_the_counts_with_who_decided_why() -> None:
    told = page(
        explanation=explained(
            fixed={"QI013": FixedPoints(2700, "D-7"), "PC001": FixedPoints(150, "D-8")}, decisions=(DECISION,)
        )
    )
    assert (
        "Indicator  From counts  Decided  Decision\n"
        "---------  -----------  -------  --------\n"
        "PC001             0.00     1.50  D-8\n"
        "QI013            27.00    27.00  D-7\n"
    ) in told
    decided = "D-7: Data faults kept practices from showing what they did. Decided by NHS England. Letter of 3 May"
    assert decided in told


def test_a_contract_open_for_part_of_the_year_says_so() -> None:
    told = page(explanation=explained(days_open=183))
    assert "Contract       open on 183 of the 366 days of the year\n" in told
    assert "x the share of the year" in told


@pytest.mark.parametrize("more", [{}, {"days_open": 1}, {"fixed": {"AF001": FixedPoints(100, "D-7")}}])
def test_no_line_is_wider_than_a_hundred_columns(more: dict[str, object]) -> None:
    for told in (explained(**more), without_pounds(explanation=explained(**more))):
        assert max(map(len, page(explanation=told).splitlines())) <= 100


def test_for_those_who_see_points_alone_nothing_is_left_from_which_pounds_follow() -> None:
    told = without_pounds(explanation=explained())
    words = page(explanation=told) + explanation_csv(explanation=told).decode() + told.model_dump_json()
    for secret in ("7,240.54", "7240.54", "619.99", "1284.26", "1,284.26", "553.55", "213.43", "1.037452", "0.500000",
                   "0.042", "9639", "9,639"):  # fmt: skip
        assert secret not in words, secret
    assert told.points == "38.40"
    assert "5.60" in words


def test_the_rows_hold_every_figure_of_the_page_with_its_source() -> None:
    told = explained()
    header, *rows = csv.reader(io.StringIO(explanation_csv(explanation=told).decode()))
    assert tuple(header) == COLUMNS
    assert rows[0][:5] == ["summary", "", "payment", "7240.54", "pounds"]
    numerator = ["count", "AF006", "Numerator", "2", "people", "april.csv", "4", "2024-04-02 11:19:50"]
    assert [row[:8] for row in rows if row[:3] == ["count", "AF006", "Numerator"]] == [numerator]
    value = next(row for row in rows if row[:3] == ["figure", "", "value of point"])
    assert value[3:5] == ["213.43", "pounds a point"]
    assert value[8:10] == ["2023-04-01", "cited"]
    assert ["national", "AF001", "prevalence", "0.042000000000"] in [row[:4] for row in rows]


def test_the_data_hold_the_same_and_can_be_read_back() -> None:
    told = explained()
    assert Explanation.model_validate_json(told.model_dump_json()) == told
    assert (told.left.points, told.left.pounds) == ("8.60", "1284.26")
    assert [step.people for step in told.lines[1].steps] == [210, None, 200, None, None, 4, None, 3, 3]
