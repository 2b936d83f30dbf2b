"""The service documents are fit to calculate by, and the linter says exactly what is wrong with one that is not."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from schemas.catalogue import UnknownService, parse_document, service_codes, service_document
from schemas.lint.parameters import uplifted_value
from schemas.linter import document_problems
from schemas.service import Fields, Group, Kind, Prevalence, ServiceDocument, Window
from tests.inputs.document import (
    SFE,
    Change,
    all_of,
    ending,
    with_adjustment,
    with_authority,
    with_decider,
    with_fields,
    with_group,
    with_indicator,
    with_parameter,
    with_protection,
    with_rule,
    with_totals,
    with_unused_source,
    with_year_end,
    without_collections,
)

BROKEN: dict[str, tuple[Change, str]] = {
    "an indicator too few": (
        with_totals(indicators=77),
        "totals: 76 indicators carry points, not 77; add, remove or correct the total.",
    ),
    "points that do not add up": (
        with_totals(points=Decimal(634)),
        "totals: the points add up to 635, not 634; correct an indicator's, or the total.",
    ),
    "a year that ends before it starts": (
        all_of(without_collections, ending(date(2023, 3, 31)), with_parameter("practice_list", value=date(2023, 1, 1))),
        "year: it ends on 2023-03-31 but starts on 2023-04-01; correct one of them.",
    ),
    "a value of a point of another year": (
        with_parameter("value_of_point", date=date(2022, 4, 1)),
        "value_of_point is dated 2022-04-01, but the rule asks for 2023-04-01; take the figure of that date.",
    ),
    "the average list of the wrong January, as in 2014": (
        with_parameter("national_average_list", date=date(2024, 1, 1)),
        "national_average_list is dated 2024-01-01, but the rule asks for 2023-01-01; take the figure of that date.",
    ),
    "practice lists counted on the wrong January": (
        with_parameter("practice_list", value=date(2023, 1, 1)),
        "practice_list is counted on 2023-01-01, but the rule asks for 2024-01-01; take the figure of that date.",
    ),
    "a rule for practice lists of another year": (
        with_parameter("practice_list", date=date(2022, 4, 1)),
        "practice_list is dated 2022-04-01, but the rule asks for 2023-04-01; take the figure of that date.",
    ),
    "an aspiration percentage of another year": (
        with_parameter("aspiration", date=date(2022, 4, 1)),
        "aspiration is dated 2022-04-01, but the rule asks for 2023-04-01; take the figure of that date.",
    ),
    "a value of a point of the year before that is of two years before": (
        with_parameter("previous_value_of_point", date=date(2021, 4, 1)),
        "previous_value_of_point is dated 2021-04-01, but the rule asks for 2022-04-01; take the figure of that date.",
    ),
    "an average list of the right date from the wrong issuer, as in 2014": (
        with_parameter("national_average_list", authority="HSCIC"),
        f"national_average_list was issued by HSCIC, but the rule asks for {SFE}; take the figure issued there.",
    ),
    "a value of a point whose issuer the rule does not ask for": (
        with_authority("value_of_point", "The contract letter"),
        f"value_of_point was issued by {SFE}, but the rule asks for The contract letter; take the figure issued there.",
    ),
    "protection of an indicator without points": (
        with_protection("COPD009MI1"),
        "protection: COPD009MI1 carries no points here; remove it, or correct the code.",
    ),
    "protection of an indicator listed twice": (
        with_protection("AF006", "AF006"),
        "protection: AF006 stands 2 times; keep it once.",
    ),
    "protection at the points of the year itself": (
        with_protection("AF006", points_of="QOF2324"),
        "protection: QOF2324 cannot keep points of itself; name the earlier service.",
    ),
    "a value of a point with a tenth of a penny": (
        with_parameter("value_of_point", value=Decimal("213.431")),
        "value_of_point: 213.431 has more than 2 decimals; give it in pounds and pence.",
    ),
    "a value of a point that the average list does not give": (
        with_parameter("value_of_point", value=Decimal("207.56")),
        "value_of_point: 207.56 is not 156.92 x 9639 / 7087 = 213.43; correct it, or the average list.",
    ),
    "an average list that does not give the value of a point": (
        with_parameter("national_average_list", value=9374),
        "value_of_point: 213.43 is not 156.92 x 9374 / 7087 = 207.56; correct it, or the average list.",
    ),
    "a collection listed twice": (
        lambda document: document.model_copy(update={"collections": (*document.collections, document.collections[-1])}),
        "collection 2024-03-31: it is listed 2 times; keep one.",
    ),
    "a collection after the year": (
        with_year_end(
            achievement_date=date(2024, 4, 1), window=Window(opens=date(2024, 4, 1), closes=date(2024, 6, 30))
        ),
        "collection 2024-04-01: it is not in the year; move it between its first day and its last.",
    ),
    "a window that opens before there is anything to collect": (
        with_year_end(window=Window(opens=date(2024, 3, 30), closes=date(2024, 6, 30))),
        "collection 2024-03-31: its window opens on 2024-03-30, before that date; open it on the date or later.",
    ),
    "a window that closes before it opens": (
        with_year_end(window=Window(opens=date(2024, 4, 2), closes=date(2024, 4, 1))),
        "collection 2024-03-31: its window closes on 2024-04-01 but opens on 2024-04-02; correct one of them.",
    ),
    "a group listed twice": (
        lambda document: document.model_copy(update={"groups": (*document.groups, document.groups[0])}),
        "group AF: it is listed 2 times; keep one.",
    ),
    "a group without indicators": (
        with_group(Group(code="GOUT", name="Gout", source="calendar")),
        "group GOUT: no indicator belongs to it; remove it, or correct the indicators' groups.",
    ),
    "an indicator of an unknown group": (
        with_indicator("AF008", group="GOUT"),
        "AF008: there is no group GOUT; add it to the groups, or correct the code.",
    ),
    "a group decided by another group's register": (
        with_decider("AF", "CHD001"),
        "group AF: CHD001 is not one of its indicators with points; name one whose register decides.",
    ),
    "a group decided by an indicator without a register": (
        with_decider("SMOK", "SMOK004"),
        "group SMOK: SMOK004 decides it but has no register; name its register, or another.",
    ),
    "two indicators of one code": (
        with_indicator("AF008", code="AF006"),
        "AF006: 2 indicators have this code; give each its own.",
    ),
    "an indicator worth nothing": (
        all_of(with_indicator("AF008", points=Decimal(0)), with_totals(points=Decimal(623))),
        "AF008: it carries 0 points; give it more, or make it information.",
    ),
    "points with a third decimal": (
        all_of(with_indicator("AF008", points=Decimal("12.005")), with_totals(points=Decimal("635.005"))),
        "AF008: points 12.005 has more than 2 decimals; the calculation holds 2, so correct it.",
    ),
    "management information that carries points": (
        with_indicator("COPD009MI1", points=Decimal(1)),
        "COPD009MI1: management information carries no points; set its points to 0.",
    ),
    "a fraction without a lower threshold": (
        with_indicator("AF008", lower=None),
        "AF008: a fraction needs a lower and an upper threshold and their source; add them.",
    ),
    "a register with thresholds": (
        with_indicator("AF001", lower=Decimal(40), upper=Decimal(90)),
        "AF001: only a fraction has thresholds with a source; remove them, or change the kind.",
    ),
    "thresholds that meet": (
        with_indicator("AF008", lower=Decimal(95)),
        "AF008: the lower threshold 95 is not below the upper 95; correct one of them.",
    ),
    "a threshold below nothing": (
        with_indicator("AF008", lower=Decimal(-1)),
        "AF008: the lower threshold -1 is not between 0 and 100 percent; correct it.",
    ),
    "a threshold above everybody": (
        with_indicator("AF008", upper=Decimal("100.5")),
        "AF008: the upper threshold 100.5 is not between 0 and 100 percent; correct it.",
    ),
    "a threshold with a third decimal": (
        with_indicator("AF008", lower=Decimal("70.125")),
        "AF008: lower threshold 70.125 has more than 2 decimals; the calculation holds 2, so correct it.",
    ),
    "a step that no kind but stepped has": (
        with_indicator("AF008", step=Decimal(3)),
        "AF008: only a stepped indicator has a step; remove it, or change the kind.",
    ),
    "a stepped indicator without its step": (
        with_indicator("AF008", kind=Kind.STEPPED),
        "AF008: a stepped indicator needs its points on reaching the lower threshold; add step.",
    ),
    "a step worth all the points": (
        with_indicator("AF008", kind=Kind.STEPPED, step=Decimal(12)),
        "AF008: its step of 12 is not between 0 and its 12 points; correct one.",
    ),
    "a step worth nothing": (
        with_indicator("AF008", kind=Kind.STEPPED, step=Decimal(0)),
        "AF008: its step of 0 is not between 0 and its 12 points; correct one.",
    ),
    "a step with a third decimal": (
        with_indicator("AF008", kind=Kind.STEPPED, step=Decimal("3.005")),
        "AF008: step 3.005 has more than 2 decimals; the calculation holds 2, so correct it.",
    ),
    "a lower-is-better indicator without an upper threshold": (
        with_indicator("AF008", kind=Kind.LOWER_IS_BETTER, upper=None),
        "AF008: a fraction needs a lower and an upper threshold and their source; add them.",
    ),
    "prevalence of a register that is not sent": (
        with_indicator("SMOK004", prevalence=Prevalence.OWN_REGISTER),
        "SMOK004: its own register adjusts it, but it has none; name it, or set prevalence to none.",
    ),
    "a fraction without a numerator": (
        with_fields("AF008", numerator=None),
        "AF008: a fraction indicator is worked out from its numerator; add its name to fields.",
    ),
    "a yes or no without a flag": (
        with_fields("QI013", flag=None),
        "QI013: a yes_no indicator is worked out from its flag; add its name to fields.",
    ),
    "a register with a denominator": (
        with_fields("AF001", denominator="Denominator"),
        "AF001: a register indicator has no denominator; remove 'Denominator' from fields.",
    ),
    "a rule listed twice": (
        with_rule("AF008", "REG1_DAT3"),
        "AF008: 'REG1_DAT3' stands 2 times among its fields and rules; keep it once.",
    ),
    "a rule named like a required value": (
        with_rule("AF008", "Numerator"),
        "AF008: 'Numerator' stands 2 times among its fields and rules; keep it once.",
    ),
    "a stepped indicator without a denominator": (
        all_of(
            with_indicator("AF008", kind=Kind.STEPPED, step=Decimal(3), cohort=False),
            with_fields("AF008", denominator=None),
        ),
        "AF008: a stepped indicator is worked out from its denominator; add its name to fields.",
    ),
    "a cohort without the register that it is": (
        with_indicator("BP002", cohort=True, fields=Fields(numerator="Numerator", denominator="Denominator")),
        "BP002: a cohort is a register with a denominator; name both in fields, or remove cohort.",
    ),
    "a lower-is-better indicator with a flag": (
        all_of(with_indicator("AF008", kind=Kind.LOWER_IS_BETTER), with_fields("AF008", flag="Yes/No Flag")),
        "AF008: a lower_is_better indicator has no flag; remove 'Yes/No Flag' from fields.",
    ),
    "an adjustment that no indicator has": (
        with_adjustment("GOUT_DAT"),
        "adjustment GOUT_DAT: no indicator has this rule; remove it, or correct the name.",
    ),
    "a source that is not listed": (
        with_indicator("AF006", threshold_source="hearsay"),
        "AF006 thresholds: there is no source 'hearsay'; add it, or correct the key.",
    ),
    "a source that nothing cites": (
        with_unused_source,
        "source 'hearsay': nothing cites it; cite it where it belongs, or remove it.",
    ),
}


@pytest.mark.parametrize("code", service_codes())
def test_every_service_document_is_fit_to_calculate_by(code: str) -> None:
    assert document_problems(document=service_document(code)) == ()


@pytest.mark.parametrize(("change", "sentence"), BROKEN.values(), ids=BROKEN)
def test_the_linter_says_what_is_wrong_where_and_what_to_do(change: Change, sentence: str) -> None:
    assert document_problems(document=change(service_document("QOF2324"))) == (sentence,)


FIT: dict[str, Change] = {
    "a stepped indicator": with_indicator("AF008", kind=Kind.STEPPED, step=Decimal(3)),
    "a lower-is-better indicator": with_indicator("AF008", kind=Kind.LOWER_IS_BETTER),
    "protection of two indicators": with_protection("AF006", "AF008"),
    "no word about an adjustment": lambda document: document.model_copy(
        update={"adjustments": {name: given for name, given in document.adjustments.items() if name != "REG1_DAT3"}}
    ),
}


@pytest.mark.parametrize("change", FIT.values(), ids=FIT)
def test_the_linter_lets_pass_what_the_language_allows(change: Change) -> None:
    assert document_problems(document=change(service_document("QOF2324"))) == ()


@pytest.mark.parametrize("code", service_codes())
def test_every_figure_is_exactly_the_text_that_stands_in_the_document(code: str) -> None:
    text = files("schemas").joinpath("services", f"{code}.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text, parse_float=str)
    document = service_document(code)
    assert str(document.parameters.value_of_point.value) == written["parameters"]["value_of_point"]["value"]
    for indicator, entry in zip(document.indicators, written["indicators"], strict=True):
        assert _figures(indicator.model_dump()) == _figures(entry)


def test_a_figure_with_decimals_stays_a_decimal() -> None:
    text = files("schemas").joinpath("services", "QOF2324.toml").read_text(encoding="utf-8")
    document = parse_document(text.replace("lower = 70\nupper = 95", "lower = 57.1\nupper = 95", 1))
    assert next(i.lower for i in document.indicators if i.code == "AF008") == Decimal("57.1")


@pytest.mark.parametrize("code", service_codes())
def test_a_document_printed_as_json_reads_back_the_same(code: str) -> None:
    document = service_document(code)
    assert ServiceDocument.model_validate_json(document.model_dump_json(by_alias=True)) == document


@pytest.mark.parametrize(
    ("people", "value"),
    [
        (7087, "156.92"),
        (7233, "160.15"),
        (7460, "165.18"),
        (7732, "171.20"),
        (8096, "179.26"),
        (8479, "187.74"),
        (8799, "194.83"),
        (9085, "201.16"),
        (9374, "207.56"),
        (9639, "213.43"),
        (9964, "220.62"),
        (10184, "225.49"),
    ],
)
def test_the_value_of_a_point_follows_the_average_list_as_published(people: int, value: str) -> None:
    assert str(uplifted_value(people=people)) == value


def test_an_unknown_service_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownService, match=r"There is no service QOF0304; known are QOF1718, QOF1819, .*QOF2526\."):
        service_document("QOF0304")


@pytest.mark.parametrize(("people", "value"), [(10183, "225.47"), (10185, "225.52")])
def test_one_list_alone_gives_the_value_of_a_point_of_2025_26(people: int, value: str) -> None:
    assert str(uplifted_value(people=people)) == value != "225.49"


def _figures(entry: dict[str, Any]) -> tuple[str | None, ...]:
    return tuple(None if entry.get(name) is None else str(entry[name]) for name in ("points", "lower", "upper"))
