"""The documentation tells the truth about names: what it names exists, and what needs explaining is explained."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from typer import Typer

from cqrs.main import whole_app
from functions.domain.check.organisations import CONTRACT_COLUMNS, ORGANISATION_COLUMNS
from schemas.catalogue import service_codes, service_document
from schemas.citation import unverified_figures
from schemas.declaration import Event, State
from schemas.difference import Cause
from schemas.file import Verdict
from schemas.gates import Gates
from schemas.grant import Role
from schemas.hold import HoldState
from schemas.inspection import Gate, GateVerdict
from schemas.policy import (
    AspirationRounding,
    ContractList,
    EmptyDenominator,
    NationalPrevalence,
    PartYear,
    PaymentRounding,
    PointsRounding,
    Policies,
    PrevalenceRounding,
    ZeroRegister,
)
from schemas.problem import Severity
from schemas.protection import WithoutEarlier
from schemas.service import AdjustmentKind, Kind, Mark, Prevalence, RunKind
from schemas.submission import Standing

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = sorted(
    [*(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")), *(ROOT / "docs").rglob("*.md")]
)
TERMS: tuple[type[StrEnum], ...] = (
    Role, State, Event, Kind, RunKind, Mark, Verdict, Standing, Severity, Prevalence,
    Gate, GateVerdict, HoldState,
    NationalPrevalence, ZeroRegister, EmptyDenominator, PointsRounding, PaymentRounding, PrevalenceRounding, PartYear,
    ContractList, AspirationRounding, WithoutEarlier, AdjustmentKind, Cause,
)  # fmt: skip

CODE = re.compile(r"`([^`\n]+)`|^ {4,}(\S.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PLACE = re.compile(r"`((?:bench|cqrs|docs|functions|infra|requirements|schemas|tests)/[\w./-]*)`")
TARGET = re.compile(r"\bmake ([a-z]+)")
COMMAND = re.compile(r"\bcqrs((?: [a-z]+)+)")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(text: str) -> str:
    """What a page shows as code, a line each."""
    return "\n".join(inline or block for inline, block in CODE.findall(text))


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))


WHOLE = whole_app()


def commands(typer: Typer = WHOLE) -> Iterator[tuple[str, ...]]:
    """Every command of the command line by its words, among them each group that does something by itself."""
    for command in typer.registered_commands:
        yield (command.name or getattr(command.callback, "__name__", "").replace("_", "-"),)
    for group in typer.registered_groups:
        if group.typer_instance is not None:
            named = isinstance(group.name, str)
            if named and group.typer_instance.registered_callback is not None:
                yield (str(group.name),)
            prefix = (str(group.name),) if named else ()
            yield from ((*prefix, *words) for words in commands(group.typer_instance))


def unknown_commands(text: str) -> list[str]:
    """The commands in a text that the command line does not know. What follows a command may be its arguments."""
    known = set(commands())
    groups = {words[0] for words in known if len(words) > 1}
    found = (tuple(match.split()) for match in COMMAND.findall(text))
    return [" ".join(words) for words in found if words[: 2 if words[0] in groups else 1] not in known]


def table_folders() -> list[str]:
    """The folders of the README's map."""
    text = page("README.md").partition("## The map")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_names_a_check_that_exists(path: Path) -> None:
    check = path.read_text(encoding="utf-8").partition("\n## Check\n")[2]
    tests = [name for name in PLACE.findall(check) if name.startswith("tests/")]
    assert tests or TARGET.findall(check)
    assert [name for name in tests if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_has_its_context_and_consequences(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_target_of_make_that_is_named_exists(path: Path) -> None:
    assert set(TARGET.findall(code(path.read_text(encoding="utf-8")))) <= targets()


@pytest.mark.parametrize("path", [*PAGES, ROOT / "Makefile"], ids=named)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unknown_commands(text if path.name == "Makefile" else code(text)) == []


def test_a_command_that_does_not_exist_is_found() -> None:
    text = "cqrs pay\ncqrs services forget\ncqrs local up\ncqrs services\ncqrs calculate that"
    assert unknown_commands(text) == ["pay", "services forget"]


def test_every_command_and_every_target_is_in_the_readme() -> None:
    text = code(page("README.md"))
    assert [words for words in commands() if f"cqrs {' '.join(words)}" not in text] == []
    assert targets() <= set(TARGET.findall(text))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_to_a_file_resolves(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_file_that_is_named_exists(path: Path) -> None:
    places = PLACE.findall(path.read_text(encoding="utf-8"))
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_folder_in_the_map_exists_and_every_package_is_in_the_map() -> None:
    folders = table_folders()
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
    packages = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "functions").glob("*/__init__.py")}
    assert packages | {"schemas", "infra", "cqrs", "tests"} <= set(folders)


@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.__name__)
def test_the_glossary_explains_every_word_of_the_language(terms: type[StrEnum]) -> None:
    glossary = page("docs/glossary.md")
    assert [str(term) for term in terms if f"* **{term}**: " not in glossary] == []


def test_the_glossary_explains_every_policy() -> None:
    glossary = page("docs/glossary.md")
    assert [name for name in Policies.model_fields if f"* **{name}**: " not in glossary] == []


def test_the_glossary_explains_every_gate() -> None:
    glossary = page("docs/glossary.md")
    assert [name for name in Gates.model_fields if f"* **{name}**: " not in glossary] == []


def test_suppliers_are_told_every_column_that_organisations_may_have() -> None:
    shown = code(page("docs/suppliers.md")).splitlines()
    assert {",".join(ORGANISATION_COLUMNS), ",".join(CONTRACT_COLUMNS)} <= set(shown)
    assert [column for column in CONTRACT_COLUMNS[1:] if column not in shown] == []


def test_the_readme_says_how_many_figures_are_not_cited_yet() -> None:
    text = " ".join(page("README.md").split())
    for service in service_codes():
        document = service_document(service)
        year = document.name.rpartition(" ")[2]
        assert f"{unverified_figures(document=document)} of QOF {year}" in text.replace("figures of", "of")
