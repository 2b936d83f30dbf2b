"""What memory this process has taken, as Linux tells it."""

import re
from pathlib import Path

STATUS = Path("/proc/self/status")
KIBIBYTES_IN_A_MEBIBYTE = 1024


def peak_mebibytes(*, status: Path = STATUS) -> int | None:
    """The most memory that this process has ever held, in MiB; None where the system does not tell."""
    if not status.exists():
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(encoding="ascii", errors="replace"), re.MULTILINE)
    return None if found is None else -(-int(found[1]) // KIBIBYTES_IN_A_MEBIBYTE)
