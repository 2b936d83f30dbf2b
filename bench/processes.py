"""Whole programs: each run in a cold process of its own, on two cores, and what it cost with all its children."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

CORES = 2


class ProgramFailed(Exception):  # noqa: N818  # says what happened; the caller decides whether it is an error
    """A program ended with an exit status that it should not; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, and of the processor: of the program and of every child that it waited for."""

    wall: float
    processor: float


def run_program(*, command: Sequence[str], environment: Mapping[str, str], errors: Path) -> Cost:
    """Run a program to its end. Raises ProgramFailed; what it said on standard error is kept in `errors`."""
    before = perf_counter()
    process = start_program(command=command, environment=environment, errors=errors)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    refuse_failure(process=process, errors=errors)
    return Cost(wall=wall, processor=usage.ru_utime + usage.ru_stime)


def start_program(
    *, command: Sequence[str], environment: Mapping[str, str], errors: Path, output: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a program that can read nothing. Its output is thrown away unless `output` says where it goes."""
    with errors.open("wb") as said:
        return subprocess.Popen(  # noqa: S603  # commands of our own
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=said,
        )


def refuse_failure(*, process: "subprocess.Popen[bytes]", errors: Path) -> None:
    """Raise ProgramFailed where a program that has ended did not succeed."""
    if process.returncode != 0:
        words = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        raise ProgramFailed(f"exit status {process.returncode}: {''.join(words) or 'it said nothing'}")


@contextmanager
def on_two_cores() -> Iterator[None]:
    """Keep this process, and whatever it starts, on two cores, where the system can; elsewhere on all there are."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(allowed)[:CORES]))
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
