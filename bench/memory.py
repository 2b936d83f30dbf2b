"""How much memory a program and all its children hold together, pages that they share counted once.

Linux tells each process's proportional share (PSS): a page that two processes map counts half for each. The shares
add up to what the tree occupies, where resident sizes would count a forked page twice.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import sleep

PROC = Path("/proc")
INTERVAL = 0.02  # seconds between two looks
KIBIBYTES_IN_A_MEBIBYTE = 1024


def can_be_told() -> bool:
    """Whether the system tells the share of a process."""
    return (PROC / "self" / "smaps_rollup").exists()


def peak_until_exit(*, process: "subprocess.Popen[bytes]") -> int:
    """Look again and again until a program has ended, and say the most, in MiB, that its tree held at a look."""
    most = 0
    while process.poll() is None:
        most = max(most, tree_share(root=process.pid))
        sleep(INTERVAL)
    return most // KIBIBYTES_IN_A_MEBIBYTE


def tree_share(*, root: int) -> int:
    """The KiB that a process and its descendants hold now. A process that ends meanwhile counts nothing."""
    return sum(_share(process) for process in _tree(root))


def _tree(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for process, parent in _parents():
        children.setdefault(parent, []).append(process)
    found = [root]
    while found:
        process = found.pop()
        yield process
        found.extend(children.get(process, ()))


def _parents() -> Iterator[tuple[int, int]]:
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has ended
                continue
            # The name stands in brackets and may hold blanks; the state and the parent follow it.
            yield int(entry.name), int(status.rpartition(")")[2].split()[1])


def _share(process: int) -> int:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has ended
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
