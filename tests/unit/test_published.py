"""Published practices are read from the files of either year, and their cash predicted from registers alone."""

from fractions import Fraction
from pathlib import Path

import pytest

from cqrs.cash import compare_cash, paid_cash, predict_cash, with_all_points
from cqrs.full_achievement import full_practices, full_values
from cqrs.points_available import compare_points, points_available
from cqrs.proxies import CONTRACEPTION, HEART_FAILURE, SMOKING, USUAL, Proxies, people
from cqrs.published import YEARS, PublishedPractice, published_practices
from functions.domain.grid import service_grid
from schemas.catalogue import service_document

DOCUMENT = service_document("QOF1819")
INDICATORS = {indicator.code: indicator for indicator in DOCUMENT.indicators}
REGISTERS = dict.fromkeys(
    ("AF", "AST", "CAN", "CHD", "CKD", "COPD", "CVDPP", "DEM", "DEP", "DM", "EP", "HF", "HYP", "LD", "MH", "OB", "OST",
     "PAD", "PC", "RA", "STIA"), 10
)  # fmt: skip


def practice(
    code: str = "A81001", maximum: int | None = 559, achieved: int | None = 55_900, **registers: int
) -> PublishedPractice:
    return PublishedPractice(
        code=code,
        name="",
        list_size=5_000,
        registers={**REGISTERS, **registers},
        sub_icb="",
        icb="",
        region="",
        maximum=maximum,
        achieved=achieved,
    )


def written(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8-sig")


@pytest.mark.parametrize("code", YEARS)
def test_a_year_is_read_from_its_own_files(code: str, tmp_path: Path) -> None:
    year = YEARS[code]
    written(
        tmp_path,
        f"qof_published/{year.registers}",
        "PRACTICE_CODE,INDICATOR_GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PATIENT_LIST_SIZE\n"
        "B1,AF,12,TOTAL,4000\nB1,CKD,0,18OV,3000\nB1,LD,,TOTAL,4000\nA1,AF,,TOTAL,7\n",
    )
    written(
        tmp_path,
        f"qof_published/{year.organisations}",
        f"PRACTICE_CODE,PRACTICE_NAME,CCG_CODE,{year.icb},REGION_CODE,REVISED_MAXIMUM_POINTS\n"
        "B1,The Practice,16C,E54,Y63,553\nA1,Another,16C,E54,Y63,\n",
    )
    written(tmp_path, f"qof_published/{year.achieved}", f"Practice code,{year.score}\nB1,552.75\n")
    another, one = published_practices(folder=tmp_path, year=year)
    assert one == PublishedPractice("B1", "The Practice", 4000, {"AF": 12, "CKD": 0}, "16C", "E54", "Y63", 553, 55_275)
    assert another == PublishedPractice("A1", "Another", 7, {}, "16C", "E54", "Y63", None, None)
    assert (one.calculated, another.calculated) == (True, False)


@pytest.mark.parametrize(
    ("indicator", "areas"),
    [
        ("AF006", ("AF",)),
        ("HF003", ("HF",)),
        ("SMOK002", ("CHD", "PAD", "STIA", "HYP", "DM", "COPD", "CKD", "AST", "MH")),
        ("CON001", ()),
        ("CS002", ()),
    ],
)
def test_what_stands_in_for_the_register_of_an_indicator(indicator: str, areas: tuple[str, ...]) -> None:
    assert USUAL.areas(indicator=INDICATORS[indicator]) == areas
    assert Proxies(everywhere=True).areas(indicator=INDICATORS[indicator]) == ()


def test_registers_that_stand_in_are_added_up_and_the_list_stands_in_for_one_that_is_not_published() -> None:
    one = practice(HF=3, CHD=4)
    assert people(practice=one, areas=("HF", "CHD")) == 7
    assert people(practice=one, areas=("HF", "CON")) == people(practice=one, areas=()) == 5_000


def test_the_values_by_slot_are_those_that_an_extract_would_hold() -> None:
    one, grid = practice(AF=12), service_grid(document=DOCUMENT)
    (made,) = full_practices(practices=[one], document=DOCUMENT, grid=grid, proxies=USUAL)
    for code, indicator in INDICATORS.items():
        for name, value in full_values(practice=one, indicator=indicator, proxies=USUAL):
            assert made.values[grid.numbers[code][name]] == value
    assert [slot for slot in grid.required if made.values[slot] < 0] == []


def test_a_difference_that_is_just_an_unpublished_register_is_explained_and_another_is_not() -> None:
    nation = [practice("A1", 559), practice("A2", 552), practice("A3", 550), practice("A4", 530, AF=0)]
    available = points_available(document=DOCUMENT, practices=nation)
    assert available == {"A1": 55_900, "A2": 55_900, "A3": 55_900, "A4": 53_000}
    comparison = compare_points(document=DOCUMENT, practices=nation, available=available)
    assert (comparison.compared, comparison.equal) == (4, 2)
    assert comparison.differing == {
        "A2": "published 552, ours 559: CON has just these points, and its register is not published",
        "A3": "published 550, ours 559: not explained",
    }


def test_only_practices_with_all_points_in_every_year_are_predicted() -> None:
    first = [practice("A1"), practice("A2", achieved=55_899), practice("A3")]
    second = [practice("A1"), practice("A2"), practice("A4")]
    assert with_all_points(first, second) == ("A1",)


def test_the_cash_of_a_year_follows_from_two_achievement_payments() -> None:
    """With 12 equal months each, in fractions: 70 % uplifted twice, and the balance between."""
    cash = predict_cash(
        first=100_000_00, second=110_000_00, last=service_document("QOF1819"), this=service_document("QOF1920")
    )
    advance = Fraction(100_000_00 * 17926 * 7, 17120 * 10)
    now = Fraction(110_000_00 * 18774 * 7, 17926 * 10)
    assert abs(cash - (now + 110_000_00 - advance)) <= 12


def test_payments_are_read_to_the_penny_and_nothing_paid_is_left_out(tmp_path: Path) -> None:
    written(
        tmp_path,
        "payments/payments_raw_19-20.csv",
        "Practice Code,Total QOF Payments\nA1,93061.5\nA2,0\nA3,-5.1\nA4,1000.015\n",
    )
    paid = paid_cash(folder=tmp_path)
    assert paid == {"A1": 9_306_150, "A2": 0, "A3": -510, "A4": 100_002}
    comparison = compare_cash(predicted=dict.fromkeys(("A1", "A2", "A3", "A4", "A5"), 9_306_150), paid=paid)
    assert [one.practice for one in comparison.cash] == ["A1", "A4"]
    assert set(comparison.left_out) == {"A2", "A3", "A5"}
    assert comparison.cash[0].error == 0


def test_errors_are_shares_of_what_was_paid() -> None:
    comparison = compare_cash(predicted={"A1": 99, "A2": 104, "A3": 106}, paid=dict.fromkeys(("A1", "A2", "A3"), 100))
    assert comparison.median_error == Fraction(4, 100)
    assert comparison.within(Fraction(5, 100)) == 2
    assert comparison.within(Fraction(1, 100)) == 1


def test_the_stand_ins_are_named_as_the_extract_names_the_registers() -> None:
    names = {indicator.fields.register_name for indicator in DOCUMENT.indicators}
    assert {SMOKING, HEART_FAILURE, CONTRACEPTION} <= names
