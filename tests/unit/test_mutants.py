"""The mutation check notices what it is there for: a survivor that nobody argued for, and an argument nobody needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.judgement import judgement
from tests.mutants.mutant import Change, Mutant, spaced
from tests.mutants.scope import ROOT, Argument, Module, modules
from tests.mutants.trial import Trial, Verdict

ROUNDING = next(module for module in modules() if module.path.endswith("/rounding.py"))
LINE = "return (2 * numerator + denominator) // (2 * denominator)"
WORSE = "return (2 * numerator - denominator) // (2 * denominator)"
SAME = "return (denominator + 2 * numerator) // (2 * denominator)"


def mutant(becomes: str) -> Mutant:
    return Mutant(ROUNDING.path, "by hand", ROUNDING.source.replace(LINE, becomes))


def argued(*becomes: str) -> Module:
    argument = Argument(line=LINE, becomes=becomes, because="It is the same sum.")
    return ROUNDING.model_copy(update={"argued": (argument,)})


def trial(becomes: str, verdict: Verdict) -> Trial:
    return Trial(mutant(becomes), verdict, 0.1)


def tried(folder: Path, *mutants: Mutant, only: str = "rounding") -> subprocess.CompletedProcess[str]:
    """What the command says of some mutants of a module."""
    file = folder / "mutants.jsonl"
    lines = (json.dumps({"module": one.module, "operator": one.operator, "source": one.source}) for one in mutants)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    words = [sys.executable, "-m", "tests.mutants", str(file), "--only", only]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # our own


def test_mutants_are_killed_or_stopped_and_a_survivor_that_nobody_argued_for_is_shown(tmp_path: Path) -> None:
    done = tried(tmp_path, mutant(WORSE), mutant("while True: pass"), mutant(SAME))
    assert done.returncode == 1
    assert "rounding.py\t3\t1\t1\t0\t1" in done.stdout
    place = ROUNDING.source.splitlines().index(f"    {LINE}") + 1
    assert f"{ROUNDING.path}:{place}: nobody notices where\n    {LINE}\nbecomes\n    {SAME}\n" in done.stdout


def test_mutants_of_another_module_say_nothing_of_this_one(tmp_path: Path) -> None:
    done = tried(tmp_path, mutant(WORSE), only="points")
    assert done.returncode == 2
    assert "points.py; make" in done.stderr


def test_an_argued_survivor_passes_and_one_that_is_not_does_not() -> None:
    trials = [trial(SAME, Verdict.SURVIVED), trial(WORSE, Verdict.KILLED)]
    assert judgement(module=argued(SAME), trials=trials).passed
    assert not judgement(module=ROUNDING, trials=trials).passed
    assert judgement(module=ROUNDING, trials=trials).survivors[0].becomes == SAME


@pytest.mark.parametrize("trials", [[], [trial(SAME, Verdict.KILLED)]], ids=["not made", "killed"])
def test_an_argument_for_a_mutant_that_is_not_made_or_does_not_survive_fails_the_check(trials: list[Trial]) -> None:
    found = judgement(module=argued(SAME), trials=trials)
    assert (found.passed, found.idle) == (False, ((LINE, SAME),))


@pytest.mark.parametrize(
    ("original", "source", "change"),
    [
        ("a\nb  = 1\nc\n", "a\nb =   2\nc\n", Change(2, "b = 1", "b = 2")),
        ("a\n@one\ndef b(): ...\n", "a\ndef b(): ...\n", Change(2, "@one", "")),
        ("f(\n    1,\n    2)\n", "f(\n    1,\n    3)\n", Change(3, "2)", "3)")),
    ],
)
def test_a_change_is_told_by_its_line_whatever_the_spaces(original: str, source: str, change: Change) -> None:
    assert Mutant("m", "o", source).change(original=original) == change


def test_every_module_of_the_calculation_is_changed() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "functions/domain/calculate").glob("[!_]*.py")}
    assert {module.path for module in modules()} == found


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.path)
def test_the_tests_and_the_argued_lines_of_a_module_are_there(module: Module) -> None:
    lines = {spaced(line) for line in module.source.splitlines()}
    assert [name for name in module.tests if not (ROOT / name).is_file()] == []
    assert [one.line for one in module.argued if spaced(one.line) not in lines] == []
