"""The process of one contender, the same for all: it says when it is ready, and when its report is written.

A contender is a file with two functions. `prepare(folder, out)` imports and compiles whatever it needs, and gives the
check, which reads `folder`/extract.csv and writes its own report into `out`. `reported(out)` then reads that report
and gives the lines of the extract that it complains of. Each word on standard output comes with the seconds of the
processor that were spent until then, by this process and the children that it has waited for.
Usage: stopwatch.py CONTENDER FOLDER OUT
"""

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

LINES = "lines.txt"


def main(contender: Path, folder: Path, out: Path) -> None:
    """Run a contender's check, then write the lines that its report complains of."""
    program = _loaded(contender)
    check = program.prepare(folder, out)
    _say("ready")
    check()
    _say("written")
    lines = sorted(set(program.reported(out)))
    (out / LINES).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def _loaded(path: Path) -> ModuleType:
    spec = spec_from_file_location("contender", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no program.")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _say(word: str) -> None:
    print(word, sum(os.times()[:4]), flush=True)  # noqa: T201  # its one listener reads standard output


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
