"""`cqrs services` shows the documents to a person and to a program, and says plainly what it cannot do."""

import io
import json
from importlib.resources import files
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from cqrs.services import services_app
from cqrs.table import Row, Table, print_table
from schemas.catalogue import service_codes, service_document
from schemas.service import ServiceDocument


def run(*arguments: str) -> Result:
    return CliRunner().invoke(services_app, arguments)


def lines(*arguments: str) -> list[list[str]]:
    return [line.split("\t") for line in run(*arguments).stdout.splitlines()]


def document_file(folder: Path, *, text: str, instead: str) -> str:
    """A copy of the document of 2023/24 in which one text, which must occur, stands for another."""
    original = files("schemas").joinpath("services", "QOF2324.toml").read_text(encoding="utf-8")
    assert text in original
    path = folder / "changed.toml"
    path.write_text(original.replace(text, instead, 1), encoding="utf-8")
    return str(path)


def test_the_list_names_every_service_its_size_and_its_unverified_figures() -> None:
    assert lines() == [
        ["code", "name", "indicators", "points", "unverified figures"],
        ["QOF1718", "Quality and Outcomes Framework 2017/18", "77", "559", "151"],
        ["QOF1819", "Quality and Outcomes Framework 2018/19", "77", "559", "72"],
        ["QOF1920", "Quality and Outcomes Framework 2019/20", "68", "559", "52"],
        ["QOF2324", "Quality and Outcomes Framework 2023/24", "76", "635", "42"],
        ["QOF2425", "Quality and Outcomes Framework 2024/25", "76", "635", "42"],
        ["QOF2526", "Quality and Outcomes Framework 2025/26", "44", "564", "93"],
    ]


def test_a_service_is_shown_with_the_date_unit_mark_and_source_of_each_parameter() -> None:
    shown = lines("show", "QOF2324")
    assert [
        "national_average_list",
        "9639",
        "registered patients",
        "2023-01-01",
        "cited",
        service_document("QOF2324").sources["cqrs-and-bma-2023-24"].text,
    ] in shown


def test_a_gate_is_shown_with_its_threshold_unit_and_source() -> None:
    source = service_document("QOF2324").sources["gate-thresholds"]
    assert ["smallest_register", "20", "people", "assumed", source.text] in lines("show", "QOF2324")


def test_a_protected_indicator_is_shown_with_who_decided_it_and_why() -> None:
    protection = service_document("QOF2425").protection
    assert protection is not None
    shown = lines("show", "QOF2425")
    decided = next(line for line in shown if line[0] == "QOF2324")
    assert decided[1:4] == ["as_achieved", "NHS England", protection.reason]
    assert decided[4].split() == list(protection.indicators)


def test_a_service_without_protection_shows_no_table_of_it() -> None:
    assert ["points of", "without earlier", "author", "reason", "indicators", "mark", "source"] in lines(
        "show", "QOF2425"
    )
    assert not [line for line in lines("show", "QOF2324") if line[0] == "points of"]


def test_an_unverified_figure_is_marked_and_its_footnote_says_why() -> None:
    shown = lines("show", "QOF2324")
    indicator = next(line for line in shown if line[0] == "MH021")
    assert indicator[:9] == ["MH021", "MH", "fraction", "6", "", "50", "90", "Mental Health Register", "unverified"]
    note = next(line for line in shown if line[0] == indicator[9])
    assert note[1:] == ["unverified", service_document("QOF2324").sources["no-source-found"].text]


def test_a_cited_figure_has_no_footnote() -> None:
    indicator = next(line for line in lines("show", "QOF2324") if line[0] == "AF008")
    assert indicator[-2:] == ["cited", ""]


@pytest.mark.parametrize("code", service_codes())
def test_as_json_the_whole_document_is_printed_with_figures_as_text(code: str) -> None:
    printed = run("show", code, "--json").stdout
    assert ServiceDocument.model_validate_json(printed) == service_document(code)
    assert isinstance(json.loads(printed)["parameters"]["value_of_point"]["value"], str)


def test_an_unknown_service_is_refused_with_the_nearest_name() -> None:
    result = run("show", "qof1918")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("There is no service qof1918; known are QOF1718, ")
    assert result.stderr.endswith(" Did you mean QOF1718 or QOF1920 or QOF1819?\n")


def test_a_service_like_no_other_is_refused_without_a_guess() -> None:
    assert run("show", "ZZZ").stderr == f"There is no service ZZZ; known are {', '.join(service_codes())}.\n"


def test_the_documents_of_the_release_lint_clean() -> None:
    result = run("lint")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{code}: no problems" for code in service_codes()]


def test_a_document_with_a_problem_exits_with_1_and_names_it(tmp_path: Path) -> None:
    path = document_file(tmp_path, text="points = 12", instead="points = 13")
    result = run("lint", path)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{path}: totals: the points add up to 636, not 635; correct an indicator's, or the total.\n"
    )


def test_a_document_with_a_field_nobody_knows_exits_with_1_and_names_it(tmp_path: Path) -> None:
    path = document_file(tmp_path, text="points = 12", instead="points = 12\nbonus = 1")
    result = run("lint", path)
    assert result.exit_code == 1
    assert result.stdout == f"{path}: indicators.1.bonus: Extra inputs are not permitted; correct it.\n"


def test_a_document_that_is_not_toml_exits_with_1_and_says_where(tmp_path: Path) -> None:
    path = document_file(tmp_path, text='code = "QOF2324"', instead="code = QOF2324")
    result = run("lint", path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: it is not TOML: Invalid value (at line ")


def test_at_a_terminal_the_table_is_drawn_and_doubtful_rows_stand_out() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=60)
    rows = (Row(("AF008", "cited")), Row(("MH021", "unverified [1]"), marked=True))
    print_table(console=console, table=Table("Indicators", ("code", "mark"), rows))
    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert "─" in drawn
    assert "\x1b[33munverified [1]" in drawn
    assert "\x1b[33mcited" not in drawn
