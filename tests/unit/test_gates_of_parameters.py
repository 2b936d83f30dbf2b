"""The figures that a document gives, and the points that it protects, against what is known of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from functions.domain.calculate.inputs import FixedPoints
from functions.domain.gate.inspecting import inspect
from schemas.average_list import average_lists
from schemas.inspection import Finding, Gate
from schemas.protection import Protection, WithoutEarlier
from schemas.service import ServiceDocument
from tests.inputs.gate_nation import frozen
from tests.inputs.inspected_nation import DAY, DOCUMENT, NATION, held, inspected, the


def with_list(people: int, counted: date, authority: str = "Statement of Financial Entitlements") -> ServiceDocument:
    given = DOCUMENT.parameters.national_average_list.model_copy(
        update={"value": people, "date": counted, "authority": authority}
    )
    parameters = DOCUMENT.parameters.model_copy(update={"national_average_list": given})
    return DOCUMENT.model_copy(update={"parameters": parameters})


def test_a_list_of_the_next_january_is_named_as_the_wrong_one() -> None:
    found = inspected(document=with_list(9964, date(2024, 1, 1)))
    assert held(found) == [(Gate.PARAMETERS, None)]
    assert "the wrong January. 9,964 is the average list of 1 January 2024" in found[0].cause
    assert "It gives 9,964, but the average list of 1 January 2023 is 9,639." in found[0].cause


def test_a_list_of_another_january_under_the_right_date_is_named_all_the_same() -> None:
    found = inspected(document=with_list(9964, date(2023, 1, 1)))
    assert "the wrong January. 9,964 is the average list of 1 January 2024" in found[0].cause


def test_the_right_figure_from_another_issuer_is_held_and_costs_nothing() -> None:
    found = inspected(document=with_list(9639, date(2023, 1, 1), "A spreadsheet"))
    assert "the right January from the wrong source" in found[0].cause
    assert found[0].effect is not None
    assert found[0].effect.everybody == 0


def test_a_figure_that_nobody_published_is_on_no_record() -> None:
    found = inspected(document=with_list(9600, date(2023, 1, 1)))
    assert "9,600 is on no record. It gives 9,600" in found[0].cause


def test_a_value_of_a_point_that_belongs_to_another_list_is_held_with_its_worth() -> None:
    value = DOCUMENT.parameters.value_of_point.model_copy(update={"value": Decimal("220.62")})
    wrong = DOCUMENT.model_copy(update={"parameters": DOCUMENT.parameters.model_copy(update={"value_of_point": value})})
    found = inspected(document=wrong)
    assert found[0].cause.startswith("value_of_point: 220.62 is not 156.92 x 9639 / 7087 = 213.43")
    assert found[0].effect is not None
    assert found[0].effect.against == "the same run with an average list of 9,964"
    assert found[0].effect.everybody > 0


def protecting() -> ServiceDocument:
    protection = Protection(
        indicators=("AF001", "AF006"), points_of="QOF2223", without_earlier=WithoutEarlier.AS_ACHIEVED,
        author="NHS England", reason="a test", source="gate-thresholds",
    )  # fmt: skip
    return DOCUMENT.model_copy(update={"protection": protection})


def test_protected_points_that_nobody_has_hold_the_run() -> None:
    found = inspected(document=protecting())
    assert held(found) == [(Gate.PROTECTION, None)]
    assert "2 indicators are protected at the points of QOF2223, but no practice has earlier points" in found[0].cause


EARLIER = {code: FixedPoints(500, "protection-run") for code in ("AF001", "AF006")}


def protected(having: Callable[[int], Mapping[str, FixedPoints]]) -> tuple[Finding, ...]:
    """What is found in the nation when its practices have these points fixed, by their number."""
    practices = [replace(one, fixed=having(number)) for number, one in enumerate(frozen(NATION))]
    return inspect(
        document=protecting(), achievement_date=DAY, practices=practices, left_out={}, last=None,
        average_lists=average_lists(),
    )  # fmt: skip


def test_a_practice_without_earlier_points_is_named_where_others_have_some() -> None:
    found = protected(lambda number: EARLIER if number else {})
    assert held(found) == []
    assert the(found, Gate.PROTECTION).practices == (min(NATION),)


def test_earlier_points_that_a_part_of_the_nation_lacks_hold_the_run() -> None:
    found = protected(lambda number: EARLIER if number % 4 else {})
    assert held(found) == [(Gate.PROTECTION, None)]
    assert "practices have earlier points for all of them, 75.00 %; coverage asks for 98 %. " in found[0].cause


def test_a_decision_about_one_protected_indicator_does_not_stand_for_the_protection_of_the_others() -> None:
    found = protected(lambda _: {"AF001": FixedPoints(250, "decision")})
    assert held(found) == [(Gate.PROTECTION, None)]
