"""The core is exact and pure: what its source may not contain, as sentences."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = sorted((ROOT / "functions" / "domain").rglob("*.py"))
OURS = sorted(path for package in ("cqrs", "functions", "infra", "schemas") for path in (ROOT / package).rglob("*.py"))

Offence = Callable[[ast.AST], bool]


def is_float(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float | complex)


def is_true_division(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)


def makes_a_float(node: ast.AST) -> bool:
    return is_name(node, "float") or is_import_of(node, "math", {"lcm", "gcd"})


def rounds(node: ast.AST) -> bool:
    return is_name(node, "round")


def reads_the_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}


def touches_the_world(node: ast.AST) -> bool:
    return any(is_name(node, name) for name in ("open", "print", "input", "exec", "eval", "__import__"))


def changes_what_it_shares(node: ast.AST) -> bool:
    return isinstance(node, ast.Global | ast.Nonlocal)


SENTENCES: dict[str, Offence] = {
    "The core holds no float": is_float,
    "The core divides whole numbers only": is_true_division,
    "The core makes no float": makes_a_float,
    "The core rounds half up, never as round() does": rounds,
    "The core never asks what time it is": reads_the_clock,
    "The core opens, prints and runs nothing": touches_the_world,
    "The core changes nothing that is shared": changes_what_it_shares,
}

BREACHES = {
    "The core holds no float": "x = 0.5",
    "The core divides whole numbers only": "x = a / b",
    "The core makes no float": "from math import sqrt",
    "The core rounds half up, never as round() does": "x = round(y, 2)",
    "The core never asks what time it is": "x = datetime.now()",
    "The core opens, prints and runs nothing": "x = open('f')",
    "The core changes nothing that is shared": "def f():\n    global x",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_sentence_holds_for_every_module(sentence: str) -> None:
    found = [f"{path.relative_to(ROOT)}:{line}" for path in CORE for line in lines(path.read_text("utf-8"), sentence)]
    assert CORE
    assert found == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_sentence_fails_when_it_is_broken(sentence: str) -> None:
    assert list(lines(BREACHES[sentence], sentence)) != []


def test_no_module_has_a_name_that_could_be_anything() -> None:
    empty = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc", "constants"}
    assert [path for path in OURS if empty & {path.stem, path.parent.name}] == []


def lines(source: str, sentence: str) -> Iterator[int]:
    offends = SENTENCES[sentence]
    return (getattr(node, "lineno", 0) for node in ast.walk(ast.parse(source)) if offends(node))


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def is_import_of(node: ast.AST, module: str, allowed: set[str]) -> bool:
    """An import of a module other than of the names allowed."""
    if isinstance(node, ast.Import):
        return any(alias.name == module for alias in node.names)
    names = (
        {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) and node.module == module else set()
    )
    return bool(names - allowed)
