"""Programs of which only a part is timed: they say when they are ready, and when their work is written.

The clock is here and not in the program, so that all are timed by the same one.
"""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from bench.processes import Cost, ProgramFailed, refuse_failure, start_program

READY, WRITTEN = b"ready", b"written"  # each on a line, with the seconds of the processor spent until then


def run_between_marks(*, command: Sequence[str], environment: Mapping[str, str], errors: Path) -> Cost:
    """Run a program to its end; what it cost from its being ready until its work was written.

    Raises ProgramFailed, also where it never says so.
    """
    with start_program(command=command, environment=environment, errors=errors, output=subprocess.PIPE) as process:
        marks = dict(_marks(process))
    refuse_failure(process=process, errors=errors)
    if marks.keys() != {READY, WRITTEN}:
        raise ProgramFailed("it ended well, and never said that it was ready or that its work was written")
    (begun, before), (ended, after) = marks[READY], marks[WRITTEN]
    return Cost(wall=ended - begun, processor=after - before)


def _marks(process: "subprocess.Popen[bytes]") -> Iterator[tuple[bytes, tuple[float, float]]]:
    for line in process.stdout or ():
        now, (word, _, spent) = perf_counter(), line.partition(b" ")
        if word in (READY, WRITTEN):
            yield word, (now, float(spent))
