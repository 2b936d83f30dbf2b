"""How long a function goes on, and what memory it says that it took."""

from pathlib import Path

import pytest

from functions.runtime.budget import RESERVE, within
from functions.runtime.memory import peak_mebibytes


@pytest.mark.parametrize(
    ("seconds", "remaining", "ends"),
    [(150, 300, 150), (150, 200, 200 - RESERVE), (0, 300, 0), (150, 60, 60 - RESERVE)],
)
def test_a_function_goes_on_within_its_budget_and_leaves_a_reserve(seconds: float, remaining: float, ends: int) -> None:
    now = [1000.0]
    go_on = within(seconds=seconds, remaining=remaining, clock=lambda: now[0])
    now[0] = 1000.0 + ends - 0.5
    assert go_on()
    now[0] = 1000.0 + ends
    assert not go_on()


def test_the_peak_is_the_systems_own_rounded_up_to_a_mebibyte(tmp_path: Path) -> None:
    status = tmp_path / "status"
    assert peak_mebibytes(status=status) is None
    status.write_text("Name:\tpython\nVmPeak:\t  900000 kB\nVmHWM:\t  140289 kB\nVmRSS:\t  100 kB\n", encoding="ascii")
    assert peak_mebibytes(status=status) == 138
    status.write_text("Name:\tpython\n", encoding="ascii")
    assert peak_mebibytes(status=status) is None
