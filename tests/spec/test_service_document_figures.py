"""Every figure of the service documents is the one in the shared indicator tables and published layouts."""

import csv
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.catalogue import service_codes, service_document
from schemas.service import AdjustmentKind, Indicator, Mark, Prevalence, ServiceDocument

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CQRS_SHARED", ROOT.parent / "shared"))
FIGURES = SHARED / "domain" / "figures"
LAYOUT = SHARED / "data" / "cqrs_layout"
PUBLISHED = SHARED / "data" / "qof_published"

pytestmark = pytest.mark.skipif(
    not FIGURES.is_dir(), reason="the shared figures are not here; set CQRS_SHARED to the folder that holds them"
)

MARKS = {
    "C": Mark.CITED,
    "V": Mark.ARITHMETIC,
    "T": Mark.THIRD_PARTY,
    "A": Mark.ASSUMED,
    "U": Mark.UNVERIFIED,
    "NOT FOUND": Mark.UNVERIFIED,
}
PREVALENCE = {"Y": Prevalence.OWN_REGISTER, "N": Prevalence.NONE}
NO_THRESHOLD_FOUND = {"MH021": ("50", "90")}  # no source prints them; the rules say which to use meanwhile
RENUMBERED = {"AST011": "AST012", "DM022": "DM034", "DM023": "DM035", "DM033": "DM036"}  # in 2025/26
ADJUSTMENTS = {"PCA": AdjustmentKind.PERSONALISED_CARE, "Exclusion": AdjustmentKind.EXCLUSION}


class Year(NamedTuple):
    code: str
    label: str
    figures: str


YEARS = (
    Year("QOF1718", "2017/18", "qof_2017_18_indicators.csv"),
    Year("QOF1819", "2018/19", "qof_2018_19_indicators.csv"),
    Year("QOF1920", "2019/20", "qof_2019_20_indicators.csv"),
    Year("QOF2324", "2023/24", "qof_2023_24_indicators.csv"),
    Year("QOF2425", "2024/25", "qof_2024_25_indicators.csv"),
    Year("QOF2526", "2025/26", "qof_2025_26_indicators.csv"),
)
YEAR = {year.code: year for year in YEARS}
every_year = pytest.mark.parametrize("year", YEARS, ids=lambda year: year.code)

Row = Mapping[str, str]


def rows(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def by_code(year: Year) -> dict[str, Row]:
    return {row["indicator_code"]: row for row in rows(FIGURES / year.figures)}


def scored(year: Year) -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in service_document(year.code).scored}


def decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def one_space(text: str) -> str:
    return " ".join(text.split())


def parameters(year: Year, *, before: int = 0) -> Row:
    """The parameters of a year, or of so many years before it."""
    table = rows(FIGURES / "qof_year_parameters.csv")
    labels = [row["year"] for row in table]
    return table[labels.index(year.label) - before]


def deciders(document: ServiceDocument) -> set[str]:
    return {group.decided_by for group in document.groups if group.decided_by is not None}


@every_year
def test_points_kind_group_and_domain_of_every_indicator(year: Year) -> None:
    given = {i.code: (str(i.points), i.kind.value, i.group, i.domain) for i in scored(year).values()}
    names = ("points", "kind", "group_code", "domain_code")
    assert given == {code: tuple(row[name] for name in names) for code, row in by_code(year).items()}


@every_year
def test_both_thresholds_of_every_indicator(year: Year) -> None:
    given = {i.code: (i.lower, i.upper) for i in scored(year).values()}
    assert given == {code: _thresholds(code, row) for code, row in by_code(year).items()}


@every_year
def test_thresholds_carry_the_mark_of_the_weakest_part_of_their_source(year: Year) -> None:
    sources = service_document(year.code).sources
    given = {i.code: sources[i.threshold_source].mark for i in scored(year).values() if i.threshold_source}
    tables = by_code(year)
    assert given == {code: _mark(tables[code]["threshold_source"]) for code in given}


def test_every_service_is_compared_with_its_table() -> None:
    assert tuple(YEAR) == service_codes()


@every_year
def test_points_carry_the_mark_of_their_source(year: Year) -> None:
    sources = service_document(year.code).sources
    given = {i.code: sources[i.points_source].mark for i in scored(year).values()}
    assert given == {code: _points_mark(row["points_source"]) for code, row in by_code(year).items()}


@every_year
def test_the_register_that_decides_each_group(year: Year) -> None:
    deciding = {code for code, row in by_code(year).items() if row["zero_register_decides"] in {"Y", "A"}}
    assert deciders(service_document(year.code)) == deciding


@every_year
def test_a_deciding_register_that_the_table_assumes_is_marked_as_assumed(year: Year) -> None:
    document, table = service_document(year.code), by_code(year)
    assumed = {g.decided_by for g in document.groups if document.sources[g.source].mark is Mark.ASSUMED}
    assert {code for code, row in table.items() if row["zero_register_decides"] == "A"} <= assumed


@every_year
def test_which_indicators_are_adjusted_by_prevalence(year: Year) -> None:
    tables, sources = by_code(year), service_document(year.code).sources
    for indicator in scored(year).values():
        flag = tables[indicator.code]["prevalence_adjusted"]
        named = Prevalence.OWN_REGISTER if indicator.fields.register_name else Prevalence.NONE
        assert indicator.prevalence is PREVALENCE.get(flag, named), indicator.code
        assert (sources[indicator.prevalence_source].mark is Mark.ASSUMED) is (flag == "TP?"), indicator.code


@every_year
def test_the_parameters_of_the_year(year: Year) -> None:
    document, row = service_document(year.code), parameters(year)
    given = document.parameters
    assert str(given.value_of_point.value) == row["value_of_point_gbp"]
    assert str(given.national_average_list.value) == row["national_average_list"]
    assert str(given.aspiration.value) == row["aspiration_pct"]
    assert str(given.previous_value_of_point.value) == parameters(year, before=1)["value_of_point_gbp"]
    assert str(document.totals.points) == row["total_points"]
    assert document.totals.indicators == len(by_code(year))
    assert f"{document.year.starts:%Y}/{document.year.ends:%y}" == year.label


@every_year
def test_only_the_list_that_no_source_prints_is_by_arithmetic(year: Year) -> None:
    document = service_document(year.code)
    marks = {name: document.sources[parameter.source].mark for name, parameter in document.parameters}
    back_solved = "back-solved" in parameters(year)["source"]
    assert marks.pop("national_average_list") is (Mark.ARITHMETIC if back_solved else Mark.CITED)
    assert set(marks.values()) == {Mark.CITED}


@every_year
def test_the_adjustments_are_those_of_the_published_list_for_every_rule(year: Year) -> None:
    published = {row["SHORT_NAME"]: row for row in rows(LAYOUT / "PCA_REFERENCE.csv", "cp1252")}
    document = service_document(year.code)
    given = {name: (adjustment.kind, adjustment.text) for name, adjustment in document.adjustments.items()}
    used = {rule for indicator in document.indicators for rule in indicator.rules}
    assert given == {
        name: (ADJUSTMENTS[published[name]["TYPE"]], _sign(published[name]["DESCRIPTION"])) for name in used
    }
    cited = Mark.CITED if year.code == "QOF2324" else Mark.UNVERIFIED
    assert {document.sources[adjustment.source].mark for adjustment in document.adjustments.values()} == {cited}


def test_the_protected_indicators_are_the_32_that_2025_26_retired_and_are_worth_212_points() -> None:
    protection = service_document("QOF2425").protection
    earlier, later = by_code(YEAR["QOF2425"]), by_code(YEAR["QOF2526"])
    retired = earlier.keys() - later.keys() - RENUMBERED.keys()
    assert set(RENUMBERED.values()) == later.keys() - earlier.keys()
    assert protection is not None
    assert set(protection.indicators) == retired
    assert (len(retired), sum(Decimal(earlier[code]["points"]) for code in retired)) == (32, 212)


def test_a_protected_indicator_is_worth_the_same_in_the_year_whose_points_it_keeps() -> None:
    protection = service_document("QOF2425").protection
    assert protection is not None
    assert protection.points_of == "QOF2324"
    now, then = by_code(YEAR["QOF2425"]), by_code(YEAR["QOF2324"])
    assert {code: now[code]["points"] for code in protection.indicators} == {
        code: then[code]["points"] for code in protection.indicators
    }


@every_year
def test_no_other_year_is_protected(year: Year) -> None:
    assert (service_document(year.code).protection is not None) is (year.code == "QOF2425")


def test_the_wording_and_groups_of_2018_19_are_the_published_ones() -> None:
    published = rows(PUBLISHED / "INDICATOR_MAPPINGS_1819_v2.csv", "cp1252")
    document = service_document("QOF1819")
    given = {i.code: (i.wording, i.points) for i in document.indicators}
    assert given == {
        row["INDICATOR_CODE"]: (one_space(row["INDICATOR_DESCRIPTION"]), Decimal(row["INDICATOR_POINT_VALUE"]))
        for row in published
    }
    assert {g.code: g.name for g in document.groups} == {
        row["INDICATOR_GROUP_CODE"]: row["INDICATOR_GROUP_DESCRIPTION"] for row in published
    }


def test_points_groups_and_deciding_registers_of_2023_24_are_those_of_the_published_layout() -> None:
    published = {row["INDICATOR_CODE"]: row for row in rows(LAYOUT / "INDICATOR_REFERENCE_CONTROL.csv")}
    document = service_document("QOF2324")
    assert {i.code: (str(i.points), i.group) for i in document.scored} == {
        code: (row["INDICATOR_POINT_VALUE"], row["GROUP_CODE"]) for code, row in published.items()
    }
    assert {g.code: g.name for g in document.groups} == {
        row["GROUP_CODE"]: one_space(row["GROUP_DESCRIPTION"]) for row in published.values()
    }
    assert deciders(document) == {code for code, row in published.items() if row["ZERO_REGISTER_FLAG"] == "1"}


@every_year
def test_the_wording_begins_as_the_table_does_where_it_has_any(year: Year) -> None:
    tables = by_code(year)
    words = {i.code: (i.wording, one_space(tables[i.code]["wording"])[:100]) for i in scored(year).values()}
    differing = {code for code, (given, table) in words.items() if not given.startswith(table.rstrip("."))}
    assert differing == ({"CHOL002"} if year.code == "QOF2324" else set())  # the table only says "as CHOL004" there


def test_the_rows_of_2023_24_are_exactly_the_552_of_the_published_layout() -> None:
    published = [(row["IND_CODE"], row["FIELD_NAME"]) for row in rows(LAYOUT / "INDICATOR_VALUES.csv")]
    given = [row for indicator in service_document("QOF2324").indicators for row in _rows(indicator)]
    assert len(given) == len(published) == 552
    assert set(given) == set(published)


@every_year
def test_rules_are_short_names_of_the_published_list_and_values_are_not(year: Year) -> None:
    short_names = {row["SHORT_NAME"] for row in rows(LAYOUT / "PCA_REFERENCE.csv", "cp1252")}
    for indicator in service_document(year.code).indicators:
        assert set(indicator.rules) <= short_names
        assert short_names.isdisjoint(_values(indicator))


@every_year
def test_field_names_are_those_of_2023_24_save_two_and_unverified_in_every_other_year(year: Year) -> None:
    published = {name for i in service_document("QOF2324").indicators for name in _values(i)}
    document = service_document(year.code)
    assert {name for i in document.indicators for name in _values(i)} - published <= {
        "Contraception Register",
        "Cardiovascular Disease - Primary Prevention Register",
    }
    mark = Mark.CITED if year.code == "QOF2324" else Mark.UNVERIFIED
    assert {document.sources[i.fields_source].mark for i in document.indicators} == {mark}


@every_year
def test_an_indicator_that_2023_24_has_too_has_the_rows_of_2023_24(year: Year) -> None:
    published = {i.code: _rows(i) for i in service_document("QOF2324").indicators}
    given = {i.code: _rows(i) for i in service_document(year.code).indicators if i.code in published}
    assert given == {code: published[code] for code in given}


def _thresholds(code: str, row: Row) -> tuple[Decimal | None, Decimal | None]:
    found = (row["lower_threshold_pct"], row["upper_threshold_pct"])
    lower, upper = NO_THRESHOLD_FOUND.get(code, found)
    return decimal(lower), decimal(upper)


def _mark(text: str) -> Mark:
    parts = re.findall(r"\[(C|V|T|A|U|NOT FOUND)\d*(?: [a-z0-9 ]+)?\]", text)
    return max((MARKS[part] for part in parts), key=tuple(Mark).index)


def _points_mark(text: str) -> Mark:
    """Official, unless the table says that it is not verified, or that it is a third party's."""
    if "unverified" in text:
        return Mark.UNVERIFIED
    return Mark.THIRD_PARTY if "qof-optimiser" in text else Mark.CITED


def _sign(text: str) -> str:
    """The published list has lost a sign: `score of ?3`."""
    return one_space(text).replace("of ?3", "of ≥3")


def _values(indicator: Indicator) -> tuple[str, ...]:
    return tuple(name for name in indicator.fields.model_dump().values() if name is not None)


def _rows(indicator: Indicator) -> list[tuple[str, str]]:
    return [(indicator.code, name) for name in (*_values(indicator), *indicator.rules)]
