"""The stages the stack is made for, and the few settings in which they differ.

`local` is the emulator of `cqrs local`, `aws` an account. Everything that is not a field of `Stage` is the same in
both, and `tests/infra/test_stages.py` holds the list of what may differ.
"""

from dataclasses import dataclass
from typing import Literal

Name = Literal["local", "aws"]
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Stage:
    """One stage of the stack; times are in seconds."""

    name: Name
    enforce_tls: bool
    require_second_factor: bool
    protect_from_termination: bool
    layer_platform: str | None
    """The processor and C library that the layer's packages are built for; None stands for this machine's."""
    decision_timeout: int = 14 * DAY
    """How long a declaration waits for one decision before it counts as overdue: a default of the template."""
    reading_seconds: int = 150
    """How long a function reads a file before another reads on, half of what it may run: a default of the template."""
    uploads_visibility: int = 30 * 60
    """How long a message being read stays hidden from other readers: a default of the template."""


AWS = Stage(
    name="aws",
    enforce_tls=True,
    require_second_factor=True,
    protect_from_termination=True,
    layer_platform="aarch64-manylinux_2_28",
)
LOCAL = Stage(
    name="local",
    enforce_tls=False,  # the emulator speaks plain HTTP on loopback, which such a policy denies
    require_second_factor=False,  # nobody stands at the demo to type a code
    protect_from_termination=False,
    layer_platform=None,  # the emulator runs functions under its own interpreter
)
STAGES: dict[str, Stage] = {stage.name: stage for stage in (LOCAL, AWS)}
