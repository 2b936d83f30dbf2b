"""The architecture holds, sentence by sentence, and every sentence fails when its arrow is turned round."""

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cqrs", "functions", "infra", "schemas")

# For each sentence an import, and the module in which it breaks that sentence.
BREACHES = {
    "language": ("schemas/model.py", "import functions.domain.digest"),
    "language-reads-nothing": ("schemas/model.py", "import os"),
    "core": ("functions/domain/digest.py", "import functions.ports.objects"),
    "pure": ("functions/domain/calculate/points.py", "import random"),
    "ports": ("functions/ports/objects.py", "import boto3"),
    "adapters": ("functions/adapters/s3_objects.py", "import functions.ingest.upload"),
    "applications": ("functions/ingest/extracts.py", "import functions.adapters.s3_objects"),
    "frameworks": ("functions/calculate/publishing.py", "import aws_lambda_powertools"),
    "apart": ("functions/calculate/planning.py", "import functions.ingest.upload"),
    "served": ("functions/approve/deciding.py", "import functions.serve.request"),
    "asked": ("functions/serve/request.py", "import functions.calculate.planning"),
    "environment": ("functions/adapters/event_bus.py", "import os"),
    "documents": ("functions/calculate/planning.py", "import tomllib"),
    "infrastructure": ("infra/stage.py", "import functions.ingest.handler"),
    "functions": ("functions/runtime/wiring.py", "import infra.stage"),
    "offline": ("cqrs/results.py", "import boto3"),
}


def sentences() -> dict[str, str]:
    """The sentences of `.importlinter`, by the name of the contract."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    front = "importlinter:contract:"
    return {name.removeprefix(front): parser[name]["name"] for name in parser.sections() if name.startswith(front)}


def lint(folder: Path, *options: str) -> tuple[int, str]:
    """The exit status of the linter over the packages of a folder, and what it prints, on one line."""
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300"}
    done = subprocess.run(  # noqa: S603
        [*words, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_every_sentence_holds() -> None:
    status, printed = lint(ROOT)
    assert status == 0, printed
    assert f"{len(sentences())} kept, 0 broken" in printed


def test_every_sentence_has_a_breach_that_proves_it() -> None:
    assert BREACHES.keys() == sentences().keys()


@pytest.mark.parametrize("name", BREACHES, ids=lambda name: sentences().get(name, name))
def test_a_sentence_fails_when_it_is_broken(name: str, copy: Path) -> None:
    path, statement = BREACHES[name]
    module = copy / path
    module.write_text(f"{module.read_text(encoding='utf-8')}\n{statement}\n", encoding="utf-8")
    status, printed = lint(copy, "--contract", name)
    assert status == 1, printed
    assert f"{sentences()[name]} BROKEN" in printed
