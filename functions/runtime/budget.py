"""How long a function goes on before it leaves the rest to another."""

from collections.abc import Callable
from time import monotonic

RESERVE = 120  # seconds to settle a file in: to take the digest of gigabytes and write a nation's submissions


def within(*, seconds: float, remaining: float, clock: Callable[[], float] = monotonic) -> Callable[[], bool]:
    """Whether there is time left: of so many seconds from now on, and of what remains to the function but a reserve."""
    ends = clock() + min(seconds, remaining - RESERVE)
    return lambda: clock() < ends
