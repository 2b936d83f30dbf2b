"""Measuring: each contender in a cold process of its own, the contenders in turn, and every other round backwards."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome")
Anyone = TypeVar("Anyone")
STATUS = Path("/proc/self/status")  # of Linux; elsewhere no peak is told
KIBIBYTES_IN_A_MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Contender(Generic[Outcome]):
    """One way to do the work. `prepare` loads the inputs, unmeasured, and gives the work that is measured."""

    name: str
    prepare: Callable[[Path], Callable[[], Outcome]]


@dataclass(frozen=True, slots=True)
class Run(Generic[Outcome]):
    """What the work came to, and its cost: seconds on the wall and of the processor, and the process's peak in MiB."""

    outcome: Outcome
    wall: float
    processor: float
    peak: int | None


def interleaved(
    *, contenders: Sequence[Contender[Outcome]], inputs: Path, rounds: int, advance: Callable[[int], None]
) -> Iterator[dict[str, Run[Outcome]]]:
    """The runs of each round by the contender's name: first a warm-up to be dropped, then `rounds` to be counted."""
    for number in range(rounds + 1):
        runs = {}
        for contender in in_turn(contenders=contenders, number=number):
            runs[contender.name] = _cold(contender, inputs)
            advance(1)
        yield runs


def in_turn(*, contenders: Sequence[Anyone], number: int) -> Sequence[Anyone]:
    """The contenders in the order of a round: every other round backwards."""
    return contenders[:: -1 if number % 2 else 1]


def _cold(contender: Contender[Outcome], inputs: Path) -> Run[Outcome]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(_measured, contender.prepare, inputs).result()


def _measured(prepare: Callable[[Path], Callable[[], Outcome]], inputs: Path) -> Run[Outcome]:
    work = prepare(inputs)
    processor, wall = process_time(), perf_counter()
    outcome = work()
    wall, processor = perf_counter() - wall, process_time() - processor
    return Run(outcome=outcome, wall=wall, processor=processor, peak=_peak())


def _peak() -> int | None:
    if sys.platform != "linux":
        return None
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // KIBIBYTES_IN_A_MEBIBYTE for line in lines if line.startswith("VmHWM"))
