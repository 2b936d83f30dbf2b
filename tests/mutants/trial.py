"""Trying mutants: the tests of a module are run against it, each time in a process of its own.

The process is forked from one that has pytest, hypothesis and the service documents at hand but none of the core, so
that a trial takes a fraction of a second. The mutant takes the place of its module when that is imported: no file is
changed, and a run that is interrupted leaves nothing behind.
"""

import os
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from enum import StrEnum
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from io import StringIO
from types import ModuleType
from typing import Final, NamedTuple

import pytest
from hypothesis import Phase, settings

from schemas.catalogue import service_codes, service_document
from tests.mutants.mutant import Mutant

CORE: Final = "functions.domain"
PROFILE: Final = "mutants"
SURVIVED, NOT_IMPORTED = 0, 100  # the first is pytest's exit status for tests that pass, the second is nobody's
NOTICED: Final = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR}
MEMORY: Final = 2 * 2**30  # bytes
PATIENCE: Final = 60.0  # seconds of a processor, for tests that nobody has measured yet


class Verdict(StrEnum):
    """What became of a mutant: a test failed, or had to be stopped because it did not end; or nobody noticed."""

    KILLED = "killed"
    STOPPED = "stopped"
    SURVIVED = "survived"


class Trial(NamedTuple):
    """A mutant, its verdict, and what its tests took, in seconds of a processor."""

    mutant: Mutant
    verdict: Verdict
    seconds: float


class TrialError(Exception):
    """The tests say nothing of a mutant: they do not run, do not import the module, or fail without any change."""


def warm_up() -> None:
    """Import what every trial needs, and nothing that may be changed. Raises TrialError where that is not so."""
    for code in service_codes():
        service_document(code)
    with redirect_stdout(StringIO()):
        pytest.main(["--collect-only", "-p", "no:cacheprovider", "tests/conftest.py"])
    repeatable = settings.get_profile("repeatable")  # of tests/conftest.py
    settings.register_profile(PROFILE, repeatable, phases=[Phase.explicit, Phase.generate])  # to fail is enough
    imported = [name for name in sys.modules if name.startswith(CORE)]
    if imported:
        raise TrialError(f"{imported[0]} was imported before it could be changed.")


def seconds_needed(*, unchanged: Mutant, tests: Sequence[str]) -> float:
    """What the tests of a module take where nothing is changed. Raises TrialError where they fail."""
    (trial,) = trials(mutants=[unchanged], tests=tests, limit=PATIENCE, at_once=1)
    if trial.verdict is not Verdict.SURVIVED:
        raise TrialError(f"{unchanged.module}: its tests fail without any change; run {' '.join(tests)}.")
    return trial.seconds


def trials(*, mutants: Iterable[Mutant], tests: Sequence[str], limit: float, at_once: int) -> Iterator[Trial]:
    """Try mutants of a module, so many at once, in the order in which they end: each by these test files, within so
    many seconds of a processor. Raises TrialError.
    """
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) == at_once:
            yield _ended(running)
        running[_started(mutant, tests, limit)] = mutant
    while running:
        yield _ended(running)


def _ended(running: dict[int, Mutant]) -> Trial:
    process, status, used = os.wait3(0)
    mutant, code = running.pop(process), os.waitstatus_to_exitcode(status)
    if code == SURVIVED:
        return Trial(mutant, Verdict.SURVIVED, used.ru_utime)
    if code < 0:  # by a signal
        return Trial(mutant, Verdict.STOPPED, used.ru_utime)
    if code in NOTICED:
        return Trial(mutant, Verdict.KILLED, used.ru_utime)
    why = "no test of it imports it" if code == NOT_IMPORTED else f"pytest ended with {code}"
    raise TrialError(f"{mutant.module}: its tests say nothing, {why}; correct them in tests/mutants/scope.toml.")


def _started(mutant: Mutant, tests: Sequence[str], limit: float) -> int:
    process = os.fork()
    if process == 0:
        status = int(pytest.ExitCode.INTERNAL_ERROR)
        try:
            status = _status(mutant, tests, limit)
        finally:
            os._exit(status)
    return process


def _status(mutant: Mutant, tests: Sequence[str], limit: float) -> int:
    """Run the tests against the mutant in this process, which is never used for anything else."""
    whole = int(limit) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    changed = _Changed(mutant)
    sys.meta_path.insert(0, changed)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # a device, not a file of ours
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    words = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", f"--hypothesis-profile={PROFILE}"]
    status = int(pytest.main([*words, *tests]))
    return status if status != SURVIVED or changed.imported else NOT_IMPORTED


class _Changed(MetaPathFinder, InspectLoader):
    """Gives the mutant to whoever imports its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = mutant.module.removesuffix(".py").replace("/", ".")
        self._source = mutant.source
        self.imported = False

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        return ModuleSpec(fullname, self) if fullname == self._name else None

    def get_source(self, fullname: str) -> str:
        del fullname
        self.imported = True
        return self._source
