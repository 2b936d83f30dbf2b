"""The benchmarks of calculating and of reading by themselves judge the engine rightly, and find it right."""

from pathlib import Path

from bench.arithmetic import measure_arithmetic
from bench.reading import measure_reading


def test_the_arithmetic_is_that_of_the_judge_also_where_a_register_is_zero(tmp_path: Path) -> None:
    report = measure_arithmetic(folder=tmp_path, practices=60, rounds=1)
    assert report.failures == []


def test_each_spoilt_row_is_reported_as_it_was_spoilt(tmp_path: Path) -> None:
    reports = measure_reading(folder=tmp_path, practices=30, rounds=1)
    assert [report.failures for report in reports] == [[], []]
