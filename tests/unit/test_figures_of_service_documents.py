"""Parameters and thresholds that are out of their range, or in another unit, are refused before anything uses them."""

from decimal import Decimal
from importlib.resources import files

import pytest
from pydantic import ValidationError

from schemas.catalogue import parse_document, service_document
from schemas.gates import Gates, Threshold
from schemas.lint.gates import BOUNDS
from schemas.lint.parameters import UNITS
from schemas.linter import document_problems
from schemas.service import Parameters
from tests.inputs.document import Change, all_of, with_authority, with_parameter, with_threshold

PERCENT = "between 0 and 100 percent"
DECIMALS = "has more than 2 decimals"
BROKEN: dict[str, tuple[Change, str]] = {
    "a value of a point of the year before that is nothing": (
        with_parameter("previous_value_of_point", value=Decimal(0)),
        "previous_value_of_point: 0 is not above 0; correct it.",
    ),
    "a value of a point of the year before with figures exchanged": (
        with_parameter("previous_value_of_point", value=Decimal("20.56")),
        "previous_value_of_point: 20.56 is not 156.92 x 9374 / 7087 = 207.56; correct it, or the list on record.",
    ),
    "a value of a point of the year before with a tenth of a penny": (
        with_parameter("previous_value_of_point", value=Decimal("207.561")),
        f"previous_value_of_point: 207.561 {DECIMALS}; give it in pounds and pence.",
    ),
    "an aspiration below nothing": (
        with_parameter("aspiration", value=Decimal(-70)),
        f"aspiration: -70 is not {PERCENT}; correct it.",
    ),
    "an aspiration of seven times last year's payment": (
        with_parameter("aspiration", value=Decimal(700)),
        f"aspiration: 700 is not {PERCENT}; correct it.",
    ),
    "an aspiration with a third decimal": (
        with_parameter("aspiration", value=Decimal("70.123")),
        f"aspiration: 70.123 {DECIMALS}; the calculation holds 2, so correct it.",
    ),
    "an average list of nobody": (
        with_parameter("national_average_list", value=0),
        "national_average_list: 0 is not above 0; correct it.",
    ),
    "a value of a point below nothing": (
        with_parameter("value_of_point", value=Decimal("-213.43")),
        "value_of_point: -213.43 is not above 0; correct it.",
    ),
    "a value of a point in pence": (
        with_parameter("value_of_point", unit="pence a point"),
        "value_of_point is in 'pence a point', but it is calculated with in 'pounds a point'; convert it.",
    ),
    "a factor of nothing": (
        with_threshold("practice_movement", "0"),
        "gate practice_movement: 0 is not a factor of at least 1; correct it.",
    ),
    "more than everybody": (
        with_threshold("coverage", "980"),
        f"gate coverage: 980 is not {PERCENT}; correct it.",
    ),
    "fewer than nobody": (
        with_threshold("early_submissions", "-1"),
        f"gate early_submissions: -1 is not {PERCENT}; correct it.",
    ),
    "half a person": (
        with_threshold("smallest_register", "0.5"),
        "gate smallest_register: 0.5 is not a whole number of at least 1; correct it.",
    ),
    "a person and a half": (
        with_threshold("smallest_register", "1.5"),
        "gate smallest_register: 1.5 is not a whole number of at least 1; correct it.",
    ),
    "less than no money": (
        with_threshold("influence", "-1"),
        "gate influence: -1 is not at least 0 pounds; correct it.",
    ),
}
FIT = {
    "all of last year's payment": with_parameter("aspiration", value=Decimal(100)),
    "none of last year's payment": with_parameter("aspiration", value=Decimal(0)),
    "everybody": with_threshold("coverage", "100"),
    "a half of a percent": with_threshold("early_submissions", "0.5"),
    "any movement": with_threshold("supplier_movement", "1"),
}


@pytest.mark.parametrize(("change", "sentence"), BROKEN.values(), ids=BROKEN)
def test_the_linter_names_a_figure_that_nothing_can_be_calculated_with(change: Change, sentence: str) -> None:
    assert document_problems(document=change(service_document("QOF2324"))) == (sentence,)


@pytest.mark.parametrize("change", FIT.values(), ids=FIT)
def test_the_linter_lets_pass_what_is_within_its_bounds(change: Change) -> None:
    assert document_problems(document=change(service_document("QOF2324"))) == ()


def test_a_list_and_a_value_that_are_both_below_nothing_do_not_make_each_other_right() -> None:
    change = with_parameter("national_average_list", value=-9639)
    document = with_parameter("value_of_point", value=Decimal("-213.43"))(change(service_document("QOF2324")))
    assert document_problems(document=document) == (
        "value_of_point: -213.43 is not above 0; correct it.",
        "national_average_list: -9639 is not above 0; correct it.",
    )


def test_a_value_of_the_year_before_whose_list_is_on_no_record_cannot_be_checked() -> None:
    lists = with_authority("national_average_list", "Somebody else")
    given = with_parameter("national_average_list", authority="Somebody else")
    changed = all_of(lists, given, with_parameter("previous_value_of_point", value=Decimal("165.19")))
    assert document_problems(document=changed(service_document("QOF2324"))) == ()


def test_every_parameter_has_its_unit_and_every_threshold_its_bounds() -> None:
    assert list(UNITS) == list(Parameters.model_fields)
    thresholds = {name for name, field in Gates.model_fields.items() if field.annotation is Threshold}
    assert set(BOUNDS) == thresholds


def test_a_source_of_blanks_is_none() -> None:
    text = files("schemas").joinpath("services", "QOF2324.toml").read_text(encoding="utf-8")
    blank = text.replace(
        'text = "From memory of the QOF guidance; no public copy was found to check it against."', 'text = " "'
    )
    assert blank != text
    with pytest.raises(ValidationError, match="at least 1 character"):
        parse_document(blank)
