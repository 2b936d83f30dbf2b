"""The engine, held against what was published: points available, and what practices were paid for QOF."""

from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cqrs.main import analyst_app
from cqrs.proxies import SAID, USUAL
from cqrs.published import YEARS, PublishedDataAbsent
from cqrs.reconcile import AS_STATED, OTHERS, Reconciliation, reconciliation, report
from schemas.catalogue import service_document

# The areas whose registers are published, in both years.
PUBLISHED = {
    "AF", "AST", "CAN", "CHD", "CKD", "COPD", "CVDPP", "DEM", "DEP", "DM", "EP", "HF", "HYP", "LD", "MH", "OB", "OST",
    "PAD", "PC", "RA", "STIA",
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Reconciliation:
    try:
        return reconciliation()
    except PublishedDataAbsent as absent:
        pytest.skip(str(absent))


def test_points_available_are_those_published_but_for_an_unpublished_register(found: Reconciliation) -> None:
    assert {one.service: (one.equal, one.compared) for one in found.points} == {
        "QOF1718": (7_086, 7_089),
        "QOF1819": (6_849, 6_854),
    }
    reasons = [reason for one in found.points for reason in one.differing.values()]
    assert all(reason.endswith("CON has just these points, and its register is not published") for reason in reasons)


def test_the_cash_of_practices_with_all_points_is_predicted(found: Reconciliation) -> None:
    stated = found.cash[AS_STATED.said]
    assert (len(found.full), len(stated.cash)) == (588, 587)
    assert abs(stated.median_error) <= Fraction(1, 100)
    assert Fraction(stated.within(Fraction(5, 100)), len(stated.cash)) >= Fraction(85, 100)


def test_without_prevalence_the_prediction_fails(found: Reconciliation) -> None:
    """The comparison tells something: a wrong rule does not pass it."""
    unadjusted = found.cash["the list for every register"]
    assert unadjusted.median_error < Fraction(-8, 100)
    assert Fraction(unadjusted.within(Fraction(5, 100)), len(unadjusted.cash)) < Fraction(1, 4)


def test_the_mean_of_practices_predicts_better_than_the_pooled_figure(found: Reconciliation) -> None:
    pooled = found.cash["pooled national prevalence"]
    assert abs(found.cash[AS_STATED.said].median_error) < abs(pooled.median_error)


def test_the_report_gives_every_figure_every_reason_and_every_stand_in(found: Reconciliation) -> None:
    text = "\n".join(report(found))
    assert "2017/18  7,086 of 7,089 practices equal" in text
    assert "2018/19  6,849 of 6,854 practices equal" in text
    assert "588, of which 587 are compared" in text
    assert "median error   +0.85 %" in text
    assert "within 5 %     539 of 587, 91.8 %" in text
    said = [f"{name}: {what}" for name, what in SAID.items()] + [assumption.said for assumption in OTHERS]
    codes = [code for one in found.points for code in one.differing]
    assert [what for what in (*said, *codes) if what not in text] == []


def test_the_page_says_what_the_comparison_comes_to(found: Reconciliation) -> None:
    page = " ".join((Path(__file__).resolve().parents[2] / "docs" / "reconciliation.md").read_text("utf-8").split())
    stated = found.cash[AS_STATED.said]
    figures = [f"| {one.equal:,} | {one.compared:,} |" for one in found.points]
    figures += [f"{stated.within(share)} practices" for share in (Fraction(1, 100), Fraction(5, 100))]
    figures += [f"{sum(one.predicted for one in stated.cash) / 100:,.2f} pounds"]
    medians = [comparison.median_error for comparison in found.cash.values()]
    figures += [f"{100 * float(median):+.2f} %" for median in medians]
    assert [figure for figure in figures if figure not in page] == []


@pytest.mark.parametrize("code", YEARS)
def test_every_register_that_adjusts_is_published_or_has_a_stated_stand_in(code: str) -> None:
    named = {(i.group, i.fields.register_name) for i in service_document(code).scored if i.prevalence == "own register"}
    unpublished = {name for group, name in named if group not in PUBLISHED}
    assert unpublished <= USUAL.registers.keys() == SAID.keys()
    assert {name for _, name in named} >= SAID.keys()


def test_without_the_published_files_it_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("empty")
    result = CliRunner().invoke(analyst_app(), ["reconcile"], env={"CQRS_SHARED": str(folder)})
    assert result.exit_code == 2
    assert result.stderr == f"There is no {folder / 'data'}: set CQRS_SHARED to the shared folder.\n"
