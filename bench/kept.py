"""Where a benchmark keeps what it makes once: environments and nations."""

from pathlib import Path

KEPT = Path(__file__).parents[1] / ".build" / "bench"
