"""How long a function takes to be imported in a new process, with its modules compiled beforehand and without."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from infra.bundle import code_bundle, layer_bundle
from infra.stage import LOCAL

HANDLER = "functions.ingest.handler"
TIMES = 3
_MEASURE = f"from time import perf_counter as now; began = now(); import {HANDLER}; print(now() - began)"


def cold_import_seconds() -> tuple[float, float]:
    """Seconds to import Ingest from its bundle as it is deployed, and from the same without compiled modules."""
    code, layer = code_bundle(LOCAL).folder, layer_bundle(LOCAL).folder / "python"
    with TemporaryDirectory() as name:
        bare = [Path(name) / "code", Path(name) / "layer"]
        for source, target in zip((code, layer), bare, strict=True):
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        return _seconds(code, layer), _seconds(*bare)


def _seconds(*folders: Path) -> float:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "PYTHONDONTWRITEBYTECODE": "1",  # as a function cannot write beside its code
    }
    command = [sys.executable, "-c", _MEASURE]  # boto3 comes with the runtime: here with this interpreter

    def imported() -> float:
        done = subprocess.run(  # noqa: S603  # our own words
            command, cwd=folders[0], env=environment, capture_output=True, text=True, check=True
        )
        return float(done.stdout)

    return median(imported() for _ in range(TIMES))
